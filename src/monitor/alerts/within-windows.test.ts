// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../distances/special/random.js';
import type { Question } from './questions.js';
import { valuesQuestion } from './testing/values-question.js';
import { likeness, withOwnRows } from './within-windows.js';

const CELLS = 8;
const values = valuesQuestion(CELLS);
const unseen: Question = { ...values, metric: 'unseen', kind: 'share', size: 2 };
const even = new Float64Array(CELLS).fill(1_000);

/** Windows of 1,000 rows; a visitor brings `visit` rows of one cell. */
function windowsOf(count: number, { visit = 1, seed = 1 } = {}): Float64Array[] {
  const random = randomFrom(seed);
  let cell = 0;
  return Array.from({ length: count }, () => {
    const slots = new Float64Array(CELLS);
    for (let row = 0; row < 1_000; row++) {
      if (row % visit === 0) cell = Math.floor(CELLS * random());
      slots[cell]!++;
    }
    return slots;
  });
}

describe('how alike the rows of a window are', () => {
  test('is 0 of independent rows, 1 of windows of one cell each', () => {
    expect(Math.abs(likeness(values, windowsOf(5), even).alike)).toBeLessThan(0.02);
    expect(likeness(values, windowsOf(5, { visit: 1_000 }), even)).toEqual({ rows: 5_000, alike: 1 });
  });

  test('is about 1/v of v visitors', () => {
    for (const visit of [50, 100, 250]) {
      const { alike } = likeness(values, windowsOf(40, { visit }), even);
      expect(alike).toBeGreaterThan((0.8 * visit) / 1_000);
      expect(alike).toBeLessThan((1.2 * visit) / 1_000);
    }
  });

  test('is that of a share where it is all or nothing', () => {
    const none = [0, 20_000];
    const share = (rows: readonly number[]) =>
      likeness(
        unseen,
        rows.map((count) => [count, 1_000]),
        none,
      ).alike;
    expect(share([1_000, 1_000, 0, 1_000])).toBe(1);
    // a new airport: a few of the rows of every window
    expect(share([30, 25, 35])).toBeLessThan(0.01);
  });

  test('is 0 where there is nothing to compare', () => {
    expect(likeness(values, [new Float64Array(CELLS)], even)).toEqual({ rows: 0, alike: 0 });
    expect(likeness(values, windowsOf(1), new Float64Array(CELLS)).alike).toBe(0);
    const one = Float64Array.of(9, 0, 0, 0, 0, 0, 0, 0);
    expect(likeness(values, [one], one).alike).toBe(0);
  });
});

describe('noise of a column that is the visitor’s own', () => {
  const whole = { windows: windowsOf(3, { visit: 1_000 }), reference: even };

  test('is that of one row a window, where rows are known to hang together', () => {
    expect(withOwnRows({ deff: 140, df: 17 }, values, whole)).toEqual({ deff: 1_000, df: 17 });
  });

  test('is never smaller than it was', () => {
    const known = { deff: 2_000, df: 17 };
    expect(withOwnRows(known, values, whole)).toEqual(known);
  });

  test('stays as it is where rows do not hang together: a sensor that stands still is told at once', () => {
    for (const deff of [1, 4, 12, 30])
      expect(withOwnRows({ deff, df: 12 }, values, whole)).toEqual({ deff, df: 12 });
  });

  test('stays as it is where windows hold rows of many visitors', () => {
    const mixed = { windows: windowsOf(3, { visit: 100 }), reference: even };
    expect(withOwnRows({ deff: 140, df: 17 }, values, mixed)).toEqual({ deff: 140, df: 17 });
  });
});
