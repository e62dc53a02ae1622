// SPDX-License-Identifier: Apache-2.0
import { type Contingency, filledShares } from './contingency.js';

/**
 * Population stability index Σ(p − q) ln(p/q), the symmetric Kullback–Leibler divergence (Jeffreys 1946), nats, 0 … ∞.
 * A cell that is empty on one side gets half a row there (both sides are normalised again), else the sum is infinite.
 * Under the null its mean is (cells − 1)(1/n + 1/m) (Yurdakul & Naranjo 2020): the usual lines .1 and .25 know no n.
 */
export function populationStability({ a, b }: Contingency): number {
  const keep: number[] = [];
  for (let i = 0; i < a.length; i++) if (a[i] + b[i] > 0) keep.push(i);
  const p = filledShares(keep.map((i) => a[i]));
  const q = filledShares(keep.map((i) => b[i]));
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += (p[i] - q[i]) * Math.log(p[i] / q[i]);
  return Math.max(0, sum);
}

/** Mean of the index when both sides have the same distribution. */
export function populationStabilityNull(cells: number, { m, n }: { m: number; n: number }): number {
  return (cells - 1) * (1 / m + 1 / n);
}
