// SPDX-License-Identifier: Apache-2.0
import { type Contingency, filledShares } from './contingency.js';

/**
 * Kullback–Leibler divergence Σ q ln(q/p) of the current side from the reference, nats, 0 … ∞. Shown, never alarmed on:
 * it is infinite as soon as one current cell is empty in the reference, and what is then printed is the filling (here
 * half a row), not the data; it is asymmetric and has no bound. Jensen–Shannon carries the same local information.
 */
export function kullbackLeibler({ a, b }: Contingency): number {
  const keep: number[] = [];
  for (let i = 0; i < a.length; i++) if (a[i] + b[i] > 0) keep.push(i);
  const p = filledShares(keep.map((i) => a[i]));
  const q = filledShares(keep.map((i) => b[i]));
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += q[i] * Math.log(q[i] / p[i]);
  return Math.max(0, sum);
}
