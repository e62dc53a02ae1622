// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../distances/special/random.js';
import { MetricBook } from './metric-book.js';
import { addValue, emptyMoments, mergeMoments } from './moments.js';

const whole = fc.integer({ min: -1_000, max: 1_000 });

function momentsOf(values: readonly number[]) {
  const moments = emptyMoments();
  for (const value of values) addValue(moments, value);
  return moments;
}

/** Windows of so many values each around a level, one block a window; times are the block's number. */
function drive(
  book: MetricBook,
  { from, to, level, count = 50 }: { from: number; to: number; level: number; count?: number },
) {
  const random = randomFrom(from + 1);
  const blocksOf = (time: number) => [time];
  return Array.from({ length: to - from }, (_, i) => {
    const block = from + i;
    const values = Array.from({ length: count }, () => level + random() - 0.5);
    book.add({ names: values.map(() => 'orders'), values, times: values.map(() => block) }, blocksOf);
    return book.judge({ spec: '1 h', start: block, end: block + 1 }, [block])[0]!;
  });
}

test('moments add in any order', () => {
  fc.assert(
    fc.property(fc.array(whole), fc.array(whole), (a, b) => {
      expect(mergeMoments(momentsOf(a), momentsOf(b))).toEqual(momentsOf([...b, ...a]));
      expect(mergeMoments(momentsOf(a), emptyMoments())).toEqual(momentsOf(a));
    }),
  );
});

describe('values', () => {
  test('belong to the blocks of their time', () => {
    const book = new MetricBook();
    const blocksOf = (time: number) => (time < 10 ? [1, 5] : [2, 5]);
    book.add({ names: ['a', 'b', 'a', 'a'], values: [1, 7, 2, 9], times: [0, 1, 2, 11] }, blocksOf);
    expect(book.means([1])).toEqual({ a: 1.5, b: 7 });
    expect(book.means([2])).toEqual({ a: 9 });
    expect(book.means([5, 5])).toEqual({ a: 4, b: 7 });
    expect(book.means([1, 2])).toEqual(book.means([5]));
    expect(book.means([3])).toEqual({});
    expect(book.summaries()).toEqual([
      { name: 'a', count: 3, mean: 4, min: 1, max: 9 },
      { name: 'b', count: 1, mean: 7, min: 7, max: 7 },
    ]);
    book.forget([5]);
    expect(book.means([5])).toEqual({});
  });

  test('are bounded: 64 names, finite values, so many blocks', () => {
    const book = new MetricBook();
    const names = Array.from({ length: 70 }, (_, i) => `m${i}`);
    const refused = book.add({ names, values: names.map(() => 1), times: names.map(() => 0) }, () => [1]);
    expect(refused).toEqual(['m64', 'm65', 'm66', 'm67', 'm68', 'm69']);
    expect(book.summaries()).toHaveLength(64);
    book.add({ names: ['m0', 'm0'], values: [Number.NaN, Infinity], times: [0, 0] }, () => [1]);
    expect(book.summaries()[0]).toMatchObject({ count: 1, max: 1 });
    for (let block = 2; block < 20_000; block++)
      book.add({ names: ['m1'], values: [block], times: [block] }, (time) => [time]);
    expect(book.means([1])).toEqual({});
    expect(book.means([19_999])).toEqual({ m1: 19_999 });
  });

  test('of the latest window are shown, once there is one', () => {
    const book = new MetricBook();
    book.add({ names: ['a', 'b'], values: [1, 2], times: [0, 0] }, () => [1]);
    book.add({ names: ['a'], values: [5], times: [0] }, () => [2]);
    book.judge({ spec: 'x', start: 0, end: 1 }, [2]);
    expect(book.summaries()).toEqual([{ name: 'a', count: 1, mean: 5, min: 5, max: 5 }]);
  });
});

describe('windows', () => {
  test('are compared from the ninth on, and drift when the level moves', () => {
    const book = new MetricBook();
    const calm = drive(book, { from: 0, to: 40, level: 10 });
    expect(calm.slice(0, 8).every(({ drifting, pValue }) => !drifting && pValue === 1)).toBe(true);
    expect(calm[3]!.sentence).toMatch(/^orders is (9\.9\d*|10(\.\d+)?) on average; 5 more windows before/);
    // at one in a hundred windows
    expect(calm.filter(({ drifting }) => drifting).length).toBeLessThan(3);
    expect(calm[39]).toMatchObject({ windows: 39, count: 50, threshold: 11 });
    expect(calm[37]!.sentence).toMatch(/as usual \(expected 9\.\d+ to 10\.\d+\)\.$/);
    const moved = drive(book, { from: 40, to: 60, level: 11 });
    expect(moved[0]!.sentence).toMatch(/^orders is 1[01]\.?\d* in this window, against /);
    expect(moved.slice(5).every(({ drifting }) => drifting)).toBe(true);
    expect(moved[10]!.sentence).toMatch(/^orders has moved to 11\.?\d*, from /);
  });

  test('that overlap the one before are judged, not added', () => {
    const book = new MetricBook();
    drive(book, { from: 0, to: 20, level: 10 });
    const again = book.judge({ spec: '1 h', start: 19, end: 21 }, [19])[0]!;
    expect(again.windows).toBe(20);
    expect(book.judge({ spec: '1 h', start: 20, end: 21 }, [19])[0]!.windows).toBe(20);
    expect(book.judge({ spec: '1 h', start: 21, end: 22 }, [19])[0]!.windows).toBe(21);
    expect(book.judge({ spec: '2 h', start: 20, end: 21 }, [19])[0]!.windows).toBe(0);
  });

  test('of few values are not compared', () => {
    const book = new MetricBook();
    drive(book, { from: 0, to: 20, level: 10 });
    const [thin] = drive(book, { from: 20, to: 21, level: 50, count: 5 });
    expect(thin).toMatchObject({ drifting: false, pValue: 1 });
    expect(thin!.sentence).toMatch(/of only 5 values: too few/);
  });
});

describe('what is stored', () => {
  test('comes back', () => {
    const book = new MetricBook();
    drive(book, { from: 0, to: 30, level: 10 });
    expect(book.changed).toBe(true);
    const saved = structuredClone(book.save());
    expect(book.changed).toBe(false);
    const back = new MetricBook(saved);
    expect(back.summaries()).toEqual(book.summaries());
    expect(back.means([29])).toEqual(book.means([29]));
    expect(drive(back, { from: 30, to: 50, level: 12 })).toEqual(
      drive(book, { from: 30, to: 50, level: 12 }),
    );
    expect(new MetricBook(saved).summaries()).not.toEqual(book.summaries());
  });

  test('what is not understood is left alone', () => {
    for (const saved of [null, 7, 'x', {}, { version: 2 }, { version: 1, names: [3] }])
      expect(new MetricBook(saved).summaries()).toEqual([]);
  });
});
