// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anchoredBins } from './anchored-bins.js';
import { mergeBins, mergedBinCount } from './merge-bins.js';
import { mergeSparse } from './merge-sparse.js';
import { SHAPES, sample, seeded, sidesOf } from './testing/samples.js';

const total = (counts: readonly number[]) => counts.reduce((x, y) => x + y, 0);

function merged(reference: Float64Array, current: Float64Array, count: number) {
  const sides = sidesOf(reference, current);
  return mergeBins(anchoredBins(sides.frame, sides.reference, sides.current), count);
}

test('at most twenty bins, fewer for few rows', () => {
  expect(mergedBinCount(1e6, 1e6)).toBe(20);
  expect(mergedBinCount(1000, 1000)).toBe(11);
  expect(mergedBinCount(99, 99)).toBe(1);
});

test('bins of a smooth reference hold about equal mass', () => {
  const draw = SHAPES['normal'](seeded(1));
  const { a } = merged(sample(draw, 20_000), sample(draw, 100), 20);
  expect(a).toHaveLength(20);
  for (const count of a) expect(Math.abs(count / 20_000 - 0.05)).toBeLessThan(0.01);
});

test('an atom swallows the quantiles that it covers', () => {
  const draw = SHAPES['zero-inflated'](seeded(2));
  const { a } = merged(sample(draw, 10_000), sample(draw, 100), 10);
  expect(a).toHaveLength(5);
  expect(a[0] / 10_000).toBeCloseTo(0.6, 1);
  for (const count of a.slice(1)) expect(count / 10_000).toBeCloseTo(0.1, 1);
});

test('no row is lost and no bin is empty in the reference, whatever the rows', () => {
  const value = fc.oneof(
    fc.integer({ min: -4, max: 4 }),
    fc.double({ min: -1e3, max: 1e3, noNaN: true }),
    fc.constantFrom(1e9, -1e9, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  );
  const rows = fc.array(value, { minLength: 1, maxLength: 100 });
  fc.assert(
    fc.property(rows, rows, fc.integer({ min: 1, max: 20 }), (x, y, count) => {
      const { a, b } = merged(Float64Array.from(x), Float64Array.from(y), count);
      expect(total(a)).toBe(x.length);
      expect(total(b)).toBe(y.length);
      for (const bin of a) expect(bin).toBeGreaterThan(0);
      expect(a.length).toBeLessThanOrEqual(count);
    }),
    { numRuns: 500, seed: 4 },
  );
});

test('sparse cells are merged by pooled counts, whichever side they come from', () => {
  const { a, b, merged: cells } = mergeSparse({ a: [500, 3, 0, 40], b: [400, 0, 4, 60] });
  expect(cells).toBe(3);
  expect([a, b]).toEqual([
    [500, 43],
    [400, 64],
  ]);
  expect(mergeSparse({ a: [50, 60], b: [40, 70] }).merged).toBe(0);
});
