// SPDX-License-Identifier: Apache-2.0
import { deviance } from './deviance.js';
import { stirlingError } from './log-gamma.js';

/** An urn of `total` balls of which `marked` are marked; `drawn` are taken without putting back. */
export interface Urn {
  readonly total: number;
  readonly marked: number;
  readonly drawn: number;
}

/** P(X = x) for the number x of marked balls drawn; three saddle-point binomials (Loader 2000). */
export function hypergeometricPmf(x: number, { total, marked, drawn }: Urn): number {
  if (x < Math.max(0, marked + drawn - total) || x > Math.min(marked, drawn)) return 0;
  if (drawn === 0 || drawn === total) return 1;
  const p = drawn / total;
  const q = (total - drawn) / total;
  const hits = binomialLog(x, marked, p, q);
  const misses = binomialLog(drawn - x, total - marked, p, q);
  return Math.exp(hits + misses - binomialLog(drawn, total, p, q));
}

/** P(X ≤ x). */
export function hypergeometricCdf(x: number, urn: Urn): number {
  const low = Math.max(0, urn.marked + urn.drawn - urn.total);
  const high = Math.min(urn.marked, urn.drawn);
  if (x < low) return 0;
  if (x >= high) return 1;
  const mean = (urn.marked * urn.drawn) / urn.total;
  // The shorter sum of the two runs away from the mean, where terms only fall.
  return x <= mean ? downward(x, urn, low) : 1 - upward(x + 1, urn, high);
}

/** P(X ≥ x). */
export function hypergeometricSf(x: number, urn: Urn): number {
  const low = Math.max(0, urn.marked + urn.drawn - urn.total);
  const high = Math.min(urn.marked, urn.drawn);
  if (x <= low) return 1;
  if (x > high) return 0;
  const mean = (urn.marked * urn.drawn) / urn.total;
  return x > mean ? upward(x, urn, high) : 1 - downward(x - 1, urn, low);
}

function downward(from: number, urn: Urn, low: number): number {
  const { total, marked, drawn } = urn;
  let sum = 1;
  let term = 1;
  for (let x = from; x > low; x--) {
    term *= (x * (total - marked - drawn + x)) / ((marked - x + 1) * (drawn - x + 1));
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return Math.min(1, sum * hypergeometricPmf(from, urn));
}

function upward(from: number, urn: Urn, high: number): number {
  const { total, marked, drawn } = urn;
  let sum = 1;
  let term = 1;
  for (let x = from; x < high; x++) {
    term *= ((marked - x) * (drawn - x)) / ((x + 1) * (total - marked - drawn + x + 1));
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return Math.min(1, sum * hypergeometricPmf(from, urn));
}

function binomialLog(x: number, n: number, p: number, q: number): number {
  if (n === 0) return 0;
  if (x === 0) return n * (p < 0.1 ? Math.log1p(-p) : Math.log(q));
  if (x === n) return n * (q < 0.1 ? Math.log1p(-q) : Math.log(p));
  const core = stirlingError(n) - stirlingError(x) - stirlingError(n - x);
  const spread = 0.5 * Math.log(n / (2 * Math.PI * x * (n - x)));
  return core - deviance(x, n * p) - deviance(n - x, n * q) + spread;
}
