// SPDX-License-Identifier: Apache-2.0
import { gzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readVectorColumn } from '../columns/testing/vectors.js';
import { bytesFromBlob } from './bytes.js';
import { npyBytes } from './fixtures/make-npy.js';
import { openSource } from './open.js';

const FLIGHTS = new URL('../../node_modules/vega-datasets/data/flights-3m.parquet', import.meta.url);
const gzip = (text: string) => gzipSync(new TextEncoder().encode(text));

test('reads Parquet from a Blob, in the browser', async () => {
  const blob = await (await fetch(FLIGHTS)).blob();
  const source = await openSource([bytesFromBlob(blob, 'flights-3m.parquet')]);
  expect(source.rows).toBe(3_000_000);
  expect(source.parts).toBe(11);
  let rows = 0;
  let delay = 0;
  const origins = new Set<string>();
  for await (const batch of source.read({ columns: ['delay', 'origin'] })) {
    rows += batch.rows;
    expect([...batch.columns.keys()]).toEqual(['delay', 'origin']);
    const column = batch.columns.get('delay')!;
    const origin = batch.columns.get('origin')!;
    if (column.type === 'string' || origin.type !== 'string') throw new Error('wrong types');
    for (const value of column.values) delay += value;
    for (const text of origin.dictionary) origins.add(text);
  }
  expect(rows).toBe(3_000_000);
  // pyarrow: sum of delay, distinct origins
  expect(delay).toBe(20_003_603);
  expect(origins.size).toBe(229);
});

test('gzip of several members, which the browser alone does not unpack', async () => {
  const blob = new Blob([gzip('{"a":1}\n'), gzip('{"a":2}\n'), gzip('{"a":3}\n')]);
  const source = await openSource([bytesFromBlob(blob, 'a.ndjson.gz')]);
  const values: number[] = [];
  for await (const { columns } of source.read()) {
    const column = columns.get('a');
    if (column && column.type !== 'string') values.push(...column.values);
  }
  expect(values).toEqual([1, 2, 3]);
});

test('truncated gzip is refused', async () => {
  const packed = gzip('{"a":1}\n'.repeat(1000));
  const blob = new Blob([packed.slice(0, packed.length - 9)]);
  await expect(openSource([bytesFromBlob(blob, 'a.gz')])).rejects.toMatchObject({
    name: 'SourceError',
    message: expect.stringContaining('a.gz: '),
  });
});

test.each([false, true])('vectors from a Blob by ranges, Fortran order %s', async (fortran) => {
  const [rows, width] = [6000, 1000];
  const at = (row: number, k: number) => (row % 97) + k / 1024;
  const file = npyBytes({ descr: '<f4', shape: [rows, width], fortran, at });
  const source = await openSource([bytesFromBlob(new Blob([file as Uint8Array<ArrayBuffer>]), 'e.npy')]);
  expect(source.parts).toBe(fortran ? 1 : 2);
  const { values } = await readVectorColumn(source.read(), 'embedding');
  expect(values.length).toBe(rows * width);
  let wrong = 0;
  for (let row = 0; row < rows; row++)
    for (let k = 0; k < width; k++) if (values[row * width + k] !== Math.fround(at(row, k))) wrong++;
  expect(wrong).toBe(0);
});

test('lists of a Parquet file are vectors in the browser too', async () => {
  const path = new URL('fixtures/samples/vectors-dictionary.parquet', import.meta.url);
  const source = await openSource([bytesFromBlob(await (await fetch(path)).blob(), 'v.parquet')]);
  const { dimension, values, status } = await readVectorColumn(source.read(), 'f32');
  expect([dimension, values.length, status]).toEqual([12, 720, null]);
  expect(values.every(Number.isFinite)).toBe(true);
});
