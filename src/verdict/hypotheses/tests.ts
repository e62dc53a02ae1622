// SPDX-License-Identifier: Apache-2.0
/** Which hypotheses a feature brings into the report, by its kind. */
import type { FeatureComparison } from '../../distances/comparison.js';
import { DriftglassError } from '../../errors.js';
import { categoryTests } from './category-tests.js';
import type { Hypothesis } from './hypothesis.js';
import { numberTests } from './number-tests.js';
import { shareHypothesis } from './share-hypothesis.js';
import type { TestContext } from './test-context.js';
import { textTests } from './text-tests.js';
import { timeTests } from './time-tests.js';

/** The main metric first. Time and text bring their substitutes: rhythm; length, words and tokens. */
export function featureTests(comparison: FeatureComparison, context: TestContext): Hypothesis[] {
  const { kind } = comparison.feature.frame;
  const own =
    kind === 'number'
      ? numberTests(comparison, context)
      : kind === 'time'
        ? timeTests(comparison, context)
        : kind === 'text'
          ? textTests(comparison, context)
          : kind === 'embedding'
            ? embeddingTests(comparison, context)
            : categoryTests(comparison, context);
  return [...own, ...absenceTests(comparison, context)];
}

function embeddingTests(comparison: FeatureComparison, context: TestContext): Hypothesis[] {
  if (context.embeddingTests === undefined)
    throw new DriftglassError(
      'EngineError',
      `the tests of embedding "${comparison.feature.name}" were not given`,
    );
  return context.embeddingTests(comparison, context);
}

/** Missing always; unparsable where there is any. */
export function absenceTests(comparison: FeatureComparison, context: TestContext): Hypothesis[] {
  const { reference, current, feature } = comparison;
  const test = (metric: 'missing' | 'unparsable') =>
    shareHypothesis(
      { a: reference[metric], m: reference.rows, b: current[metric], n: current.rows },
      {
        feature: feature.name,
        metric,
        tolerance: context.tolerance(metric),
        level: context.level,
        noise: context.missingNoise,
      },
    );
  return reference.unparsable + current.unparsable > 0
    ? [test('missing'), test('unparsable')]
    : [test('missing')];
}
