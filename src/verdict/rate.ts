// SPDX-License-Identifier: Apache-2.0
import type { Hypothesis } from './hypothesis.js';
import type { Rating, Test } from './verdict.js';

/**
 * Effect size decides badness, significance decides reality.
 *
 * | rating  | adjusted p ≤ level | and                        |
 * |---------|--------------------|----------------------------|
 * | drift   | yes                | low > tolerance            |
 * | watch   | yes                | value > tolerance / 2      |
 * | unknown | no                 | high > tolerance           |
 * | stable  | otherwise          |                            |
 */
export function rate(
  { value, low, high, tolerance }: Pick<Hypothesis, 'value' | 'low' | 'high' | 'tolerance'>,
  { adjustedPValue, level }: { adjustedPValue: number; level: number },
): Rating {
  if (adjustedPValue <= level) {
    if (low > tolerance) return 'drift';
    if (value > tolerance / 2) return 'watch';
    return 'stable';
  }
  return high > tolerance ? 'unknown' : 'stable';
}

/** The test as the report shows it. */
export function ratedTest(hypothesis: Hypothesis, options: { adjustedPValue: number; level: number }): Test {
  const { noise: _noise, vacuous: _vacuous, rowsNeeded, ...test } = hypothesis;
  const rating = rate(hypothesis, options);
  return {
    ...test,
    adjustedPValue: options.adjustedPValue,
    rating,
    ...(rating === 'unknown' ? { rowsNeeded } : {}),
  };
}

const SEVERITY: Readonly<Record<Rating, number>> = { notRated: 0, stable: 1, unknown: 2, watch: 3, drift: 4 };

/** The worse of two: drift, watch, unknown, stable, notRated. */
export function worse(a: Rating, b: Rating): Rating {
  return SEVERITY[b] > SEVERITY[a] ? b : a;
}

/** The first of the worst rated; undefined for an empty list. */
export function worstOf<T extends { readonly rating: Rating }>(rated: readonly T[]): T | undefined {
  return rated.reduce<T | undefined>(
    (worst, item) => (!worst || SEVERITY[item.rating] > SEVERITY[worst.rating] ? item : worst),
    undefined,
  );
}
