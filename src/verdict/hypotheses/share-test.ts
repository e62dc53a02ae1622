// SPDX-License-Identifier: Apache-2.0
/** Shares of rows on two sides: exact p, and the interval of their difference where rows hang together. */
import { fisherExact, wilson } from '../../distances/share-difference.js';
import { hypergeometricSf } from '../../distances/special/hypergeometric.js';
import { normalQuantile } from '../../distances/special/normal.js';

/** `a` of `m` reference rows and `b` of `n` current rows have it. */
export interface ShareCounts {
  readonly a: number;
  readonly m: number;
  readonly b: number;
  readonly n: number;
}

/**
 * Fisher's exact p, one side: that the current side holds at least b of the a + b rows, if sides were dealt at random.
 * For a = 0 it is Π (n − i)/(n + m − i): what rows beyond the reference's extreme are worth.
 */
export function fisherMore({ a, m, b, n }: ShareCounts): number {
  return hypergeometricSf(b, { total: m + n, marked: a + b, drawn: n });
}

/** Twice the smaller side, at most 1. */
export function fisherTwoSided({ a, m, b, n }: ShareCounts): number {
  if (m === 0 || n === 0) return 1;
  return fisherExact({ reference: [a, m], current: [b, n] });
}

/**
 * Newcombe's hybrid score interval of b/n − a/m (Newcombe 1998, method 10), at confidence 1 − level. `deff` divides the
 * rows of both sides where rows of one day hang together.
 */
export function shareInterval(counts: ShareCounts, level: number, deff = 1): { low: number; high: number } {
  const { a, m, b, n } = counts;
  if (m === 0 || n === 0) return { low: -1, high: 1 };
  const z = -normalQuantile(level / 2) * Math.sqrt(deff);
  const p = b / n;
  const r = a / m;
  const [lowP, highP] = wilson(b, n, z);
  const [lowR, highR] = wilson(a, m, z);
  return {
    low: Math.max(-1, p - r - Math.hypot(p - lowP, highR - r)),
    high: Math.min(1, p - r + Math.hypot(highP - p, r - lowR)),
  };
}
