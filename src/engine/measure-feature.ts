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
  /** All rows of an embedding, row-major, where they were kept; rows without a vector hold NaN. */
  readonly vectors?: { readonly reference: Float32Array; readonly current: Float32Array };
  /** The same values sorted and merged, where that is done already. */
  readonly exact?: ExactPair;
  readonly level: number;
  readonly seed: number;
}

/** One feature from parts to distances: exact when the values come along. */
export function measureFeature(task: FeatureTask, kernels: Kernels): FeatureComparison {
  const { feature, reference, current, level, seed } = task;
  if (task.values === undefined && task.exact === undefined)
    return compareParts({ feature, reference, current, level, seed });
  const exact = task.exact ?? sortedPair(task.values as FeatureValues, kernels);
  const quantiles = {
    reference: quantilesOfSorted(exact.reference, QUANTILE_LEVELS),
    current: quantilesOfSorted(exact.current, QUANTILE_LEVELS),
  };
  return { ...compareParts({ feature, reference, current, exact, level, seed }), quantiles };
}

function sortedPair(values: FeatureValues, kernels: Kernels): ExactPair {
  const pair = sameWidth(values);
  const reference = kernels.sort(pair.reference).values;
  const current = kernels.sort(pair.current).values;
  return { reference, current, cdf: kernels.cdf(reference, current) };
}

/**
 * Both sides in one type. Where one side is f32 both are: .24 of a text file and .24 of a tensor are one number, which as
 * f64 they would not be. Numbers that f32 does not reach keep both at f64.
 */
export function sameWidth({ reference, current }: FeatureValues): FeatureValues {
  if (reference.BYTES_PER_ELEMENT === current.BYTES_PER_ELEMENT) return { reference, current };
  const narrow = { reference: Float32Array.from(reference), current: Float32Array.from(current) };
  const isLost = (single: number, i: number, from: Numbers): boolean =>
    Math.abs(single) === Number.POSITIVE_INFINITY && Number.isFinite(from[i]);
  if (
    !narrow.reference.some((single, i) => isLost(single, i, reference)) &&
    !narrow.current.some((single, i) => isLost(single, i, current))
  )
    return narrow;
  return { reference: Float64Array.from(reference), current: Float64Array.from(current) };
}
