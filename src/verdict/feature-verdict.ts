// SPDX-License-Identifier: Apache-2.0
import type { Role } from '../columns/schema.js';
import type { FeatureComparison } from '../distances/comparison.js';
import { FEWEST_BLOCKS, type Hypothesis } from './hypotheses/hypothesis.js';
import type { NotRated } from './not-rated.js';
import { tellingOf } from './rate.js';
import type { RatingParts } from './rating-parts.js';
import { thresholdOf } from './threshold.js';
import type { Rating, Test, Verdict } from './verdict.js';
import type { NaturalVariation } from './windows/natural-variation.js';
import { listed } from './words/number-words.js';
import { finished, sentenceOf } from './words/sentence.js';

/** A feature on its way to a verdict: what was measured, whether it is rated, and what is to be tested. */
export interface RatedEntry {
  readonly comparison: FeatureComparison;
  readonly role: Role;
  readonly notRated: NotRated | undefined;
  readonly natural: NaturalVariation;
  readonly hypotheses: readonly Hypothesis[];
}

interface VerdictContext {
  readonly level: number;
  /** Of one test among all that are corrected together. */
  readonly noiseLevel: number;
  /** The current side lacks the column, and should not. */
  readonly gone: boolean;
  /** The column whose values of the reference this one holds now. */
  readonly swappedWith: string | undefined;
  /** Of the reference's windows. */
  readonly unit: string | undefined;
  readonly adviceOn: RatingParts['adviceOn'];
}

const GONE = 'The column is missing from the current data.';

/** The verdict of a feature whose tests are rated. */
export function featureVerdict(entry: RatedEntry, tests: readonly Test[], context: VerdictContext): Verdict {
  const { notRated: reason, natural, hypotheses } = entry;
  const { level, noiseLevel, gone, unit, swappedWith } = context;
  const worst = (gone && tests.find(({ metric }) => metric === 'missing')) || tellingOf(tests);
  const hypothesis = worst && hypotheses.find(({ metric }) => metric === worst.metric);
  if (!worst || !hypothesis)
    return untested(gone ? 'drift' : 'notRated', reason?.reason ?? 'no value on one side', gone);
  const found = worst.rating === 'drift' || worst.rating === 'watch';
  const rating: Rating = gone ? 'drift' : reason && !found ? 'notRated' : worst.rating;
  const rowNoise =
    worst.metric === 'missing' || worst.metric === 'unparsable' ? natural.missing : natural.values;
  const blocks = unit && natural.blocks >= FEWEST_BLOCKS ? `${natural.blocks} reference ${unit}s` : undefined;
  const threshold = thresholdOf({
    metric: worst.metric,
    tolerance: worst.tolerance,
    noise: hypothesis.noise(noiseLevel),
    level,
    rowNoise,
    blocks,
  });
  const advice = adviceFor(entry, tests, context);
  return {
    metric: worst.metric,
    value: worst.value,
    low: worst.low,
    high: worst.high,
    ...threshold,
    tolerance: worst.tolerance,
    pValue: worst.pValue,
    adjustedPValue: worst.adjustedPValue,
    rating,
    ...(rating === 'notRated' && reason ? { reason: reason.reason } : {}),
    sentence: sentenceFor(entry, tests, { ...context, rating, blocks }),
    ...(advice === undefined ? {} : { advice }),
    ...(swappedWith === undefined ? {} : { swappedWith }),
    tests,
  };
}

function sentenceFor(
  { comparison, notRated: reason, natural, hypotheses }: RatedEntry,
  tests: readonly Test[],
  {
    gone,
    swappedWith,
    noiseLevel,
    rating,
    blocks,
  }: VerdictContext & { rating: Rating; blocks: string | undefined },
): string {
  if (gone) return GONE;
  if (rating === 'notRated' && reason) return finished(`not rated: ${reason.reason}`);
  if (swappedWith !== undefined)
    return `Holds the values that ${listed([swappedWith])} had in the reference; the two look swapped.`;
  const reach =
    blocks && natural.values.deff > 1
      ? { windows: blocks, reach: hypotheses[0].noise(noiseLevel) }
      : undefined;
  return sentenceOf(comparison, tests, reach);
}

function adviceFor(
  { comparison, role }: RatedEntry,
  tests: readonly Test[],
  { gone, swappedWith, adviceOn }: VerdictContext,
): string | undefined {
  if (gone || adviceOn === undefined) return undefined;
  if (swappedWith === undefined) return adviceOn(comparison, tests, role);
  // The same words of both, so that they are said once.
  const both = [comparison.feature.name, swappedWith].sort();
  return `See upstream whether ${both.join(' and ')} were swapped.`;
}

function untested(rating: Rating, reason: string, gone: boolean): Verdict {
  return {
    metric: 'missing',
    value: 0,
    low: 0,
    high: 0,
    threshold: 0,
    thresholdFrom: 'nothing was tested',
    tolerance: 0,
    pValue: 1,
    adjustedPValue: 1,
    rating,
    ...(rating === 'notRated' ? { reason } : {}),
    sentence: gone ? GONE : finished(`not rated: ${reason}`),
    tests: [],
  };
}
