// SPDX-License-Identifier: Apache-2.0
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { NULL, RAGGED } from '../columns/column.js';
import { readVectorColumn } from '../columns/testing/vectors.js';
import { bytesFromPath } from './bytes-node.js';
import { FORMATS } from './fixtures/corpus.js';
import { ListLengths } from './list-lengths.js';
import { openSource } from './open.js';
import type { Source } from './source.js';

type Row = readonly (number | string | null)[] | null;

interface ExpectedLists {
  readonly files: readonly string[];
  readonly column: string;
  readonly rows: readonly Row[];
}

const [, ...lines] = readFileSync(new URL('fixtures/expected-vectors.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const expected = lines.map((line) => JSON.parse(line) as ExpectedLists);

/** Samples lie here, corpora in the shared data, which may be absent. */
const pathOf = (file: string) =>
  file.includes('/')
    ? join(FORMATS, file)
    : fileURLToPath(new URL(`fixtures/samples/${file}`, import.meta.url));

const columnsOf = new Map<string, ExpectedLists[]>();
for (const lists of expected)
  for (const file of lists.files) columnsOf.set(file, [...(columnsOf.get(file) ?? []), lists]);

/** A map of keys alone, which pyarrow reads as lists. */
const A_MAP = 'my_map_no_v';

function usualLength(rows: readonly Row[]): number | string {
  const lengths = new ListLengths();
  for (const row of rows) if (row !== null) lengths.add(row.length);
  return lengths.verdict();
}

async function opened(file: string): Promise<Source | string> {
  try {
    return await openSource([await bytesFromPath(pathOf(file))]);
  } catch (error) {
    return (error as Error).message;
  }
}

const number = (value: number | string | null) =>
  value === null || value === 'nan'
    ? Number.NaN
    : typeof value === 'string'
      ? value === 'inf'
        ? Number.POSITIVE_INFINITY
        : Number.NEGATIVE_INFINITY
      : Math.fround(value);

describe('every list of numbers, against pyarrow and numpy', () => {
  const files = [...columnsOf.keys()].filter((file) => existsSync(pathOf(file)));
  if (files.length < columnsOf.size) console.warn(`skipped: corpora in ${FORMATS} are absent`);

  test.each(files)('%s', async (file) => {
    const source = await opened(file);
    for (const { column, rows } of columnsOf.get(file)!) {
      const dimension = usualLength(rows);
      const told = typeof source === 'string' ? source : source.notes.join('\n');
      if (column === A_MAP) {
        expect(told).toContain(`column ${column}: a nested map, not read`);
        continue;
      }
      if (typeof dimension === 'string') {
        expect(told).toContain(`column ${column}: ${dimension}, not read`);
        continue;
      }
      if (typeof source === 'string') throw new Error(source);
      expect(source.schema).toContainEqual(
        expect.objectContaining({ name: column, type: 'vector', dimension }),
      );
      const { values, status } = await readVectorColumn(source.read(), column);
      const states = rows.map((row) => (row === null ? NULL : row.length === dimension ? 0 : RAGGED));
      expect([...(status ?? new Uint8Array(rows.length))], `${column}: states`).toEqual(states);
      const numbers = rows.flatMap((row, i) =>
        states[i] === 0 ? row!.map(number) : new Array<number>(dimension).fill(Number.NaN),
      );
      expect([...values], column).toEqual(numbers);
    }
  });
});

describe.each(['vectors-dictionary.parquet', 'vectors-plain.arrow'])('%s', (file) => {
  test('what is no vector is left out with the reason', async () => {
    const source = await openSource([await bytesFromPath(pathOf(file))]);
    expect(source.notes).toEqual(
      expect.arrayContaining([
        'column words: a nested list of string, not read',
        expect.stringMatching(/^column deep: a nested list.*, not read$/),
        'column one: lists of 1 number, which are no vectors, not read',
        'column tags: lists of 1 to 12 numbers, no length of which is usual, not read',
      ]),
    );
    expect(source.notes.filter((note) => note.includes('whole numbers')).length).toBe(2);
    expect(source.schema.find(({ name }) => name === 'f32')!.declared).toBe('list<float32>');
  });

  test('parts read alone make up the whole', async () => {
    const source = await openSource([await bytesFromPath(pathOf(file))]);
    expect(source.parts).toBe(2);
    const whole = await readVectorColumn(source.read(), 'both');
    const first = await readVectorColumn(source.read({ parts: [0, 1], columns: ['both'] }), 'both');
    const second = await readVectorColumn(source.read({ parts: [1, 2], columns: ['both'] }), 'both');
    expect([...first.values, ...second.values]).toEqual([...whole.values]);
  });

  test('small batches are the same rows', async () => {
    const source = await openSource([await bytesFromPath(pathOf(file))]);
    const whole = await readVectorColumn(source.read(), 'ragged');
    const pieces = await readVectorColumn(source.read({ batchRows: 7 }), 'ragged');
    expect(pieces).toEqual(whole);
  });
});

describe.each(['parquet', 'arrow'])('long lists in %s', (extension) => {
  const open = async (name: string) =>
    openSource([await bytesFromPath(pathOf(`vectors-${name}.${extension}`))]);

  test('among others they are ragged rows', async () => {
    const source = await open('long-row');
    const { dimension, values, status } = await readVectorColumn(source.read(), 'e');
    expect(dimension).toBe(8);
    expect(status!.length).toBe(42);
    expect([...status!.entries()].filter(([, state]) => state !== 0)).toEqual([
      [20, RAGGED],
      [41, RAGGED],
    ]);
    expect([...values.subarray(40 * 8, 41 * 8)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('10,000 numbers are a vector', async () => {
    const source = await open('dimension-10000');
    const { values } = await readVectorColumn(source.read(), 'e');
    expect(values.length).toBe(90_000);
    expect(values.every((value, i) => value === Math.floor(i / 10_000))).toBe(true);
  });

  test('100,000 are named and left out', async () => {
    const source = await open('dimension-100000');
    expect(source.schema.map(({ name }) => name)).toEqual(['id']);
    expect(source.notes).toContain(
      'column e: vectors of 100000 numbers (at most 16384 can be read), not read',
    );
  });
});

test('a list that goes on and on is not followed to its end', async () => {
  const source = await openSource([await bytesFromPath(pathOf('vectors-endless-row.parquet'))]);
  expect(source.schema.map(({ name }) => name)).toEqual(['id']);
  expect(source.notes).toContain(
    'column e: a nested list that cannot be read (it holds a list of more than 1048576 numbers), not read',
  );
});
