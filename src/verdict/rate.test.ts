// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { leavesOpen, rate, tellingOf, worse } from './rate.js';
import type { Rating } from './verdict.js';

const at = (value: number, low: number, high: number, adjustedPValue: number, more = {}) =>
  rate({ value, low, high, tolerance: 0.05, ...more }, { adjustedPValue, level: 0.01 });

describe('a rating', () => {
  test('is drift when the change is real and its lower limit exceeds the tolerance', () => {
    expect(at(0.08, 0.06, 0.1, 0.001)).toBe('drift');
    expect(at(0.08, 0.06, 0.1, 0.01)).toBe('drift');
  });
  test('is watch when it is real, over half the tolerance, and not surely beyond it', () => {
    expect(at(0.06, 0.04, 0.08, 0.001)).toBe('watch');
    expect(at(0.03, 0.02, 0.04, 0.001)).toBe('watch');
  });
  test('is stable when it is real and too small to matter, however significant', () => {
    expect(at(0.017, 0.008, 0.026, 1e-8)).toBe('stable');
    expect(at(0.025, 0.02, 0.03, 1e-30)).toBe('stable');
  });
  test('is unknown when nothing is significant and too much could hide', () => {
    expect(at(0.04, 0, 0.09, 0.2)).toBe('unknown');
    expect(at(0.2, 0.1, 0.3, 0.02)).toBe('unknown');
  });
  test('is stable when nothing is significant and the upper limit is within the tolerance', () => {
    expect(at(0.02, 0, 0.05, 0.2)).toBe('stable');
  });
  test('can be capped at watch', () => {
    expect(at(0.2, 0.1, 0.3, 1e-9, { atMost: 'watch' })).toBe('watch');
  });
  test('takes what the reference does by itself as ruled out, not as unknown', () => {
    const natural = { deff: 100, noise: () => 0.3 };
    expect(at(0.1, 0, 0.4, 0.5, natural)).toBe('stable');
    expect(at(0.1, 0, 4, 0.5, natural)).toBe('unknown');
  });
});

test('ratings order: drift, watch, unknown, stable, notRated', () => {
  const order = ['drift', 'watch', 'unknown', 'stable', 'notRated'] as const;
  for (const [i, a] of order.entries()) for (const b of order.slice(i)) expect(worse(b, a)).toBe(a);
});

test('of equally bad tests the main one tells, else the one furthest over its tolerance', () => {
  const test = (rating: Rating, value: number, tolerance = 0.01) => ({ rating, value, tolerance });
  const tail = test('drift', 0.02);
  const range = test('drift', 0.02, 0.001);
  const main = test('drift', 0.03, 0.05);
  expect(tellingOf([main, tail, range])).toBe(main);
  expect(tellingOf([test('watch', 0.03), tail, range])).toBe(range);
  const calm = [test('stable', 0), test('stable', 0.9)];
  expect(tellingOf(calm)).toBe(calm[0]);
  expect(tellingOf([])).toBeUndefined();
});

test('a share that shows no change leaves a feature with a stable main distance stable, however few its rows', () => {
  const of = (rating: Rating, value: number, tolerance: number) => ({ rating, value, tolerance });
  const main = of('stable', 0.01, 0.05);
  const quiet = of('unknown', 0.0005, 0.001);
  const loud = of('unknown', 0.004, 0.001);
  expect(tellingOf([main, quiet])).toBe(main);
  expect(tellingOf([main, quiet, loud])).toBe(loud);
  expect(tellingOf([of('unknown', 0.01, 0.05), quiet])?.rating).toBe('unknown');
  expect([main, quiet, loud].map(leavesOpen)).toEqual([false, false, true]);
  expect(leavesOpen(quiet, 0)).toBe(true);
});
