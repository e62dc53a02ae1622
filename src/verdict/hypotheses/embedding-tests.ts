// SPDX-License-Identifier: Apache-2.0
/**
 * What is tested of an embedding: its three statistics as one (`combined`), and the shares of rows that are not finite or
 * all zeros. With a design effect from the reference's own windows the nulls are those of so many fewer rows.
 */
import type { EmbeddingFrame, StatisticNull } from '../../baseline/frame.js';
import type { FeatureComparison } from '../../distances/comparison.js';
import { combinedDistance } from '../../distances/embedding/combined.js';
import { nullCumulants, upperTail } from '../../distances/embedding/null-law.js';
import { type Tested, tested } from '../../distances/embedding/tested.js';
import type { EmbeddingPart } from '../../profile/parts.js';
import { present } from '../not-rated.js';
import { roundedNumber } from '../words/number-words.js';
import { type Hypothesis, roundedRows, studentised } from './hypothesis.js';
import { shareHypothesis } from './share-hypothesis.js';
import type { TestContext } from './test-context.js';

export function embeddingTests(comparison: FeatureComparison, context: TestContext): Hypothesis[] {
  const reference = comparison.reference as EmbeddingPart;
  const current = comparison.current as EmbeddingPart;
  const main = mainTest(comparison, context);
  const share = (metric: 'nan' | 'zeroRows', a: number, b: number): Hypothesis[] =>
    a + b === 0
      ? []
      : [
          shareHypothesis(
            { a, m: present(reference), b, n: present(current) },
            {
              feature: comparison.feature.name,
              metric,
              tolerance: context.tolerance(metric),
              level: context.level,
              noise: context.noise,
            },
          ),
        ];
  return [
    ...(main === undefined ? [] : [main]),
    ...share('nan', reference.nonFinite, current.nonFinite),
    ...share('zeroRows', reference.zero, current.zero),
  ];
}

function mainTest(
  { feature, reference, current, distances, embedding }: FeatureComparison,
  { noise, level, tolerance }: TestContext,
): Hypothesis | undefined {
  const frame = feature.frame as EmbeddingFrame;
  const [m, n] = [(reference as EmbeddingPart).measured, (current as EmbeddingPart).measured];
  if (distances.combined === undefined || embedding === undefined) return undefined;
  const sizes = { m: Math.max(1, m / noise.deff), n: Math.max(1, n / noise.deff) };
  const tests = noise.deff > 1 ? retested(embedding.tests, frame, { sizes, level }) : embedding.tests;
  const combined =
    noise.deff > 1
      ? combinedDistance({
          tests,
          pMethod: `nulls with a design effect of ${roundedNumber(noise.deff)}`,
          exact: false,
        })
      : distances.combined;
  const reach = (p: number): number => reachOf(frame, tests, { sizes, p });
  const allowed = tolerance('combined');
  return {
    feature: feature.name,
    metric: 'combined',
    value: combined.value,
    low: combined.low ?? 0,
    high: combined.high ?? Number.POSITIVE_INFINITY,
    deff: noise.deff,
    tolerance: allowed,
    pValue: studentised(combined.pValue ?? 1, noise),
    pMethod: combined.pMethod ?? '',
    noise: reach,
    // An effect is the root of what grows with 1/n + 1/m; half as much again leaves room for the interval.
    rowsNeeded: roundedRows((2 / (1 / m + 1 / n)) * ((1.5 * reach(level)) / allowed) ** 2),
  };
}

/** The same values held against the nulls of fewer rows. */
function retested(
  tests: readonly Tested[],
  frame: EmbeddingFrame,
  { sizes, level }: { sizes: { m: number; n: number }; level: number },
): Tested[] {
  return tests.flatMap((test) => {
    const law = lawOf(frame, test);
    const { name, ridge, value } = test;
    if (law === undefined) return [test];
    return [
      tested({
        name,
        ...(ridge === undefined ? {} : { ridge }),
        value,
        law,
        sizes,
        share: level / (2 * tests.length),
      }),
    ];
  });
}

function lawOf({ nulls }: EmbeddingFrame, { name, ridge }: Tested): StatisticNull | undefined {
  if (name === 'fourierMmd') return nulls?.plain;
  if (name === 'principalMoments') return nulls?.moments ?? undefined;
  return nulls?.whitened.find((law) => law.ridge === ridge);
}

/** The effect that sampling alone reaches with probability p: the largest of the statistics' at p over their number. */
function reachOf(
  frame: EmbeddingFrame,
  tests: readonly Tested[],
  { sizes, p }: { sizes: { m: number; n: number }; p: number },
): number {
  let most = 0;
  for (const test of tests) {
    const law = lawOf(frame, test);
    if (law === undefined || !(law.square > 0)) continue;
    const cumulants = nullCumulants(law, sizes);
    let low = cumulants.k1;
    let high = cumulants.k1 + Math.sqrt(Math.max(0, cumulants.k2)) + 1e-300;
    const over = (value: number): boolean => upperTail(value, cumulants) > p / tests.length;
    for (let i = 0; i < 60 && over(high); i++) high += high - low;
    for (let i = 0; i < 40; i++) {
      const middle = (low + high) / 2;
      if (over(middle)) low = middle;
      else high = middle;
    }
    most = Math.max(most, Math.sqrt((high - cumulants.k1) / Math.sqrt(law.square)));
  }
  return most;
}
