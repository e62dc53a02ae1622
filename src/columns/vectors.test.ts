// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Batch } from './batch.js';
import { NULL, RAGGED, UNPARSABLE } from './column.js';
import { concatVectors } from './concat-columns.js';
import { sliceBatch } from './slice-rows.js';
import { takeRows } from './take-rows.js';
import { embeddingBatch, listVectors, vectorsOf } from './testing/vectors.js';
import { blankMarked, MAX_DIMENSION, nullVectors, vectorBatchRows } from './vector.js';

const column = vectorsOf(3, [[1, 2, 3], null, [4, Number.NaN, 6], RAGGED, [7, 8, 9]]);
const batch: Batch = {
  ...embeddingBatch(column),
  columns: new Map([['n', { type: 'number', values: new Float64Array([0, 1, 2, 3, 4]), status: null }]]),
};
const vectors = ({ vectors: all }: Batch) => all!.get('embedding')!;

test('rows are taken in the order of the indices, with their states', () => {
  const taken = takeRows(batch, [4, 3, 0, 4]);
  expect(taken.rows).toBe(4);
  expect(listVectors(vectors(taken))).toEqual([[7, 8, 9], null, [1, 2, 3], [7, 8, 9]]);
  expect([...vectors(taken).status!]).toEqual([0, RAGGED, 0, 0]);
  expect(vectors(takeRows(batch, [0, 2])).status).toBe(null);
  expect([...vectors(takeRows(batch, [2])).values]).toEqual([4, Number.NaN, 6]);
  expect(takeRows({ rows: 1, columns: new Map() }, [0]).vectors).toBeUndefined();
});

test('slices are views, clamped to the batch', () => {
  const slice = sliceBatch(batch, 3, 99);
  expect(slice.rows).toBe(2);
  expect(listVectors(vectors(slice))).toEqual([null, [7, 8, 9]]);
  expect(vectors(slice).values.buffer).toBe(column.values.buffer);
  expect([...(slice.columns.get('n') as { values: Float64Array }).values]).toEqual([3, 4]);
});

test('columns follow each other, with states of those that have none', () => {
  const joined = concatVectors([vectorsOf(2, [[1, 2]]), vectorsOf(2, [UNPARSABLE, [3, 4]])]);
  expect(listVectors(joined)).toEqual([[1, 2], null, [3, 4]]);
  expect([...joined.status!]).toEqual([0, UNPARSABLE, 0]);
  expect(() => concatVectors([vectorsOf(2, []), vectorsOf(3, [])])).toThrow('vectors of 2 numbers');
  expect(() => concatVectors([])).toThrow('no columns');
});

test('null vectors, and rows that are written over', () => {
  const nothing = nullVectors(4, 3);
  expect([...nothing.status!]).toEqual([NULL, NULL, NULL]);
  expect(nothing.values.every(Number.isNaN)).toBe(true);
  const values = new Float32Array([1, 2, 3, 4]);
  blankMarked(values, 2, new Uint8Array([0, RAGGED]));
  expect([...values]).toEqual([1, 2, Number.NaN, Number.NaN]);
});

test('batches hold 4 MiB at most, and a row at least', () => {
  for (const dimension of [1, 2, 8, 768, 4096, MAX_DIMENSION, 3 * MAX_DIMENSION]) {
    const rows = vectorBatchRows(dimension);
    expect(rows).toBeGreaterThanOrEqual(1);
    expect(rows).toBeLessThanOrEqual(65_536);
    expect(rows * dimension * 4).toBeLessThanOrEqual(4 * 2 ** 20);
  }
  expect(vectorBatchRows(2 ** 21)).toBe(1);
});
