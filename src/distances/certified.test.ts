// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Distance, DistanceName } from './distance.js';
import { numericDistances } from './numeric.js';
import { CHANGES, SHAPES, sample, seeded, sidesOf } from './testing/samples.js';

const BOUNDED: DistanceName[] = [
  'kolmogorovSmirnov',
  'kuiper',
  'cramerVonMises',
  'andersonDarling',
  'wasserstein',
  'wassersteinNormalized',
  'energy',
];

/** Bins must bracket what the rows say, to rounding. */
function expectBracketed(reference: Float64Array, current: Float64Array, bins?: number): void {
  const sides = sidesOf(reference, current, bins);
  const exact = numericDistances({ ...sides, level: 0.01 });
  const certified = numericDistances({ ...sides, exact: undefined, level: 0.01 });
  for (const name of BOUNDED) {
    const truth = exact[name]?.value;
    const bound = certified[name];
    if (truth === undefined || bound === undefined) {
      expect(bound, name).toBe(truth);
      continue;
    }
    const slack = Number.isFinite(truth) ? 1e-9 * Math.max(1, Math.abs(truth)) : 0;
    expect(bound.lower!, `${name} lower`).toBeLessThanOrEqual(truth + slack);
    expect(bound.upper!, `${name} upper`).toBeGreaterThanOrEqual(truth - slack);
    expectInside(bound, name);
  }
}

function expectInside({ value, lower, upper }: Distance, name: string): void {
  expect(value, `${name} value`).toBeGreaterThanOrEqual(lower!);
  expect(value, `${name} value`).toBeLessThanOrEqual(upper!);
}

describe.each(Object.keys(SHAPES))('bins bracket the rows: %s', (shape) => {
  test.each(Object.keys(CHANGES))('%s', (change) => {
    for (const [seed, n] of [
      [1, 3000],
      [2, 500],
      [3, 40],
      [4, 3],
      [5, 1],
    ]) {
      const random = seeded(seed);
      const draw = SHAPES[shape](random);
      const reference = sample(draw, seed === 3 ? 30 : 2000);
      expectBracketed(reference, sample(CHANGES[change](draw, random), n));
    }
  });
});

test('bins bracket the rows of any two samples, in few bins too', () => {
  const value = fc.oneof(
    fc.integer({ min: -5, max: 5 }),
    fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
    fc.constantFrom(0, 1e9, -1e9, 1.99, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324),
  );
  const rows = fc.array(value, { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(rows, rows, fc.integer({ min: 2, max: 12 }), (x, y, bins) => {
      expectBracketed(Float64Array.from(x), Float64Array.from(y), bins);
    }),
    { numRuns: 400, seed: 7 },
  );
});

test('the interval of KS from bins is at most the largest open bin wide', () => {
  const random = seeded(5);
  const draw = SHAPES['normal'](random);
  const sides = sidesOf(sample(draw, 20_000), sample(draw, 5_000));
  const { lower, upper } = numericDistances({ ...sides, exact: undefined, level: 0.01 }).kolmogorovSmirnov!;
  expect(upper! - lower!).toBeLessThanOrEqual(1 / 128 + 1e-9);
});

test('values from bins are near the exact ones', () => {
  const random = seeded(6);
  const draw = SHAPES['normal'](random);
  const sides = sidesOf(
    sample(draw, 20_000),
    sample(() => 0.2 + 1.1 * draw(), 10_000),
  );
  const exact = numericDistances({ ...sides, level: 0.01 });
  const certified = numericDistances({ ...sides, exact: undefined, level: 0.01 });
  for (const name of BOUNDED) {
    expect(Math.abs(certified[name]!.value / exact[name]!.value - 1), name).toBeLessThan(0.01);
  }
});
