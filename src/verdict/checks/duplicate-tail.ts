// SPDX-License-Identifier: Apache-2.0
/**
 * Rows (or keys) that repeat: more of them in the current side than dealing the pooled rows at random would give? Natural
 * duplicates grow with the rows, so shares of sides of different sizes cannot be compared; dealing the pooled rows can.
 */
import type { DuplicateSample } from '../../profile/parts.js';
import { exponentialBound } from '../hypotheses/exponential-bound.js';

export interface Repeats {
  /** Sampled rows of each side (all of them while no sample was needed). */
  readonly m: number;
  readonly n: number;
  /** Rows of the current sample that repeat an earlier one of it, and as many as were to be expected. */
  readonly repeats: number;
  readonly expected: number;
  /** Bound on P(so many or more). */
  readonly pValue: number;
}

/** `share` is the current side's part of all rows. Undefined where rows were not counted. */
export function repeats(
  reference: DuplicateSample,
  current: DuplicateSample,
  share: number,
): Repeats | undefined {
  const threshold = Math.min(reference.threshold, current.threshold);
  if (threshold === 0 || !(share > 0 && share < 1)) return undefined;
  const under = (hash: string) => Number.parseInt(hash.slice(0, 8), 16) < threshold;
  const sizes = new Map<number, number>();
  let m = 0;
  let n = 0;
  let seen = 0;
  const add = (size: number) => sizes.set(size, (sizes.get(size) ?? 0) + 1);
  for (const [hash, count] of current.hashes) {
    if (!under(hash)) continue;
    n += count;
    seen += count - 1;
    add(count + (reference.hashes.get(hash) ?? 0));
  }
  for (const [hash, count] of reference.hashes) {
    if (!under(hash)) continue;
    m += count;
    if (!current.hashes.has(hash)) add(count);
  }
  if (n === 0) return undefined;
  let expected = 0;
  for (const [size, times] of sizes) expected += times * (size * share - 1 + (1 - share) ** size);
  return { m, n, repeats: seen, expected, pValue: seen > expected ? bound(sizes, share, seen) : 1 };
}

/** min over θ of exp(Σ ln E exp(θ(K−1)⁺) − θ·seen), K ~ Bin(size, share); such counts are negatively associated. */
function bound(sizes: ReadonlyMap<number, number>, share: number, seen: number): number {
  const exponent = (theta: number) => {
    let sum = -theta * seen;
    for (const [size, times] of sizes) {
      if (size < 2) continue;
      const none = (1 - share) ** size;
      const all = Math.exp(size * Math.log1p(share * Math.expm1(theta)) - theta);
      sum += times * Math.log(none * -Math.expm1(-theta) + all);
    }
    return sum;
  };
  return Math.min(1, exponentialBound(exponent, 20));
}
