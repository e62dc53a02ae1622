// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { FeatureComparison } from '../../distances/comparison.js';
import { randomFrom } from '../../distances/special/random.js';
import { compareTables } from '../testing/compare-tables.js';
import { categoryTests } from './category-tests.js';
import type { Hypothesis, RowNoise } from './hypothesis.js';

/** Each row that was drawn comes so many times: a design effect of as much. */
const TIMES = 25;
const NATURAL: RowNoise = { deff: TIMES, df: Number.POSITIVE_INFINITY };

/** The main test of two samples of one population whose rows hang together. */
function unchanged({ categories, draws, seed }: { categories: number; draws: number; seed: number }) {
  const random = randomFrom(seed);
  const sample = (rows: number) =>
    Array.from({ length: rows }, () => `c${Math.floor(categories * random() ** 2)}`).flatMap((name) =>
      Array<string>(TIMES).fill(name),
    );
  return Array.from({ length: draws }, (): Hypothesis => {
    const { comparison } = compareTables({ x: sample(400) }, { x: sample(80) });
    const [main] = categoryTests(comparison.features[0] as FeatureComparison, {
      level: 0.01,
      metric: 'totalVariation',
      tolerance: () => 0.05,
      noise: NATURAL,
      missingNoise: NATURAL,
    });
    return main as Hypothesis;
  });
}

test('of two categories, a value with probability p is what natural variation reaches with probability p', () => {
  const found = unchanged({ categories: 2, draws: 30, seed: 3 }).filter(({ pValue }) => pValue < 0.5);
  expect(found.length).toBeGreaterThan(8);
  for (const { value, noise, pValue } of found) expect(noise(pValue) / value).toBeCloseTo(1, 1);
});

test.each([4, 30])(
  'of %d categories, what natural variation reaches once in ten is reached so often',
  (categories) => {
    const found = unchanged({ categories, draws: 80, seed: categories });
    const beyond = found.filter(({ value, noise }) => value > noise(0.1)).length;
    expect(beyond).toBeGreaterThan(5);
    expect(beyond).toBeLessThan(32);
  },
);
