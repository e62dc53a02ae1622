// SPDX-License-Identifier: Apache-2.0
import { type Contingency, shares } from './contingency.js';

/**
 * Jensen–Shannon divergence in bits: ½ KL(p‖M) + ½ KL(q‖M), M = (p + q)/2, 0 … 1 (Lin 1991). The distance is its root, a
 * metric. Empty cells need no filling: 0·log 0 = 0.
 */
export function jensenShannonDivergence({ a, b }: Contingency): number {
  return divergence(shares(a), shares(b));
}

export function jensenShannon(counts: Contingency): number {
  return Math.sqrt(jensenShannonDivergence(counts));
}

/** The divergence of two lists of shares, base 2. */
export function divergence(p: ArrayLike<number>, q: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const middle = (p[i] + q[i]) / 2;
    if (p[i] > 0) sum += p[i] * Math.log2(p[i] / middle);
    if (q[i] > 0) sum += q[i] * Math.log2(q[i] / middle);
  }
  return Math.min(1, Math.max(0, sum / 2));
}
