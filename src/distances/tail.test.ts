// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { outOfRange, tail } from './tail.js';
import { SHAPES, sample, seeded, sidesOf } from './testing/samples.js';

test('k rows beyond the maximum have the probability that all of them are current', () => {
  const reference = Float64Array.from({ length: 100 }, (_, i) => i);
  const current = Float64Array.from({ length: 50 }, (_, i) => (i < 3 ? 1000 + i : i + 0.5));
  const found = outOfRange({ ...sidesOf(reference, current), level: 0.01 })!;
  expect(found.current).toEqual([3, 50]);
  expect(found.reference).toEqual([0, 100]);
  expect([found.below, found.above]).toEqual([0, expect.closeTo(99, 9)]);
  expect(found.delta).toBeCloseTo(0.06, 12);
  expect(found.pValue).toBeCloseTo(2 * ((50 / 150) * (49 / 149) * (48 / 148)), 12);
});

test('infinities lie outside where the reference has none', () => {
  const reference = Float64Array.from({ length: 1000 }, (_, i) => i);
  const current = Float64Array.from({ length: 1000 }, (_, i) => (i < 30 ? Number.NEGATIVE_INFINITY : i));
  const found = outOfRange({ ...sidesOf(reference, current), level: 0.01 })!;
  expect(found.current[0]).toBe(30);
  expect(found.pValue).toBeLessThan(1e-7);
});

test('2 % of the rows at 1e9 are seen', () => {
  const random = seeded(3);
  const draw = SHAPES['normal'](random);
  const sides = sidesOf(
    sample(draw, 5000),
    sample(() => (random() < 0.02 ? 1e9 : draw()), 5000),
  );
  for (const found of [outOfRange({ ...sides, level: 0.01 })!, tail({ ...sides, level: 0.01 })!]) {
    expect(found.pValue).toBeLessThan(1e-12);
    expect(found.low).toBeGreaterThan(0.005);
  }
});

test('the tail holds at most the share that was asked for, on both ends', () => {
  const draw = SHAPES['normal'](seeded(4));
  const sides = sidesOf(sample(draw, 5000), sample(draw, 500));
  const found = tail({ ...sides, level: 0.01 }, 0.02)!;
  expect(found.reference[0]).toBeGreaterThan(0.01 * 5000);
  expect(found.reference[0]).toBeLessThanOrEqual(0.04 * 5000);
  expect(found.below).toBeLessThan(-1.8);
  expect(found.above).toBeGreaterThan(1.8);
  expect(found.pValue).toBeGreaterThan(0.001);
});

test('without values there is nothing to say', () => {
  const none = sidesOf(Float64Array.of(1, 2), new Float64Array(0));
  expect(outOfRange({ ...none, level: 0.01 })).toBeUndefined();
  expect(tail({ ...none, level: 0.01 })).toBeUndefined();
});
