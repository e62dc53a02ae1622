// SPDX-License-Identifier: Apache-2.0
import type { Feature } from '../baseline/frame.js';
import type { Part } from '../profile/parts.js';
import { summarize } from '../profile/summary.js';
import { categoricalDistances } from './categorical.js';
import { type ExactPair, type FeatureComparison, QUANTILE_LEVELS } from './comparison.js';
import type { Distances } from './distance.js';
import { numericDistances } from './numeric.js';
import { rhythmDistances } from './rhythm.js';
import { shareDifference } from './share-difference.js';
import { textDistances } from './text.js';

export interface PartPair {
  readonly feature: Feature;
  readonly reference: Part;
  readonly current: Part;
  /** Sorted values of a numeric feature; without it the bins bound what it would have given. */
  readonly exact?: ExactPair;
  /** Intervals hold at 1 − level. */
  readonly level: number;
  readonly seed: number;
}

/** Everything that is measured of one feature but embeddings (embedding/compare.ts). Free text gives the distances of its length. */
export function compareParts(pair: PartPair): FeatureComparison {
  const { feature, reference, current, exact, level } = pair;
  const missingness = shareDifference({
    reference: [reference.missing, reference.rows],
    current: [current.missing, current.rows],
    level,
  });
  const quantiles = binnedQuantiles(pair);
  return {
    feature,
    reference,
    current,
    distances: distancesOf(pair),
    missingness,
    exact: feature.frame.kind !== 'number' || exact !== undefined,
    ...(quantiles === undefined ? {} : { quantiles }),
  };
}

function distancesOf({ feature: { frame }, reference, current, exact, level, seed }: PartPair): Distances {
  if (frame.kind === 'number' && reference.kind === 'number' && current.kind === 'number') {
    return numericDistances({ frame, reference, current, exact, level });
  }
  if (frame.kind === 'text' && reference.kind === 'text' && current.kind === 'text') {
    return textDistances({ frame, reference, current, level }).length;
  }
  if (reference.kind === 'time' && current.kind === 'time')
    return rhythmDistances({ reference, current, level });
  if ('categories' in frame && 'unseen' in reference && 'unseen' in current) {
    return categoricalDistances({ frame, reference, current, level, seed });
  }
  throw new Error(`the parts of a ${frame.kind} feature are ${reference.kind} and ${current.kind}`);
}

function binnedQuantiles({ feature, reference, current }: PartPair): FeatureComparison['quantiles'] {
  if (feature.frame.kind !== 'number') return undefined;
  const of = (part: Part): readonly number[] =>
    summarize(part, feature.frame, QUANTILE_LEVELS).quantiles ?? [];
  return { reference: of(reference), current: of(current) };
}
