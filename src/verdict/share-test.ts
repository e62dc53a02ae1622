// SPDX-License-Identifier: Apache-2.0
/** Shares of rows on two sides: exact p, and an interval of the difference that holds for shares near 0. */
import { hypergeometricCdf, hypergeometricSf } from '../distances/special/hypergeometric.js';
import { normalQuantile } from '../distances/special/normal.js';

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

/** Fisher's exact p that the current side holds at most b of them. */
export function fisherFewer({ a, m, b, n }: ShareCounts): number {
  return hypergeometricCdf(b, { total: m + n, marked: a + b, drawn: n });
}

/** Twice the smaller side, at most 1. */
export function fisherTwoSided(counts: ShareCounts): number {
  if (counts.m === 0 || counts.n === 0) return 1;
  return Math.min(1, 2 * Math.min(fisherMore(counts), fisherFewer(counts)));
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
  const [lowP, highP] = wilson(p, n, z);
  const [lowR, highR] = wilson(r, m, z);
  return {
    low: Math.max(-1, p - r - Math.hypot(p - lowP, highR - r)),
    high: Math.min(1, p - r + Math.hypot(highP - p, r - lowR)),
  };
}

/** Wilson's score interval of one share. */
export function wilson(p: number, n: number, z: number): [number, number] {
  const square = z * z;
  const centre = p + square / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + square / (4 * n * n));
  const scale = 1 + square / n;
  return [Math.max(0, (centre - half) / scale), Math.min(1, (centre + half) / scale)];
}
