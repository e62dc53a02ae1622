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
 * Merges neighbouring bins into at most `count` of reference mass about 1/count each, borders as near to the k/count
 * quantiles as the bins allow. Borders depend on the reference alone. An atom heavier than that swallows the quantiles
 * it covers. What lies outside the reference's range, ±Infinity too, joins the outer bins, so that no bin is empty in
 * the reference.
 */
export function mergeBins({ a, b, m, negative, positive }: AnchoredBins, count: number): MergedBins {
  const merged: MergedBins = { a: [], b: [] };
  let group = { a: negative[0], b: negative[1] };
  let seen = negative[0];
  // The first quantile more than half a share beyond the start of the group.
  const target = (start: number) => (Math.floor((start / m) * count + 0.5) + 1) / count;
  let goal = target(0);
  const close = () => {
    merged.a.push(group.a);
    merged.b.push(group.b);
    group = { a: 0, b: 0 };
    goal = target(seen);
  };
  for (let i = 0; i < a.length; i++) {
    const after = (seen + a[i]) / m;
    // Closing before this bin comes nearer to the goal than closing after it.
    if (group.a > 0 && after - goal > goal - seen / m && goal < 1 - 1e-9) close();
    group.a += a[i];
    group.b += b[i];
    seen += a[i];
    if (group.a > 0 && seen / m >= goal - 1e-9 && goal < 1 - 1e-9 && seen + positive[0] < m) close();
  }
  group.a += positive[0];
  group.b += positive[1];
  const last = merged.a.length - 1;
  if (last >= 0 && (group.a === 0 || group.a / m < 0.5 / count)) {
    merged.a[last] += group.a;
    merged.b[last] += group.b;
  } else {
    merged.a.push(group.a);
    merged.b.push(group.b);
  }
  return merged;
}
