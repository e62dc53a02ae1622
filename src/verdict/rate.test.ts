// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { rate, worse, worstOf } from './rate.js';

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

test('the worst is the first of the worst', () => {
  const rated = [{ rating: 'stable' }, { rating: 'watch', id: 1 }, { rating: 'watch', id: 2 }] as const;
  expect(worstOf(rated)).toBe(rated[1]);
  expect(worstOf([])).toBeUndefined();
});
