// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { numericDistances } from './numeric.js';
import { SHAPES, sample, seeded, sidesOf } from './testing/samples.js';

const compare = (x: readonly number[], y: readonly number[]) => {
  const sides = sidesOf(Float64Array.from(x), Float64Array.from(y));
  return numericDistances({ ...sides, exact: undefined, level: 0.01 });
};

test('every number says how it was measured', () => {
  const draw = SHAPES['normal'](seeded(1));
  const sides = sidesOf(sample(draw, 1000), sample(draw, 800));
  for (const exact of [sides.exact, undefined]) {
    const distances = numericDistances({ ...sides, exact, level: 0.01 });
    expect(Object.keys(distances).sort()).toEqual([
      'andersonDarling',
      'cramerVonMises',
      'energy',
      'hellinger',
      'jensenShannon',
      'kolmogorovSmirnov',
      'kuiper',
      'kullbackLeibler',
      'populationStability',
      'totalVariation',
      'wasserstein',
      'wassersteinNormalized',
    ]);
    for (const distance of Object.values(distances)) {
      expect(distance.convention.length).toBeGreaterThan(10);
      expect(distance.pValue === undefined).toBe(distance.pMethod === undefined);
      expect(distance.low === undefined).toBe(distance.high === undefined);
      if (distance.low !== undefined) expect(distance.low).toBeLessThanOrEqual(distance.high!);
    }
    expect(distances.kolmogorovSmirnov!.exact).toBe(exact !== undefined);
    expect(distances.kolmogorovSmirnov!.pMethod).toBe(exact ? 'exact' : 'asymptotic, bin-corrected');
  }
});

test('below 50 effective rows PSI and KL are left out', () => {
  const rows = Array.from({ length: 90 }, (_, i) => i);
  expect(compare(rows, rows).populationStability).toBeUndefined();
  expect(compare(rows, rows).kullbackLeibler).toBeUndefined();
  expect(compare(rows, rows).jensenShannon).toMatchObject({ value: 0 });
  expect(compare([...rows, ...rows], rows).populationStability).toMatchObject({ value: 0 });
});

test('the place of the greatest gap', () => {
  const x = Array.from({ length: 100 }, (_, i) => i);
  const { kolmogorovSmirnov } = compare(
    x,
    x.map((value) => (value < 40 ? value : value + 1000)),
  );
  expect(kolmogorovSmirnov!.at!).toBeGreaterThanOrEqual(99);
  expect(kolmogorovSmirnov!.at!).toBeLessThan(1000);
  expect(kolmogorovSmirnov!.value).toBeCloseTo(0.6, 12);
});

test('infinite values move mass and make areas infinite when their shares differ', () => {
  const { kolmogorovSmirnov, wasserstein, energy } = compare(
    [1, 2, 3, 4],
    [1, 2, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  );
  expect(kolmogorovSmirnov!.value).toBe(0.5);
  expect(wasserstein!.value).toBe(Number.POSITIVE_INFINITY);
  expect(wasserstein!.low).toBeUndefined();
  expect(energy!.value).toBe(Number.POSITIVE_INFINITY);
  const same = compare([1, 2, Number.POSITIVE_INFINITY], [2, 1, Number.POSITIVE_INFINITY]);
  expect(same.wasserstein!.value).toBe(0);
  expect(same.energy!.upper!).toBeLessThan(1);
});

test('a constant that moves, one row, no rows', () => {
  const moved = compare([5, 5, 5, 5], [6, 6, 6]);
  expect(moved.kolmogorovSmirnov!.value).toBe(1);
  expect(moved.wasserstein!.value).toBeCloseTo(1, 12);
  expect(moved.wassersteinNormalized).toBeUndefined();
  const one = compare([1], [2]);
  expect(one.kolmogorovSmirnov!.value).toBe(1);
  expect(one.wasserstein!.low).toBeUndefined();
  expect(compare([1, 2], [])).toEqual({});
});

test('values at the ends of f64 give numbers, not NaN', () => {
  const distances = compare(
    [-Number.MAX_VALUE, 0, Number.MAX_VALUE, 1],
    [Number.MAX_VALUE, -1, Number.MIN_VALUE, 2],
  );
  for (const [name, distance] of Object.entries(distances)) {
    for (const key of ['value', 'lower', 'upper', 'low', 'high', 'pValue'] as const) {
      expect(Number.isNaN(distance[key] ?? 0), `${name} ${key}`).toBe(false);
    }
  }
});
