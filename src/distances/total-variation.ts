// SPDX-License-Identifier: Apache-2.0
import { type Contingency, occupied, shares, total } from './contingency.js';
import { normalQuantile } from './special/normal.js';

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
 * How far the observed total variation lies above that of the populations. It is a supremum over sets of cells, hence
 * - its mean exceeds the true value by at most `mean`, the expected absolute noise of the cells;
 * - around that it varies like one normal with sd ≤ ½√(1/n + 1/m) (Borell): `reach` at `level`, one-sided;
 * - it is not below the value of the one set that is best in truth: true ≤ observed + reach.
 * For few cells, all 2^{cells−1} sets at once (Bonferroni) are sharper than mean + reach: `above` is the better of both.
 * `leastMean` is what `mean` is known to reach.
 */
export function totalVariationNoise(
  { a, b }: Contingency,
  level: number,
  leastMean = 0,
): { mean: number; reach: number; above: number } {
  const m = total(a);
  const n = total(b);
  const half = Math.sqrt(1 / m + 1 / n) / 2;
  let mean = 0;
  for (let i = 0; i < a.length; i++) {
    const [p, q] = [a[i] / m, b[i] / n];
    mean += Math.sqrt((p * (1 - p)) / m + (q * (1 - q)) / n) / Math.sqrt(2 * Math.PI);
  }
  const reach = -normalQuantile(level) * half;
  const sets = 2 ** Math.max(0, occupied({ a, b }) - 1);
  const allSets = sets < 1e9 ? -normalQuantile(level / sets) * half : Number.POSITIVE_INFINITY;
  mean = Math.max(mean, leastMean);
  return { mean, reach, above: Math.min(mean + reach, allSets) };
}
