// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { outcomeRows } from '../../performance/add-outcome.js';
import type { OutcomePlan } from '../../performance/outcome-plan.js';
import { bookOf, CLASS_PLAN, chunkOf, labelsOf, NUMBER_PLAN } from './testing/label-world.js';

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
