// SPDX-License-Identifier: Apache-2.0
/**
 * Difference of two shares, current − reference, each given as [rows with, rows].
 * Interval: Newcombe's hybrid of two Wilson intervals (1998, method 10), good at counts of 0 and at n as small as 10.
 * p: Fisher's exact test, two-sided by doubling the smaller tail: valid at any counts, never below what they can show
 * (0 of 100,000 against 3 of 100,000 gives .25).
 */
import type { ShareDifference } from './distance.js';
import { hypergeometricCdf, hypergeometricSf } from './special/hypergeometric.js';
import { normalQuantile } from './special/normal.js';

export interface SharePair {
  readonly reference: readonly [count: number, rows: number];
  readonly current: readonly [count: number, rows: number];
}

export function shareDifference({
  reference,
  current,
  level,
}: SharePair & { level: number }): ShareDifference {
  const [k, m] = reference;
  const [l, n] = current;
  if (!(m > 0 && n > 0)) return { delta: 0, low: -1, high: 1, pValue: 1 };
  const z = -normalQuantile(level / 2);
  const p = k / m;
  const q = l / n;
  const [pLow, pHigh] = wilson(k, m, z);
  const [qLow, qHigh] = wilson(l, n, z);
  const delta = q - p;
  return {
    delta,
    low: Math.max(-1, delta - Math.hypot(q - qLow, pHigh - p)),
    high: Math.min(1, delta + Math.hypot(qHigh - q, p - pLow)),
    pValue: fisherExact({ reference, current }),
  };
}

/** Two-sided Fisher p, twice the smaller tail. */
export function fisherExact({ reference, current }: SharePair): number {
  const [k, m] = reference;
  const [l, n] = current;
  const urn = { total: m + n, marked: k + l, drawn: n };
  return Math.min(1, 2 * Math.min(hypergeometricCdf(l, urn), hypergeometricSf(l, urn)));
}

/** Wilson's score interval of count/rows. */
export function wilson(count: number, rows: number, z: number): [number, number] {
  const share = count / rows;
  const square = (z * z) / rows;
  const center = (share + square / 2) / (1 + square);
  const reach = (z * Math.sqrt((share * (1 - share)) / rows + square / (4 * rows))) / (1 + square);
  return [count === 0 ? 0 : Math.max(0, center - reach), count === rows ? 1 : Math.min(1, center + reach)];
}
