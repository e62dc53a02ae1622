// SPDX-License-Identifier: Apache-2.0
import { type Contingency, shares } from './contingency.js';

/** Jensen–Shannon distance, 0 … 1: the root of the divergence, a metric. */
export function jensenShannon({ a, b }: Contingency): number {
  return Math.sqrt(divergence(shares(a), shares(b)));
}

/**
 * Jensen–Shannon divergence of two lists of shares in bits: ½ KL(p‖M) + ½ KL(q‖M), M = (p + q)/2, 0 … 1 (Lin 1991). Empty
 * cells need no filling: 0·log 0 = 0.
 */
export function divergence(p: ArrayLike<number>, q: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const middle = (p[i] + q[i]) / 2;
    if (p[i] > 0) sum += p[i] * Math.log2(p[i] / middle);
    if (q[i] > 0) sum += q[i] * Math.log2(q[i] / middle);
  }
  return Math.min(1, Math.max(0, sum / 2));
}
