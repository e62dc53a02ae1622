// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Batch } from '../columns/batch.js';
import { NULL } from '../columns/column.js';
import { embeddingBatch, listVectors, vectorsOf } from '../columns/testing/vectors.js';
import { chooseKernels } from '../kernels/choose.js';
import { bytesFromBuffer } from '../sources/bytes.js';
import { npyBytes } from '../sources/fixtures/make-npy.js';
import { buffersOf, ownBuffers } from './hand-over.js';
import { LocalHelper } from './helper.js';
import { openSide } from './open-side.js';
import type { OpenOptions } from './protocol.js';
import { batchBytes, Rows } from './rows.js';
import { splitBatch } from './split-batch.js';

const column = vectorsOf(2, [[1, 2], null, [5, 6]]);
const batch: Batch = {
  ...embeddingBatch(column, 'e'),
  columns: new Map([['n', { type: 'number', values: new Float64Array([0, 1, 2]), status: null }]]),
};

test('rows give all vectors of a column, NaN where a batch has none, and count their bytes', () => {
  const rows = new Rows();
  rows.add({ rows: 1, columns: new Map() });
  rows.add(batch);
  rows.add(batch);
  const nan = Number.NaN;
  expect([...rows.vectors('e')]).toEqual([nan, nan, 1, 2, nan, nan, 5, 6, 1, 2, nan, nan, 5, 6]);
  expect(rows.vectors('other').length).toBe(0);
  expect(batchBytes(batch)).toBe(3 * 8 + 6 * 4 + 3);
  expect(rows.bytes).toBe(2 * batchBytes(batch));
});

test('a split takes vectors along, and no vector column splits', () => {
  const { reference, current } = splitBatch(batch, { column: 'n', at: 2 });
  expect(listVectors(reference!.vectors!.get('e')!)).toEqual([[1, 2], null]);
  expect(listVectors(current!.vectors!.get('e')!)).toEqual([[5, 6]]);
  expect(() => splitBatch(batch, { column: 'e', at: 2 })).toThrow('holds vectors');
});

test('buffers that are handed over belong to the batch alone', () => {
  const big = new Float32Array(100);
  const view: Batch = embeddingBatch({ ...column, values: big.subarray(10, 16) }, 'e');
  const owned = ownBuffers(view);
  const { values, status } = owned.vectors!.get('e')!;
  expect(values.buffer.byteLength).toBe(24);
  expect([...status!]).toEqual([0, NULL, 0]);
  expect(new Set(buffersOf(owned))).toEqual(new Set([values.buffer, status!.buffer]));
});

async function side(name: string, content: Uint8Array, options: OpenOptions) {
  const { kernels } = await chooseKernels();
  const helper = new LocalHelper(kernels, () => bytesFromBuffer(content, name));
  return openSide({ id: 1, files: [{ name, buffer: content.buffer as ArrayBuffer }], options }, helper);
}

const npy = npyBytes({ descr: '<f4', shape: [500, 64], at: (row, k) => row + k / 10 });

test('an opened side tells dimension, preview and memory', async () => {
  const { info, expectedRows, expectedMemory } = await side('e.npy', npy, {});
  expect(info.schema).toMatchObject([{ name: 'embedding', type: 'vector', dimension: 64 }]);
  expect(info.groups).toEqual([]);
  expect(info.preview[1]).toEqual(['1, 1.1, 1.2, … (64)']);
  expect(expectedRows).toBe(500);
  expect(expectedMemory).toBe(500 * 64 * 4);
});

test('what is asked for on opening reaches the reader', async () => {
  const { info } = await side('e.npy', npy, { vectors: 'columns' });
  expect(info.groups).toEqual([{ prefix: 'c', from: 'c0', to: 'c63', dimension: 64 }]);
  const header = Array.from({ length: 9 }, (_, k) => `e${k}`).join();
  const csv = new TextEncoder().encode(`${header}\n${'1,2,3,4,5,6,7,8,9\n'.repeat(50)}`);
  const plain = await side('t.csv', csv, {});
  expect(plain.info.groups.map(({ prefix }) => prefix)).toEqual(['e']);
  const grouped = await side('t.csv', csv, { groups: ['e'] });
  expect(grouped.info.schema).toMatchObject([{ name: 'e', type: 'vector', dimension: 9 }]);
  expect(grouped.info.groups).toEqual([]);
  expect(grouped.expectedRows).toBeGreaterThan(40);
  expect(grouped.expectedRows).toBeLessThan(60);
});
