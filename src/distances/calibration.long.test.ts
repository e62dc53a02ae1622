// SPDX-License-Identifier: Apache-2.0
/**
 * How often each p-value is at most .05 when nothing changed. Limits are three standard errors of the simulation above
 * .05 (and for the tests without heavy ties also below): a broken null shows at once, a tuned one cannot hide for long.
 */
import { describe, expect, test, vi } from 'vitest';
import { categoricalDistances } from './categorical.js';
import type { Distances } from './distance.js';
import { numericDistances } from './numeric.js';
import { shareDifference } from './share-difference.js';
import { normalCdf } from './special/normal.js';
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

vi.setConfig({ testTimeout: 120_000 });

const upperLimit = (runs: number) => rejectionLimit(runs, LEVEL);
const pOf = (distances: Distances, suffix: string) =>
  Object.fromEntries(
    (['kolmogorovSmirnov', 'kuiper', 'cramerVonMises', 'andersonDarling', 'totalVariation'] as const).map(
      (name) => [`${name} ${suffix}`, distances[name]?.pValue],
    ),
  );

describe('numbers, exact and from bins', () => {
  test.each([
    ['normal', 800, 600],
    ['normal', 2000, 100],
    ['normal', 60, 40],
    ['zero-inflated', 1500, 300],
    ['Poisson 3', 500, 500],
  ] as const)('%s, %i against %i rows', (shape, m, n) => {
    const random = seeded(m + n);
    const draw = SHAPES[shape](random);
    const runs = 400;
    const rates = rejections(runs, LEVEL, () => {
      const sides = sidesOf(sample(draw, m), sample(draw, n));
      return {
        ...pOf(numericDistances({ ...sides, level: LEVEL }), 'exact'),
        ...pOf(numericDistances({ ...sides, exact: undefined, level: LEVEL }), 'bins'),
      };
    });
    for (const [name, rate] of Object.entries(rates)) {
      expect(rate, name).toBeLessThanOrEqual(upperLimit(runs));
      if (shape === 'normal' && /kolmogorov|kuiper|cramer|anderson/.test(name)) {
        expect(rate, name).toBeGreaterThan(0.01);
      }
    }
  });
});

describe('intervals hold the true distance', () => {
  // KS of N(0, 1) against N(d, 1) is 2Φ(d/2) − 1; W1 is d.
  test.each([
    [0, 0],
    [0.5, 2 * normalCdf(0.25) - 1],
  ])('normals %f apart', (distance, ks) => {
    const random = seeded(31);
    const draw = SHAPES['normal'](random);
    const runs = 300;
    const misses = rejections(runs, LEVEL, () => {
      const sides = sidesOf(
        sample(draw, 500),
        sample(() => draw() + distance, 400),
      );
      const outside = (interval: { low?: number; high?: number }, truth: number) =>
        truth < interval.low! - 1e-12 || truth > interval.high! + 1e-12 ? 0 : 1;
      const exact = numericDistances({ ...sides, level: LEVEL });
      const bins = numericDistances({ ...sides, exact: undefined, level: LEVEL });
      return {
        'KS exact': outside(exact.kolmogorovSmirnov!, ks),
        'KS bins': outside(bins.kolmogorovSmirnov!, ks),
        Kuiper: outside(exact.kuiper!, ks),
        W1: outside(exact.wasserstein!, distance),
        'W1 bins': outside(bins.wasserstein!, distance),
      };
    });
    for (const [name, rate] of Object.entries(misses))
      expect(rate, name).toBeLessThanOrEqual(upperLimit(runs));
  });

  test('shares of five categories', () => {
    const random = seeded(32);
    const from = zipfFrom(random, 5);
    const to = () => (random() < 0.15 ? 4 : from());
    const weights = [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5];
    const share = weights[4] / weights.reduce((x, y) => x + y, 0);
    const truth = 0.15 * (1 - share);
    const runs = 400;
    const misses = rejections(runs, LEVEL, (run) => {
      const sides = categorySidesOf(sample(from, 300), sample(to, 250));
      const distances = categoricalDistances({ ...sides, level: LEVEL, seed: run });
      const outside = (name: 'totalVariation' | 'lInfinity') => {
        const { low, high } = distances[name]!;
        return truth < low! || truth > high! ? 0 : 1;
      };
      return { totalVariation: outside('totalVariation'), lInfinity: outside('lInfinity') };
    });
    for (const [name, rate] of Object.entries(misses))
      expect(rate, name).toBeLessThanOrEqual(upperLimit(runs));
  });
});

describe('categories', () => {
  test.each([
    [2, 300, 200, 400],
    [5, 80, 60, 400],
    [40, 400, 900, 250],
    [2000, 2000, 2000, 120],
  ])('Zipf of %i categories, %i against %i rows', (size, m, n, runs) => {
    const zipf = zipfFrom(seeded(size), size);
    const rates = rejections(runs, LEVEL, (run) => {
      const sides = categorySidesOf(sample(zipf, m), sample(zipf, n));
      const distances = categoricalDistances({ ...sides, level: LEVEL, seed: run });
      return Object.fromEntries(
        (['totalVariation', 'lInfinity', 'chiSquare', 'gTest'] as const).map((name) => [
          name,
          distances[name]?.pValue,
        ]),
      );
    });
    for (const [name, rate] of Object.entries(rates))
      expect(rate, name).toBeLessThanOrEqual(upperLimit(runs));
  });
});

test('the gamma tail of the permutations at a level of one in a thousand', () => {
  const zipf = zipfFrom(seeded(77), 60);
  const runs = 1500;
  let hits = 0;
  for (let run = 0; run < runs; run++) {
    const sides = categorySidesOf(sample(zipf, 300), sample(zipf, 300));
    const { pValue } = categoricalDistances({ ...sides, level: LEVEL, seed: run }).totalVariation!;
    if (pValue! <= 1e-3) hits++;
  }
  expect(hits).toBeLessThanOrEqual(7);
});

test('shares at small counts', () => {
  const random = seeded(5);
  const count = (rows: number, share: number) => {
    let rowsWith = 0;
    for (let i = 0; i < rows; i++) if (random() < share) rowsWith++;
    return rowsWith;
  };
  for (const [share, m, n] of [
    [0.005, 400, 150],
    [0.3, 40, 25],
    [0.98, 200, 200],
  ]) {
    const runs = 1500;
    const rates = rejections(runs, LEVEL, () => {
      const difference = shareDifference({
        reference: [count(m, share), m],
        current: [count(n, share), n],
        level: LEVEL,
      });
      return { p: difference.pValue, interval: difference.low > 0 || difference.high < 0 ? 0 : 1 };
    });
    for (const [name, rate] of Object.entries(rates)) {
      expect(rate, `${name} at ${share}`).toBeLessThanOrEqual(upperLimit(runs) + 0.01);
    }
  }
});
