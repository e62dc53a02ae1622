// SPDX-License-Identifier: Apache-2.0
import type { Hypothesis } from './hypotheses/hypothesis.js';
import type { Rating, Test } from './verdict.js';

type Rated = Pick<Hypothesis, 'value' | 'low' | 'high' | 'tolerance'> &
  Partial<Pick<Hypothesis, 'deff' | 'noise' | 'atMost' | 'sampledHigh'>>;

/**
 * Effect size decides badness, significance decides reality.
 *
 * | rating  | adjusted p ≤ level | and                        |
 * |---------|--------------------|----------------------------|
 * | drift   | yes                | low > tolerance            |
 * | watch   | yes                | value > tolerance / 2      |
 * | unknown | no                 | high > tolerance (or natural variation) |
 * | stable  | otherwise          |                            |
 */
export function rate(
  hypothesis: Rated,
  { adjustedPValue, level }: { adjustedPValue: number; level: number },
): Rating {
  const { value, low, tolerance } = hypothesis;
  if (adjustedPValue <= level) {
    if (low > tolerance) return hypothesis.atMost ?? 'drift';
    if (value > tolerance / 2) return 'watch';
    return 'stable';
  }
  return ruledOut(hypothesis, level) ? 'stable' : 'unknown';
}

/**
 * Are there rows enough to rule out a change beyond the tolerance? What the reference's own windows do is no drift, and
 * more rows of the same windows would not make it less: with a design effect the limit is the larger of tolerance and
 * natural variation, and only the sampling part of the interval must stay under it.
 */
function ruledOut({ value, high, tolerance, deff = 1, noise, sampledHigh }: Rated, level: number): boolean {
  if (deff <= 1 || !noise) return high <= tolerance;
  const sampled = sampledHigh ?? value + (high - value) / Math.sqrt(deff);
  return sampled <= Math.max(tolerance, noise(level));
}

/** The test as the report shows it. */
export function ratedTest(hypothesis: Hypothesis, options: { adjustedPValue: number; level: number }): Test {
  const {
    noise: _noise,
    vacuous: _vacuous,
    deff,
    atMost: _atMost,
    sampledHigh: _sampledHigh,
    rowsNeeded,
    ...test
  } = hypothesis;
  const rating = rate(hypothesis, options);
  return {
    ...test,
    adjustedPValue: options.adjustedPValue,
    rating,
    // More rows of the same windows would not tell more.
    ...(rating === 'unknown' && (deff ?? 1) === 1 ? { rowsNeeded } : {}),
  };
}

const SEVERITY: Readonly<Record<Rating, number>> = { notRated: 0, stable: 1, unknown: 2, watch: 3, drift: 4 };

/** The worse of two: drift, watch, unknown, stable, notRated. */
export function worse(a: Rating, b: Rating): Rating {
  return SEVERITY[b] > SEVERITY[a] ? b : a;
}

/**
 * Does this test, rated unknown, leave its feature unknown? The main test does. A further one (a share of rows, mostly)
 * does where it saw more than its tolerance. Where it saw less it is listed as unknown, with the rows that it needs, and
 * no more: shares of one in a thousand ask for 10,000 rows a side even when not one such row is there, and a rule that no
 * small file can pass tells nothing.
 */
export function leavesOpen(
  { rating, value, tolerance }: Pick<Test, 'rating' | 'value' | 'tolerance'>,
  index: number,
): boolean {
  return rating === 'unknown' && (index === 0 || value > tolerance);
}

/**
 * The test that tells most of a feature: of the worst rated the first (its main metric) when it is among them, else the
 * one furthest over its tolerance. An unknown that leaves nothing open counts as stable. Undefined for an empty list.
 */
export function tellingOf<T extends Pick<Test, 'rating' | 'value' | 'tolerance'>>(
  tests: readonly T[],
): T | undefined {
  const counted = tests.map(
    (test, i): Rating => (test.rating === 'unknown' && !leavesOpen(test, i) ? 'stable' : test.rating),
  );
  const worst = counted.reduce<Rating>(worse, 'notRated');
  const found = tests.filter((_, i) => counted[i] === worst);
  if (found.length === 0 || found[0] === tests[0] || worst === 'stable' || worst === 'unknown')
    return found[0];
  const excess = ({ value, tolerance }: T) => (tolerance > 0 ? value / tolerance : Number.POSITIVE_INFINITY);
  return found.reduce((best, test) => (excess(test) > excess(best) ? test : best));
}
