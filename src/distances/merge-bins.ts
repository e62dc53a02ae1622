// SPDX-License-Identifier: Apache-2.0
import type { AnchoredBins } from './anchored-bins.js';

export interface MergedBins {
  readonly a: number[];
  readonly b: number[];
}

/**
 * Number of bins for the distances between shares: the most for which (B − 1)(1/n + 1/m) ≤ .02 holds, at most 20. More
 * would drown the distance in its own sampling bias (numerics: f-divergences).
 */
export function mergedBinCount(m: number, n: number): number {
  return Math.min(20, Math.floor(1 + (0.02 * (m * n)) / (m + n)));
}

/**
 * Merges neighbouring bins into at most `count` of about equal reference mass. Borders depend on the reference alone;
 * an atom heavier than a share keeps a bin of its own; what lies outside the reference's range joins the outer bins, so
 * that no bin is empty in the reference. ±Infinity joins them too.
 */
export function mergeBins({ a, b, m, negative, positive }: AnchoredBins, count: number): MergedBins {
  const merged: MergedBins = { a: [], b: [] };
  let left = { a: negative[0], b: negative[1] };
  let seen = negative[0];
  const last = a.length - 1;
  for (let i = 0; i <= last; i++) {
    const target = (merged.a.length + 1) / count;
    const after = seen + a[i];
    // Closing before this bin comes nearer to the target than closing after it.
    if (left.a > 0 && a[i] > 0 && after / m - target > target - seen / m && merged.a.length < count - 1) {
      merged.a.push(left.a);
      merged.b.push(left.b);
      left = { a: 0, b: 0 };
    }
    left.a += a[i];
    left.b += b[i];
    seen = after;
    const next = (merged.a.length + 1) / count;
    if (left.a > 0 && seen / m >= next - 1e-12 && merged.a.length < count - 1 && seen + positive[0] < m) {
      merged.a.push(left.a);
      merged.b.push(left.b);
      left = { a: 0, b: 0 };
    }
  }
  left.a += positive[0];
  left.b += positive[1];
  if (left.a > 0 || merged.a.length === 0) {
    merged.a.push(left.a);
    merged.b.push(left.b);
  } else {
    merged.b[merged.b.length - 1] += left.b;
  }
  return merged;
}
