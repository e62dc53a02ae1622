// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { outcomeRows } from '../../performance/add-outcome.js';
import type { OutcomePlan } from '../../performance/outcome-plan.js';
import { LabelBook, type LabelBookOptions } from './label-book.js';
import { CLASS_PLAN, chunkOf, labelsOf, NUMBER_PLAN } from './testing/label-world.js';

const HOUR = 3_600_000;

function bookOf(options: Partial<LabelBookOptions> = {}): LabelBook {
  return new LabelBook({ plan: CLASS_PLAN, expireMs: HOUR, most: 1_000, ...options });
}

const YES_NO = chunkOf([
  { id: 'a', predicted: 'yes', time: 10 },
  { id: 'b', predicted: 'no', time: 20 },
  { id: 'c', predicted: 'yes', time: 30 },
]);

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

describe('what is predicted', () => {
  const of = (plan: Partial<OutcomePlan>) => bookOf({ plan: { ...CLASS_PLAN, ...plan } });

  test('a score decides between two classes', () => {
    const book = of({ prediction: null, score: { column: 'score', of: 'positive' } });
    const chunk = chunkOf([
      { id: 1, predicted: '', score: 0.9 },
      { id: 2, predicted: '', score: 0.25 },
      { id: 3, predicted: '' },
    ]);
    book.remember({ chunk, blocks: [1] }, 0);
    book.label(
      labelsOf([
        [1, true],
        [2, 'yes'],
        [3, 'yes'],
      ]),
      0,
    );
    expect(book.outcomesOf([1])).toMatchObject({
      counts: Float64Array.of(0, 1, 0, 1),
      scores: { rows: 2, brier: expect.closeTo(0.01 + 0.5625, 6) },
    });
    expect(book.counts().unusable).toBe(1);
  });

  test.each([
    [[1, 0], 'classes'],
    [[true, false], 'classes'],
    [['late', 'on time'], 'classes'],
    [[0.25, 1], 'numbers'],
    [['0.5', '1'], 'numbers'],
  ] as const)('labels %j of a number from 0 to 1 are %s', (values, kind) => {
    const book = of({
      kind: 'undecided',
      classes: ['0', '1'],
      numeric: true,
      prediction: null,
      score: { column: 'score', of: 'positive' },
    });
    const chunk = chunkOf([
      { id: 1, predicted: '', score: 0.75 },
      { id: 2, predicted: '', score: 0.5 },
    ]);
    book.remember({ chunk, blocks: [1] }, 0);
    book.label(
      labelsOf([
        [1, values[0]],
        [2, values[1]],
      ]),
      0,
    );
    expect(book.total?.kind).toBe(kind);
    expect(outcomeRows(book.total!)).toBe(2);
  });

  test('the largest of a vector, numbered from 0', () => {
    const book = of({ prediction: 'softmax', vector: true, classes: ['0', '1', '2'], numeric: true });
    const values = Float32Array.of(0.1, 0.7, 0.2, 0.8, 0.1, 0.1, Number.NaN, 0, 0);
    const chunk = chunkOf([
      { id: 1, predicted: '' },
      { id: 2, predicted: '' },
      { id: 3, predicted: '' },
    ]);
    const vectors = new Map([['softmax', { type: 'vector', dimension: 3, values, status: null } as const]]);
    book.remember({ chunk: { ...chunk, batch: { ...chunk.batch, vectors } }, blocks: [1] }, 0);
    book.label(
      labelsOf([
        [1, 1],
        [2, 2],
        [3, 0],
      ]),
      0,
    );
    expect(book.outcomesOf([1])).toMatchObject({
      counts: Float64Array.of(0, 0, 1, 0, 1, 0, 0, 0, 0),
      scores: { rows: 2, brier: expect.closeTo(0.09 + 0.64, 6) },
    });
    expect(book.counts().unusable).toBe(1);
  });

  test('names beyond the known classes agree or not', () => {
    const book = bookOf();
    const chunk = chunkOf([
      { id: 1, predicted: 'maybe' },
      { id: 2, predicted: 'maybe' },
      { id: 3, predicted: 'yes' },
    ]);
    book.remember({ chunk, blocks: [1] }, 0);
    book.label(
      labelsOf([
        [1, 'maybe'],
        [2, 'never'],
        [3, 'maybe'],
      ]),
      0,
    );
    expect(book.outcomesOf([1])).toMatchObject({ other: 3, otherRight: 1 });
  });

  test('numbers that are classes are compared as numbers', () => {
    const book = of({ classes: ['0', '1'], numeric: true });
    book.remember(
      {
        chunk: chunkOf([
          { id: 1, predicted: 1 },
          { id: 2, predicted: 0 },
          { id: 3, predicted: 1 },
        ]),
        blocks: [1],
      },
      0,
    );
    book.label(
      labelsOf([
        [1, '1.0'],
        [2, false],
        [3, true],
      ]),
      0,
    );
    expect(book.outcomesOf([1])).toMatchObject({ counts: Float64Array.of(1, 0, 0, 2) });
  });

  test('what is no number is not counted', () => {
    const book = bookOf({ plan: NUMBER_PLAN });
    const chunk = chunkOf([
      { id: 1, predicted: Number.NaN },
      { id: 2, predicted: 3 },
      { id: 3, predicted: 3 },
    ]);
    book.remember({ chunk, blocks: [1] }, 0);
    book.label(
      labelsOf([
        [1, 1],
        [2, 'n/a'],
        [3, Infinity],
      ]),
      0,
    );
    expect(book.counts()).toMatchObject({ joined: 3, unusable: 3 });
    expect(book.summaryOf([1])).toBeUndefined();
  });
});

