// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { OutcomePlan } from '../../performance/outcome-plan.js';
import { LabelBook } from './label-book.js';
import { bookOf, CLASS_PLAN, chunkOf, labelsOf } from './testing/label-world.js';
import { StateShelf } from './testing/state-shelf.js';

/** Numbers from 0 to 1, of which nothing says what they are. */
const UNDECIDED_PLAN: OutcomePlan = {
  ...CLASS_PLAN,
  kind: 'undecided',
  classes: ['0', '1'],
  numeric: true,
  prediction: null,
  label: null,
  score: { column: 'score', of: 'positive' },
};

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
    book.setReference({ value: 0.9, rows: 10 });
    expect(book.totalSummary()!.reference).toBe(0.9);
    book.setReference(null);
    expect(book.totalSummary()!.reference).toBe(0.75);
  });

  test('that was given is held until labels tell whether a share is a class, after a restart too', async () => {
    const options = { plan: UNDECIDED_PLAN, expireMs: 1e6, most: 100 };
    const rows = chunkOf([0.9, 0.2].map((predicted, id) => ({ id, predicted, score: predicted })));
    const shelf = new StateShelf();
    const book = new LabelBook(options);
    book.setReference({ value: 0.8, rows: 500 });
    book.remember({ chunk: rows, blocks: [1] }, 0);
    expect(book.summaryOf([1])).toBeUndefined();
    shelf.keep(book.changes());
    const back = await LabelBook.restore(options, shelf.read);
    back.setReference({ value: 0.8, rows: 500 });
    for (const each of [book, back]) {
      each.label(labelsOf([[0, true]]), 0);
      expect(each.summaryOf([1])).toMatchObject({ metric: 'accuracy', value: 1, reference: 0.8 });
    }
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
