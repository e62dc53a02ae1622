// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { outcomeRows } from '../../performance/add-outcome.js';
import { bookOf, chunkOf, labelsOf, NUMBER_PLAN, YES_NO } from './testing/label-world.js';

const HOUR = 3_600_000;

describe('joining', () => {
  test('a label meets its prediction in the blocks that the row was measured in', () => {
    const book = bookOf();
    book.remember({ chunk: YES_NO, to: 2, blocks: [1, 7] }, 0);
    book.remember({ chunk: YES_NO, from: 2, blocks: [2, 7] }, 0);
    const { joined, changed } = book.label(
      labelsOf([
        ['c', 'no'],
        ['a', 'yes'],
      ]),
      5,
    );
    expect(changed).toEqual(new Set([1, 2, 7]));
    expect(joined.map(({ blocks, times }) => [blocks, [...times]])).toEqual([
      [[2, 7], [30]],
      [[1, 7], [10]],
    ]);
    expect(joined[0]!.batch.columns.get('late')).toEqual({
      type: 'string',
      codes: Int32Array.of(0),
      dictionary: ['no'],
    });
    expect(book.outcomesOf([1])).toMatchObject({ counts: Float64Array.of(0, 0, 0, 1), other: 0 });
    expect(book.outcomesOf([2])).toMatchObject({ counts: Float64Array.of(0, 0, 1, 0) });
    expect(book.outcomesOf([7])).toEqual(book.outcomesOf([1, 2]));
    expect(book.summaryOf([7])).toMatchObject({ rows: 2, metric: 'accuracy', value: 0.5 });
    expect(book.summaryOf([3])).toBeUndefined();
    expect(book.counts()).toMatchObject({ joined: 2, waiting: 1, expired: 0, unknown: 0 });
  });

  test('numbers', () => {
    const book = bookOf({ plan: NUMBER_PLAN });
    book.remember(
      {
        chunk: chunkOf([
          { id: 1, predicted: 2.5 },
          { id: 2, predicted: 4 },
        ]),
        blocks: [1],
      },
      0,
    );
    const { joined } = book.label(
      labelsOf([
        [1, 3],
        ['2', '8'],
      ]),
      0,
    );
    expect(joined[0]!.batch.columns.get('late')).toMatchObject({ dictionary: ['3', '8'] });
    expect(book.outcomesOf([1])).toEqual({
      kind: 'numbers',
      rows: 2,
      errors: -4.5,
      absolute: 4.5,
      squares: 16.25,
    });
  });

  test('the last label counts, and counts once', () => {
    const book = bookOf();
    book.remember({ chunk: YES_NO, blocks: [1] }, 0);
    book.label(
      labelsOf([
        ['a', 'no'],
        ['a', 'yes'],
        ['a', 'yes'],
      ]),
      0,
    );
    const { joined, changed } = book.label(
      labelsOf([
        ['a', 'no'],
        ['a', 'yes'],
      ]),
      0,
    );
    expect(joined).toEqual([]);
    expect(changed).toEqual(new Set([1]));
    expect(book.outcomesOf([1])).toMatchObject({ counts: Float64Array.of(0, 0, 0, 1), other: 0 });
    expect(outcomeRows(book.total!)).toBe(1);
    expect(book.counts()).toMatchObject({ joined: 1, repeated: 4, waiting: 2 });
  });

  test('a label may come first, for a while', () => {
    const book = bookOf();
    expect(
      book.label(
        labelsOf([
          ['a', 'yes'],
          ['b', 'yes'],
        ]),
        0,
      ).joined,
    ).toEqual([]);
    expect(book.counts()).toMatchObject({ joined: 0, unknown: 2 });
    const { joined, changed } = book.remember({ chunk: YES_NO, to: 1, blocks: [4] }, 20_000);
    expect(joined).toHaveLength(1);
    expect(changed).toEqual(new Set([4]));
    expect(book.counts()).toMatchObject({ joined: 1, waiting: 0, unknown: 1 });
    book.remember({ chunk: YES_NO, from: 1, blocks: [4] }, 40_000);
    expect(book.counts()).toMatchObject({ joined: 1, waiting: 2, unknown: 1 });
  });

  test('an id that is predicted again waits anew', () => {
    const book = bookOf();
    book.remember({ chunk: YES_NO, blocks: [1] }, 0);
    book.remember({ chunk: chunkOf([{ id: 'a', predicted: 'no' }]), blocks: [2] }, 0);
    expect(book.counts()).toMatchObject({ waiting: 3, replaced: 1, expired: 0 });
    book.label(labelsOf([['a', 'no']]), 0);
    expect(book.outcomesOf([1])).toBeNull();
    expect(book.outcomesOf([2])).toMatchObject({ counts: Float64Array.of(1, 0, 0, 0) });
    book.expire(2 * HOUR);
    expect(book.counts()).toMatchObject({ joined: 1, waiting: 0, replaced: 1, expired: 2 });
  });

  test('5 and "5" are one id', () => {
    const book = bookOf();
    book.remember({ chunk: chunkOf([{ id: 5, predicted: 'yes' }]), blocks: [1] }, 0);
    expect(book.label(labelsOf([['5', 'yes']]), 0).joined).toHaveLength(1);
  });

  test('rows without an id are passed over, rows too late for a window count in the total', () => {
    const book = bookOf();
    book.remember(
      {
        chunk: chunkOf([
          { id: null, predicted: 'yes' },
          { id: 'x', predicted: 'yes' },
        ]),
        blocks: [],
      },
      0,
    );
    book.remember({ chunk: { ...YES_NO, ids: null }, blocks: [1] }, 0);
    expect(book.counts().waiting).toBe(1);
    expect(book.label(labelsOf([['x', 'no']]), 0).changed).toEqual(new Set());
    expect(book.totalSummary()).toMatchObject({ rows: 1, value: 0 });
    expect(book.counts().late).toBe(0);
  });

  test('without predictions labels are joined for drift', () => {
    const book = bookOf({ plan: null });
    book.remember({ chunk: YES_NO, blocks: [1] }, 0);
    const { joined, changed } = book.label(
      labelsOf([
        ['a', true],
        ['b', false],
      ]),
      0,
    );
    expect(joined[0]!.batch.columns.get('label')).toEqual({
      type: 'boolean',
      values: Float64Array.of(1, 0),
      status: null,
    });
    expect(changed.size).toBe(0);
    expect(book.total).toBeNull();
    expect(book.counts()).toMatchObject({ joined: 2, unusable: 0 });
  });
});