describe('the reference', () => {
  const thousand = chunkOf(Array.from({ length: 1_500 }, (_, id) => ({ id, predicted: 'yes' })));

  test('is that of the first 1,000 labels once they are there, unless another is given', () => {
    const book = bookOf({ most: 5_000 });
    book.remember({ chunk: thousand, blocks: [1] }, 0);
    for (let i = 0; i < 999; i++) book.label(labelsOf([[i, i % 4 === 0 ? 'no' : 'yes']]), 0);
    expect(book.summaryOf([1])!.reference).toBeNaN();
    for (let i = 999; i < 1_500; i++) book.label(labelsOf([[i, i < 1_000 ? 'yes' : 'no']]), 0);
    expect(book.summaryOf([1])!.reference).toBe(0.75);
    book.label(labelsOf([[0, 'yes']]), 0);
    expect(book.summaryOf([1])!.reference).toBe(0.75);
    book.setReference({
      kind: 'classes',
      classes: [],
      counts: new Float64Array(0),
      other: 10,
      otherRight: 9,
      scores: null,
    });
    expect(book.totalSummary()!.reference).toBe(0.9);
    book.setReference(null);
    expect(book.totalSummary()!.reference).toBe(0.75);
  });
});

test('details: by class, of scores, by slice', () => {
  const book = bookOf({ plan: { ...CLASS_PLAN, score: { column: 'score', of: 'positive' } } });
  expect(book.details()).toBeNull();
  const rows = [0.9, 0.8, 0.2].map((score, id) => ({
    id,
    predicted: score > 0.5 ? 'yes' : 'no',
    score,
    slices: { plan: 'free' },
  }));
  book.remember({ chunk: chunkOf(rows), blocks: [1] }, 0);
  book.label(
    labelsOf([
      [0, 'yes'],
      [1, 'no'],
      [2, 'no'],
    ]),
    0,
  );
  const details = book.details()!;
  expect(details.classes).toMatchObject([
    { name: 'no', labels: 2, predictions: 1, precision: 1, recall: 0.5 },
    { name: 'yes', labels: 1, predictions: 2, precision: 0.5, recall: 1 },
  ]);
  expect(details.scores).toMatchObject({ rows: 3, brier: expect.closeTo((0.01 + 0.64 + 0.04) / 3, 6) });
  expect(details.slices).toMatchObject([{ key: 'plan', value: 'free', summary: { rows: 3 } }]);
});

describe('slices', () => {
  test('of the latest version, the worst first', () => {
    const book = bookOf();
    const rows = (version: string) =>
      chunkOf(
        ['CH', 'DE', 'DE'].map((country, i) => ({
          id: `${version}${i}`,
          predicted: 'yes',
          slices: { country },
        })),
        version,
      );
    book.remember({ chunk: rows('1'), blocks: [1] }, 0);
    book.remember({ chunk: rows('2'), blocks: [2] }, 0);
    book.label(
      labelsOf([
        ['10', 'no'],
        ['11', 'yes'],
      ]),
      0,
    );
    const shown = () =>
      book.slices().map(({ key, value, summary }) => [key, value, summary.rows, summary.value]);
    expect(shown()).toEqual([
      ['country', 'CH', 1, 0],
      ['country', 'DE', 1, 1],
    ]);
    book.label(
      labelsOf([
        ['20', 'yes'],
        ['21', 'yes'],
        ['22', 'no'],
        ['12', 'yes'],
      ]),
      0,
    );
    expect(shown()).toEqual([
      ['country', 'DE', 2, 0.5],
      ['country', 'CH', 1, 1],
    ]);
  });

  test('are bounded: 8 keys, 32 values of each', () => {
    const book = bookOf({ most: 10_000 });
    for (let i = 0; i < 5_000; i++) {
      const slices = Object.fromEntries(Array.from({ length: 20 }, (_, key) => [`k${key}`, `v${i}`]));
      book.remember({ chunk: chunkOf([{ id: i, predicted: 'yes', slices }]), blocks: [1] }, 0);
      book.label(labelsOf([[i, 'yes']]), 0);
    }
    const slices = book.slices();
    expect(new Set(slices.map(({ key }) => key)).size).toBe(8);
    expect(slices.filter(({ key }) => key === 'k3')).toHaveLength(33);
    expect(slices.find(({ key, value }) => key === 'k3' && value === 'other')!.summary.rows).toBe(4_968);
  });
});
