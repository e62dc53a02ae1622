// SPDX-License-Identifier: Apache-2.0
import { hypergeometricPmf, type Urn } from './special/hypergeometric.js';

/**
 * Draws the number of marked balls. Small draws ball by ball, larger ones by inversion outwards from the mode, which
 * takes about as many steps as the standard deviation.
 */
export function drawHypergeometric(urn: Urn, random: () => number): number {
  const { total, marked, drawn } = urn;
  if (marked === 0 || drawn === 0) return 0;
  if (marked === total) return drawn;
  if (drawn === total) return marked;
  const few = Math.min(marked, drawn);
  if (few <= 12) {
    let hits = 0;
    let left = total;
    // Symmetric in marked and drawn: follow the fewer.
    let others = Math.max(marked, drawn);
    for (let i = 0; i < few; i++) {
      if (random() * left < others) {
        hits++;
        others--;
      }
      left--;
    }
    return hits;
  }
  const low = Math.max(0, marked + drawn - total);
  const mode = Math.floor(((marked + 1) * (drawn + 1)) / (total + 2));
  const peak = hypergeometricPmf(mode, urn);
  let u = random() - peak;
  let [up, down] = [mode, mode];
  let [upTerm, downTerm] = [peak, peak];
  while (u > 0) {
    const upNext =
      up < few ? (upTerm * (marked - up) * (drawn - up)) / ((up + 1) * (total - marked - drawn + up + 1)) : 0;
    const downNext =
      down > low
        ? (downTerm * down * (total - marked - drawn + down)) / ((marked - down + 1) * (drawn - down + 1))
        : 0;
    if (upNext === 0 && downNext === 0) break;
    up++;
    upTerm = upNext;
    u -= upNext;
    if (u <= 0) return Math.min(few, up);
    down--;
    downTerm = downNext;
    u -= downNext;
    if (u <= 0) return Math.max(low, down);
  }
  return mode;
}