describe('bounds', () => {
  test('predictions leave when their time is over', () => {
    const book = bookOf();
    book.remember({ chunk: YES_NO, to: 1, blocks: [1] }, 0);
    book.remember({ chunk: YES_NO, from: 1, blocks: [1] }, 1_000);
    book.expire(HOUR);
    expect(book.counts()).toMatchObject({ waiting: 3, expired: 0 });
    book.expire(HOUR + 1);
    expect(book.counts()).toMatchObject({ waiting: 2, expired: 1 });
    expect(book.label(labelsOf([['a', 'yes']]), HOUR + 2).joined).toEqual([]);
    book.expire(3 * HOUR);
    expect(book.counts()).toMatchObject({ waiting: 0, expired: 3, unknown: 1 });
  });

  test.each([1, 2, 1_000])('at most %i wait: the oldest leave first', (most) => {
    const book = bookOf({ most });
    for (let i = 0; i < 3_000; i++)
      book.remember({ chunk: chunkOf([{ id: i, predicted: 'yes' }]), blocks: [i] }, i);
    expect(book.counts()).toMatchObject({ waiting: most, expired: 3_000 - most });
    expect(book.label(labelsOf([[2_999 - most, 'yes']]), 3_000).joined).toEqual([]);
    const { joined } = book.label(
      labelsOf([
        [3_000 - most, 'yes'],
        [2_999, 'yes'],
      ]),
      3_000,
    );
    expect(joined.map(({ blocks }) => blocks[0])).toEqual(most === 1 ? [2_999] : [3_000 - most, 2_999]);
  });

  test('joined predictions do not push out those that wait', () => {
    const book = bookOf({ most: 100 });
    book.remember({ chunk: chunkOf([{ id: 'slow', predicted: 'yes' }]), blocks: [0] }, 0);
    for (let i = 0; i < 150; i++) {
      book.remember({ chunk: chunkOf([{ id: i, predicted: 'yes' }]), blocks: [1] }, 1);
      book.label(labelsOf([[i, 'yes']]), 1);
    }
    expect(book.counts()).toMatchObject({ waiting: 1, expired: 0, joined: 150 });
    expect(book.label(labelsOf([['slow', 'no']]), 1).joined).toHaveLength(1);
  });

  test('labels without a prediction are bounded', () => {
    const book = bookOf();
    for (let i = 0; i < 10_000; i++) book.label(labelsOf([[i, 'yes']]), 0);
    expect(book.counts().unknown).toBe(10_000);
    book.remember(
      {
        chunk: chunkOf([
          { id: 0, predicted: 'yes' },
          { id: 9_999, predicted: 'yes' },
        ]),
        blocks: [1],
      },
      1,
    );
    expect(book.counts()).toMatchObject({ joined: 1, waiting: 1, unknown: 9_999 });
  });

  test('labels for a window that was let go count in the total', () => {
    const book = bookOf();
    book.remember({ chunk: YES_NO, blocks: [1, 2] }, 0);
    book.forget([1]);
    expect(book.label(labelsOf([['a', 'yes']]), 0).changed).toEqual(new Set([2]));
    book.forget([2]);
    expect(book.label(labelsOf([['b', 'yes']]), 0).changed).toEqual(new Set());
    expect(book.counts()).toMatchObject({ joined: 2, late: 1 });
    expect(outcomeRows(book.total!)).toBe(2);
    expect(book.outcomesOf([1, 2])).toBeNull();
  });

  test('of too many blocks the oldest are let go', () => {
    const book = bookOf({ most: 50_000 });
    for (let i = 0; i < 20_000; i++)
      book.remember({ chunk: chunkOf([{ id: i, predicted: 'yes' }]), blocks: [i] }, 0);
    for (let i = 0; i < 20_000; i++) book.label(labelsOf([[i, 'yes']]), 0);
    expect(book.outcomesOf([0])).toBeNull();
    expect(outcomeRows(book.outcomesOf([19_999])!)).toBe(1);
    expect(book.counts().late).toBeGreaterThan(3_000);
    expect(outcomeRows(book.total!)).toBe(20_000);
  });
});
