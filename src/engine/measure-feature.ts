// SPDX-License-Identifier: Apache-2.0

import type { Feature } from '../baseline/frame.js';
import { compareParts } from '../distances/compare-parts.js';
import { type ExactPair, type FeatureComparison, QUANTILE_LEVELS } from '../distances/comparison.js';
import type { Kernels, Numbers } from '../kernels/kernels.js';
import type { Part } from '../profile/parts.js';
import { quantilesOfSorted } from '../profile/summary.js';

/** All values of one numeric feature on both sides, NaN where a row has none. */
export interface FeatureValues {
  readonly reference: Numbers;
  readonly current: Numbers;
}

export interface FeatureTask {
  readonly feature: Feature;
  readonly reference: Part;
  readonly current: Part;
  /** All values of a numeric feature, unsorted; absent on the certified way. */
  readonly values?: FeatureValues;
  readonly level: number;
  readonly seed: number;
}

/** One feature from parts to distances: exact when the values come along. */
export function measureFeature(task: FeatureTask, kernels: Kernels): FeatureComparison {
  const { feature, reference, current, level, seed } = task;
  if (task.values === undefined) return compareParts({ feature, reference, current, level, seed });
  const exact = sortedPair(task.values, kernels);
  const quantiles = {
    reference: quantilesOfSorted(exact.reference, QUANTILE_LEVELS),
    current: quantilesOfSorted(exact.current, QUANTILE_LEVELS),
  };
  return { ...compareParts({ feature, reference, current, exact, level, seed }), quantiles };
}

function sortedPair(values: FeatureValues, kernels: Kernels): ExactPair {
  const wide = !(values.reference instanceof Float32Array && values.current instanceof Float32Array);
  const reference = kernels.sort(wide ? widened(values.reference) : values.reference).values;
  const current = kernels.sort(wide ? widened(values.current) : values.current).values;
  return { reference, current, cdf: kernels.cdf(reference, current) };
}

function widened(values: Numbers): Float64Array {
  return values instanceof Float64Array ? values : Float64Array.from(values);
}
