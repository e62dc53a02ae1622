// SPDX-License-Identifier: Apache-2.0
/** The short form of calibration.long.test.ts: a broken null shows here within seconds. */
import { expect, test } from 'vitest';
import { categoricalDistances } from './categorical.js';
import { numericDistances } from './numeric.js';
import { shareDifference } from './share-difference.js';
import {
  categorySidesOf,
  rejectionLimit,
  rejections,
  SHAPES,
  sample,
  seeded,
  sidesOf,
  zipfFrom,
} from './testing/samples.js';

const LEVEL = 0.05;

test.each(['normal', 'zero-inflated'])('numbers that did not change, exact and from bins: %s', (shape) => {
  const draw = SHAPES[shape](seeded(8));
  const runs = 120;
  const rates = rejections(runs, LEVEL, () => {
    const sides = sidesOf(sample(draw, 300), sample(draw, 170));
    const exact = numericDistances({ ...sides, level: LEVEL });
    const bins = numericDistances({ ...sides, exact: undefined, level: LEVEL });
    return {
      'KS exact': exact.kolmogorovSmirnov!.pValue,
      'KS from bins': bins.kolmogorovSmirnov!.pValue,
      'Kuiper from bins': bins.kuiper!.pValue,
      'Cramér–von Mises': exact.cramerVonMises!.pValue,
      'Anderson–Darling': exact.andersonDarling!.pValue,
      'chi-square of merged bins': bins.totalVariation!.pValue,
    };
  });
  for (const [name, rate] of Object.entries(rates)) {
    expect(rate, name).toBeLessThanOrEqual(rejectionLimit(runs, LEVEL));
  }
});

test('categories that did not change: chi-square, permutation', () => {
  const zipf = zipfFrom(seeded(9), 40);
  const runs = 120;
  const rates = rejections(runs, LEVEL, (run) => {
    const sides = categorySidesOf(sample(zipf, 300), sample(zipf, 400));
    const { totalVariation, chiSquare, lInfinity } = categoricalDistances({
      ...sides,
      level: LEVEL,
      seed: run,
    });
    return {
      permutation: totalVariation!.pValue,
      chiSquare: chiSquare!.pValue,
      lInfinity: lInfinity!.pValue,
    };
  });
  for (const [name, rate] of Object.entries(rates)) {
    expect(rate, name).toBeLessThanOrEqual(rejectionLimit(runs, LEVEL));
  }
});

test('shares that did not change', () => {
  const random = seeded(5);
  const count = (rows: number) => sample(random, rows).filter((u) => u < 0.02).length;
  const runs = 1000;
  const { p } = rejections(runs, LEVEL, () => ({
    p: shareDifference({ reference: [count(400), 400], current: [count(250), 250], level: LEVEL }).pValue,
  }));
  expect(p).toBeLessThanOrEqual(rejectionLimit(runs, LEVEL));
});

test('no missing value of 100,000 against three of 100,000', () => {
  const { delta, low, high, pValue } = shareDifference({
    reference: [0, 100_000],
    current: [3, 100_000],
    level: 0.01,
  });
  expect(delta).toBeCloseTo(3e-5, 12);
  expect(pValue).toBeCloseTo(0.25, 3);
  expect(low).toBeLessThan(0);
  expect(low).toBeGreaterThan(-1e-4);
  expect(high).toBeGreaterThan(5e-5);
  expect(high).toBeLessThan(3e-4);
});
