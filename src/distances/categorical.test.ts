// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { categoricalDistances } from './categorical.js';
import type { Distances } from './distance.js';
import { categorySidesOf, sample, seeded, zipfFrom } from './testing/samples.js';

const compare = (x: ArrayLike<number>, y: ArrayLike<number>, limit?: number): Distances =>
  categoricalDistances({ ...categorySidesOf(x, y, limit), level: 0.05, seed: 1 });

/** `counts[i]` rows of category i. */
const rows = (...counts: number[]) => counts.flatMap((count, i) => Array<number>(count).fill(i));

test('a large shift in few categories is the plug-in value', () => {
  const { totalVariation, lInfinity } = compare(rows(5000, 3000, 2000), rows(3000, 3000, 4000));
  expect(Math.abs(totalVariation!.value - 0.2)).toBeLessThan(0.005);
  expect(totalVariation!.low!).toBeGreaterThan(0.17);
  expect(totalVariation!.high!).toBeLessThan(0.23);
  expect(totalVariation!.exact).toBe(true);
  expect(lInfinity!.value).toBeCloseTo(0.2, 12);
});

test('two categories use Fisher and the interval of a share', () => {
  const { totalVariation } = compare(rows(50, 50), rows(80, 20));
  expect(totalVariation!.pMethod).toBe('exact (Fisher)');
  expect(totalVariation!.low!).toBeGreaterThan(0.1);
});

test('Zipf, 2,000 categories: the plug-in value is noise, the debiased one is not', () => {
  const random = seeded(4);
  const zipf = zipfFrom(random, 2000);
  const { totalVariation } = compare(sample(zipf, 5000), sample(zipf, 5000));
  expect(totalVariation!.convention).toMatch(/as counted 0\.2[1234]/);
  expect(totalVariation!.value).toBeLessThan(0.02);
  expect(totalVariation!.pMethod).toMatch(/permutation/);
  expect(totalVariation!.pValue!).toBeGreaterThan(0.01);
  expect(totalVariation!.low).toBe(0);

  const shifted = compare(
    sample(zipf, 5000),
    sample(() => (random() < 0.1 ? 0 : zipf()), 5000),
  ).totalVariation!;
  expect(shifted.pValue!).toBeLessThan(1e-6);
  expect(shifted.low!).toBeGreaterThan(0.01);
  // 10 % of the rows move to a category that holds 12 %.
  expect(shifted.value).toBeGreaterThan(0.03);
  expect(shifted.high!).toBeGreaterThan(0.088);
});

test('keys of which no two are alike are no drift, with any dictionary', () => {
  const x = Float64Array.from({ length: 3000 }, (_, i) => i);
  const y = x.map((i) => i + 10_000);
  for (const limit of [10_000, 500]) {
    const { totalVariation, chiSquare, lInfinity } = compare(x, y, limit);
    expect(totalVariation!.pValue).toBe(1);
    expect(totalVariation!.value).toBe(0);
    expect(totalVariation!.low).toBe(0);
    expect(chiSquare!.pValue).toBe(1);
    expect(lInfinity!.pValue).toBe(1);
  }
});

test('a category that the reference never held is found', () => {
  const { totalVariation } = compare(rows(500, 400, 100), [...rows(450, 350, 90), ...Array(110).fill(77)]);
  expect(totalVariation!.value).toBeCloseTo(0.11, 1);
  expect(totalVariation!.pValue!).toBeLessThan(1e-10);
});

test('what hides in "other" widens the upper end', () => {
  const x = rows(500, 400, 30, 30, 40);
  const y = rows(500, 400, 40, 30, 30);
  const { totalVariation, jensenShannon } = compare(x, y, 2);
  const { totalVariation: full } = compare(x, y);
  expect(totalVariation!.exact).toBe(false);
  expect(jensenShannon!.exact).toBe(false);
  expect(totalVariation!.upper!).toBeGreaterThanOrEqual(full!.value);
});

test('one category on both sides, and no values', () => {
  const same = compare(rows(10), rows(20));
  expect(same.totalVariation!.value).toBe(0);
  expect(same.totalVariation!.pValue).toBe(1);
  expect(compare([], rows(3))).toEqual({});
});

test('the same seed gives the same p, and the sides can be exchanged', () => {
  const random = seeded(9);
  const zipf = zipfFrom(random, 300);
  const x = sample(zipf, 800);
  const y = sample(zipf, 700);
  expect(compare(x, y)).toEqual(compare(x, y));
  const [there, back] = [compare(x, y), compare(y, x)];
  for (const name of ['totalVariation', 'jensenShannon', 'hellinger', 'populationStability'] as const) {
    expect(there[name]!.value).toBeCloseTo(back[name]!.value, 10);
  }
});

test('any counts: values lie in their ranges and intervals hold them', () => {
  const counts = fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(counts, counts, fc.integer({ min: 1, max: 12 }), (a, b, limit) => {
      const distances = compare(rows(...a), rows(...b), limit);
      for (const [name, distance] of Object.entries(distances)) {
        expect(Number.isFinite(distance.value), name).toBe(true);
        expect(distance.value, name).toBeGreaterThanOrEqual(0);
        if (distance.low !== undefined) {
          expect(distance.low, name).toBeGreaterThanOrEqual(0);
          expect(distance.low, name).toBeLessThanOrEqual(
            distance.value + 1e-12 + (distance.high! - distance.low),
          );
          expect(distance.high!, name).toBeLessThanOrEqual(1);
          expect(distance.high!, name).toBeGreaterThanOrEqual(distance.value - 1e-9);
        }
        if (distance.pValue !== undefined) {
          expect(distance.pValue, name).toBeGreaterThanOrEqual(0);
          expect(distance.pValue, name).toBeLessThanOrEqual(1);
        }
      }
    }),
    { numRuns: 300, seed: 3 },
  );
});
