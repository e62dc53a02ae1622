// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Column } from '../columns/column.js';
import { concatColumns } from '../columns/concat-columns.js';
import { bytesFromBuffer } from './bytes.js';
import { bytesFromPath } from './bytes-node.js';
import { expectColumn, listValues, readAll, readExpected } from './fixtures/corpus.js';
import { openSource } from './open.js';

const samplePath = (file: string) => fileURLToPath(new URL(`fixtures/samples/${file}`, import.meta.url));
const expected = readExpected('expected-samples.jsonl');

describe('every type and codec, against pyarrow', () => {
  test.each(Object.keys(expected))('%s', async (file) => {
    const reference = expected[file];
    if ('error' in reference) throw new Error(reference.error);
    const source = await openSource([await bytesFromPath(samplePath(file))]);
    const { rows, columns } = await readAll(source);
    expect(rows).toBe(reference.rows);
    expect(source.rows).toBe(reference.rows);
    for (const [name, summary] of Object.entries(reference.columns)) {
      if (summary.type === 'nested')
        expect(source.schema).toContainEqual(expect.objectContaining({ name, type: 'vector', dimension: 2 }));
      else expectColumn(columns.get(name)!, summary, name);
    }
    const nested = Object.values(reference.columns).filter((column) => column.type === 'nested').length;
    expect(columns.size).toBe(Object.keys(reference.columns).length - nested);
  });
});

describe.each(['dictionary-snappy.parquet', 'lz4-file.arrow', 'plain-stream.arrow'])('%s', (file) => {
  test('parts read alone make up the whole', async () => {
    const source = await openSource([await bytesFromPath(samplePath(file))]);
    expect(source.parts).toBe(3);
    const whole = await readAll(source);
    const pieces: Column[] = [];
    for (const part of [2, 0, 1]) {
      for await (const batch of source.read({ parts: [part, part + 1], columns: ['category'] })) {
        expect([...batch.columns.keys()]).toEqual(['category']);
        pieces.push(batch.columns.get('category')!);
      }
    }
    const joined = listValues(concatColumns([pieces[1], pieces[2], pieces[0]]));
    expect(joined).toEqual(listValues(whole.columns.get('category')!));
  });

  test('rounded integers are told after reading', async () => {
    const source = await openSource([await bytesFromPath(samplePath(file))]);
    await readAll(source);
    expect(source.notes).toContain('column int64_large: integers beyond 2^53 were rounded');
    expect(source.notes.join()).not.toContain('column int64:');
  });

  test('declared types are the words of the file', async () => {
    const source = await openSource([await bytesFromPath(samplePath(file))]);
    const declared = Object.fromEntries(
      source.schema.map((field) => [field.name, `${field.type} ${field.declared}`]),
    );
    expect(declared).toMatchObject({
      bool: 'boolean boolean',
      uint16: 'number uint16',
      float16: 'number float16',
      date32: 'time date',
      timestamp_us: 'time timestamp(us)',
      timestamp_ns: 'time timestamp(ns)',
      decimal: 'number decimal(12,2)',
      text: 'string string',
      'pair.x': 'number int32',
    });
  });

  test('progress grows with the rows and ends with all of them', async () => {
    const source = await openSource([await bytesFromPath(samplePath(file))]);
    const seen: { bytes: number; rows: number }[] = [];
    for await (const _ of source.read({ onProgress: (progress) => seen.push(progress) }));
    expect(seen.at(-1)!.rows).toBe(source.rows);
    expect(seen.at(-1)!.bytes).toBeLessThanOrEqual(source.byteLength);
    for (let i = 1; i < seen.length; i++) expect(seen[i].bytes).toBeGreaterThan(seen[i - 1].bytes);
  });

  test('an abort in the middle ends the read', async () => {
    const source = await openSource([await bytesFromPath(samplePath(file))]);
    const controller = new AbortController();
    const read = async () => {
      for await (const _ of source.read({ signal: controller.signal })) controller.abort();
    };
    await expect(read()).rejects.toMatchObject({ name: 'AbortError' });
  });
});

test('floats of Arrow are views of the file, and the file is never written to', async () => {
  const file = await bytesFromPath(samplePath('plain-file.arrow'));
  const bytes = await file.slice(0, file.size);
  const before = bytes.slice();
  const source = await openSource([bytesFromBuffer(bytes, file.name)]);
  for await (const { columns } of source.read()) {
    const required = columns.get('float64_required');
    expect(required?.type === 'number' && required.values.buffer).toBe(bytes.buffer);
    const withNulls = columns.get('float64');
    expect(withNulls?.type === 'number' && withNulls.values.buffer).not.toBe(bytes.buffer);
  }
  expect(bytes).toEqual(before);
});

test('a page dictionary goes through as it is: batches of one row group share it', async () => {
  const source = await openSource([await bytesFromPath(samplePath('dictionary-snappy.parquet'))]);
  for await (const { columns } of source.read({ columns: ['text'] })) {
    const column = columns.get('text');
    if (column?.type !== 'string') throw new Error('no text');
    expect(column.dictionary.length).toBeLessThanOrEqual(6);
    expect(new Set(column.dictionary).size).toBe(column.dictionary.length);
  }
});
