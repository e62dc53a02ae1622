// SPDX-License-Identifier: Apache-2.0
import { type Contingency, shares } from './contingency.js';

/** Hellinger distance √(½ Σ(√p − √q)²), 0 … 1, a metric; H² ≤ total variation ≤ √2·H. Empty cells need no filling. */
export function hellinger({ a, b }: Contingency): number {
  const p = shares(a);
  const q = shares(b);
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += (Math.sqrt(p[i]) - Math.sqrt(q[i])) ** 2;
  return Math.min(1, Math.sqrt(sum / 2));
}
