// SPDX-License-Identifier: Apache-2.0
/**
 * TensorFlow Data Validation's comparators. Each side has a histogram of its own; Jensen–Shannon cuts both at the union of
 * their edges, a bucket's rows spread evenly over it, and gives the divergence, base 2, 0 … 1. Buckets of a single point
 * are cells of their own, also inside a wide bucket of the other side. NaN is a cell too, and never equal: NaN on both
 * sides counts as different. It has no default threshold; its documents use .01.
 */

import { DriftglassError } from '../../errors.js';
import type { Numbers } from '../../kernels/kernels.js';
import { type Contingency, shares, total } from '../contingency.js';
import { divergence } from '../jensen-shannon.js';
import { lInfinity } from '../l-infinity.js';
import { equalEdges, histogramOf } from './numpy-bins.js';

export interface TfdvHistogram {
  /** [low, high, rows], ascending, not overlapping; low = high is a point. */
  readonly buckets: readonly (readonly [low: number, high: number, rows: number])[];
  readonly nan?: number;
}

/** Its standard histogram: ten equally wide buckets over the sample's own range. NaN is counted apart. */
export function tfdvHistogram(values: Numbers, buckets = 10): TfdvHistogram {
  const finite = values.filter((x) => !Number.isNaN(x));
  const nan = values.length - finite.length;
  if (finite.length === 0) return { buckets: [], nan };
  const edges = equalEdges(finite, buckets);
  const counts = histogramOf(finite, edges);
  return { buckets: Array.from(counts, (rows, i) => [edges[i], edges[i + 1], rows] as const), nan };
}

/** Jensen–Shannon divergence of two histograms, base 2. Throws SettingsError when one is empty. */
export function tfdvJensenShannon(reference: TfdvHistogram, current: TfdvHistogram): number {
  for (const { buckets, nan = 0 } of [reference, current]) {
    if (nan + buckets.reduce((sum, [, , rows]) => sum + rows, 0) > 0) continue;
    throw new DriftglassError('SettingsError', 'Jensen–Shannon of an empty histogram is not defined');
  }
  const both = [...reference.buckets, ...current.buckets];
  const wide = both.filter(([low, high]) => low < high);
  const edges = sortedUnique([...wide.map(([low]) => low), ...wide.map(([, high]) => high)]);
  const points = sortedUnique(both.filter(([low, high]) => low === high).map(([low]) => low));
  const cells = Math.max(0, edges.length - 1);
  const cut = ({ buckets, nan = 0 }: TfdvHistogram, side: 0 | 1) => {
    const counts = new Float64Array(cells + points.length + 2);
    counts[counts.length - 1 - side] = nan;
    for (const [low, high, rows] of buckets) {
      if (low === high) {
        counts[cells + points.indexOf(low)] += rows;
        continue;
      }
      for (let i = edges.indexOf(low); edges[i] < high; i++) {
        counts[i] += (rows * (edges[i + 1] - edges[i])) / (high - low);
      }
    }
    return shares(counts);
  };
  return divergence(cut(reference, 0), cut(current, 1));
}

/** The divergence of two lists of category counts, base 2. */
export function tfdvCategoricalJensenShannon({ a, b }: Contingency): number {
  return divergence(shares(a), shares(b));
}

/** Largest difference of shares; 0 when neither side has a category. */
export function tfdvLInfinity(counts: Contingency): number {
  return lInfinity(counts).value;
}

/** Largest difference of the counts themselves over all counts of both sides. */
export function tfdvNormalizedAbsoluteDifference({ a, b }: Contingency): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  const all = total(a) + total(b);
  return all > 0 ? most / all : 0;
}

function sortedUnique(values: readonly number[]): number[] {
  return [...new Set(values)].sort((x, y) => x - y);
}
