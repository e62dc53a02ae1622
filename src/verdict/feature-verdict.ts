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

/** The verdict of a feature whose tests are rated. `gone`: the current side lacks the column, and should not. */
export function featureVerdict(
  { comparison, role, notRated: reason, natural, hypotheses }: RatedEntry,
  tests: readonly Test[],
  options: {
    level: number;
    noiseLevel: number;
    gone: boolean;
    swappedWith: string | undefined;
    unit: string | undefined;
    adviceOn: RatingParts['adviceOn'];
  },
): Verdict {
  const { level, noiseLevel, gone, unit, swappedWith } = options;
  const worst = gone
    ? (tests.find(({ metric }) => metric === 'missing') ?? tellingOf(tests))
    : tellingOf(tests);
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
  const { name } = comparison.feature;
  const advice = gone
    ? undefined
    : swappedWith !== undefined && options.adviceOn
      ? // The same words of both, so that they are said once.
        `See upstream whether ${[name, swappedWith].sort().join(' and ')} were swapped.`
      : options.adviceOn?.(comparison, tests, role);
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
    sentence: gone
      ? 'The column is missing from the current data.'
      : rating === 'notRated' && reason
        ? finished(`not rated: ${reason.reason}`)
        : swappedWith !== undefined
          ? `Holds the values that ${listed([swappedWith])} had in the reference; the two look swapped.`
          : sentenceOf(
              comparison,
              tests,
              blocks && natural.values.deff > 1
                ? { windows: blocks, reach: hypotheses[0].noise(noiseLevel) }
                : undefined,
            ),
    ...(advice === undefined ? {} : { advice }),
    ...(swappedWith === undefined ? {} : { swappedWith }),
    tests,
  };
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
    sentence: gone ? 'The column is missing from the current data.' : finished(`not rated: ${reason}`),
    tests: [],
  };
}
