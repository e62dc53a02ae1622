// SPDX-License-Identifier: Apache-2.0
import { type Contingency, shares } from './contingency.js';

/**
 * Total variation ½ Σ|p − q|, 0 … 1: the largest difference of shares over any set of cells (half of D1). Of numbers it
 * is defined by its bins: without them two continuous samples are always at 1. Empty cells add what is there.
 */
export function totalVariation({ a, b }: Contingency): number {
  const p = shares(a);
  const q = shares(b);
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += Math.abs(p[i] - q[i]);
  return sum / 2;
}

/**
 * How far the observed total variation may lie above that of the populations at `level`: the expected absolute noise of
 * the cells plus McDiarmid's bound √(½ ln(1/level)(1/n + 1/m)) (one row moves the distance by 1/n).
 */
export function totalVariationNoise({ a, b }: Contingency, level: number): { mean: number; reach: number } {
  const p = shares(a);
  const q = shares(b);
  let m = 0;
  let n = 0;
  for (let i = 0; i < p.length; i++) {
    m += a[i];
    n += b[i];
  }
  let mean = 0;
  for (let i = 0; i < p.length; i++) {
    mean += Math.sqrt((p[i] * (1 - p[i])) / m + (q[i] * (1 - q[i])) / n) / Math.sqrt(2 * Math.PI);
  }
  return { mean, reach: Math.sqrt(0.5 * Math.log(1 / level) * (1 / m + 1 / n)) };
}
