// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { NULL, RAGGED, UNPARSABLE } from '../../columns/column.js';
import { readVectorColumn } from '../../columns/testing/vectors.js';
import { bytesFromBuffer } from '../bytes.js';
import { type OpenOptions, openSource } from '../open.js';

const open = (text: string, options?: OpenOptions, name = 't.json') =>
  openSource([bytesFromBuffer(new TextEncoder().encode(text), name)], options);
const lines = (records: readonly unknown[]) => `${records.map((r) => JSON.stringify(r)).join('\n')}\n`;
const list = (length: number, start = 0) => Array.from({ length }, (_, k) => start + k / 4);

describe.each(['ndjson', 'json'])('records of %s', (format) => {
  const load = (records: readonly unknown[], options?: OpenOptions) =>
    open(format === 'ndjson' ? lines(records) : JSON.stringify(records), options, `t.${format}`);

  test('lists of numbers are vectors, also a level down', async () => {
    const source = await load([{ id: 1, e: list(5), m: { e: list(3) } }]);
    expect(source.schema).toEqual([
      { name: 'id', type: 'number', declared: 'number' },
      { name: 'e', type: 'vector', dimension: 5, declared: 'list of numbers' },
      { name: 'm.e', type: 'vector', dimension: 3, declared: 'list of numbers' },
    ]);
  });

  test('states of odd rows', async () => {
    const rows: unknown[] = Array.from({ length: 40 }, (_, i) => list(5, i));
    rows[1] = null;
    rows[2] = list(4);
    rows[3] = [];
    rows[4] = [1, null, 2, 3, 4];
    rows[5] = [1, 'x', 2, 3, 4];
    const source = await load(rows.map((e, id) => ({ id, e })));
    const { values, status } = await readVectorColumn(source.read(), 'e');
    expect([...status!.subarray(0, 7)]).toEqual([0, NULL, RAGGED, RAGGED, 0, UNPARSABLE, 0]);
    expect([...values.subarray(20, 25)]).toEqual([1, Number.NaN, 2, 3, 4]);
    expect([...values.subarray(195)]).toEqual(list(5, 39));
    for await (const batch of source.read({ columns: ['id'] })) expect(batch.vectors).toBeUndefined();
  });

  test('what is no vector is left out with the reason', async () => {
    const records = list(30).map((_, i) => ({
      id: i,
      tags: list((i % 7) + 1),
      one: [i],
      deep: [[1, 2]],
      none: [],
      long: i === 0 ? list(16_385) : null,
    }));
    const source = await load(records);
    expect(source.schema.map(({ name }) => name)).toEqual(['id']);
    expect(source.notes).toEqual([
      'column tags: lists of 1 to 7 numbers, no length of which is usual, not read',
      'column one: lists of 1 number, which are no vectors, not read',
      'column deep: a nested list of nested values, not read',
      'column none: lists that are empty, not read',
      'column long: vectors of 16385 numbers (at most 16384 can be read), not read',
    ]);
  });

  test("the reference's dimension holds where the sample has no list, else the file's own", async () => {
    const schema = [{ name: 'e', type: 'vector' as const, dimension: 4 }];
    const empty = await load([{ id: 1, e: null }], { schema });
    expect(empty.schema[1]).toMatchObject({ type: 'vector', dimension: 4 });
    const other = await load([{ id: 1, e: list(6) }], { schema });
    expect(other.schema[1]).toMatchObject({ type: 'vector', dimension: 6 });
  });

  test('batches of vectors stay within 4 MiB', async () => {
    const source = await load(Array.from({ length: 300 }, (_, i) => ({ e: new Array(4096).fill(i) })));
    let rows = 0;
    for await (const batch of source.read()) {
      expect(batch.vectors!.get('e')!.values.byteLength).toBeLessThanOrEqual(4 * 2 ** 20);
      expect(batch.vectors!.get('e')!.values[0]).toBe(rows);
      rows += batch.rows;
    }
    expect(rows).toBe(300);
  });
});

describe('other forms', () => {
  const matrix = (width: number) => JSON.stringify(list(6).map((_, i) => list(width, i)));
  test('rows of numbers are vectors from eight on, or as asked', async () => {
    const word = async (text: string, options?: OpenOptions) =>
      (await open(text, options)).schema.map(({ name, dimension }) => name + (dimension ?? '')).join();
    expect(await word(matrix(8))).toBe('embedding8');
    expect(await word(matrix(3))).toBe('c0,c1,c2');
    expect(await word(matrix(3), { vectors: 'group' })).toBe('embedding3');
    expect(await word(matrix(8), { vectors: 'columns' })).toMatch(/^c0,.*,c7$/);
    const { values } = await readVectorColumn((await open(matrix(8))).read(), 'embedding');
    expect([...values.subarray(40)]).toEqual(list(8, 5));
  });

  test('an object of columns holds lists', async () => {
    const source = await open(JSON.stringify({ e: [list(4), list(4, 1)], label: ['a', 'b'] }));
    expect(source.schema.map(({ name, type }) => `${name} ${type}`)).toEqual(['e vector', 'label string']);
    const { values } = await readVectorColumn(source.read(), 'e');
    expect([...values]).toEqual([...list(4), ...list(4, 1)]);
  });

  test("Python's bare words are numbers inside", async () => {
    const source = await open('{"e":[1,NaN,-Infinity]}\n{"e":[1,2,3]}\n', {}, 't.ndjson');
    const { values, status } = await readVectorColumn(source.read(), 'e');
    expect([...values]).toEqual([1, Number.NaN, Number.NEGATIVE_INFINITY, 1, 2, 3]);
    expect(status).toBe(null);
  });
});

describe('lines of lists', () => {
  test('of numbers are vectors, one a line, however long the lines are', async () => {
    for (const [width, name] of [
      [8, 't.ndjson'],
      [8, 't.json'],
      [8, 'noname'],
      [3_000, 't.jsonl'],
      [3_000, 'vectors'],
    ] as const) {
      const rows = Array.from({ length: 40 }, (_, i) => list(width, i));
      const source = await open(lines(rows), {}, name);
      expect(source.format).toBe('ndjson');
      expect(source.schema).toEqual([
        { name: 'embedding', type: 'vector', dimension: width, declared: 'list of numbers' },
      ]);
      const { values, status } = await readVectorColumn(source.read(), 'embedding');
      expect(status).toBeNull();
      expect(values).toEqual(Float32Array.from(rows.flat()));
    }
    expect((await open(`[${list(9).join()}]`, {}, 't.jsonl')).schema[0]).toMatchObject({ dimension: 9 });
  });

  test('odd lines are counted', async () => {
    const rows: unknown[] = Array.from({ length: 30 }, (_, i) => list(8, i));
    rows[1] = null;
    rows[2] = list(7);
    rows[3] = [1, 2, 3, 4, 5, 6, 7, 'x'];
    rows[4] = 5;
    const source = await open(`${lines(rows)}[1, 2\n`, {}, 't.ndjson');
    const { status } = await readVectorColumn(source.read(), 'embedding');
    expect([...status!]).toEqual([0, NULL, RAGGED, UNPARSABLE, UNPARSABLE, ...new Array(25).fill(0)]);
    expect(source.notes).toContain('1 line is no JSON, skipped');
  });

  test('of other values are columns, named by a first line of texts', async () => {
    const text = lines([['id', 'city'], ...Array.from({ length: 500 }, (_, i) => [i, `city ${i % 3}`])]);
    const source = await open(text, { csv: {} }, 't.ndjson');
    expect(source.schema.map(({ name, type }) => `${name} ${type}`)).toEqual(['id number', 'city string']);
    let rows = 0;
    for await (const batch of source.read()) rows += batch.rows;
    expect(rows).toBe(500);
    expect((await open(lines([list(3), list(3)]), {}, 't.ndjson')).schema.map(({ name }) => name)).toEqual([
      'c0',
      'c1',
      'c2',
    ]);
    expect((await open(lines([list(3)]), { vectors: 'group' }, 't.ndjson')).schema[0]).toMatchObject({
      name: 'embedding',
    });
  });

  test('an error names the line and the reason', async () => {
    await expect(open('[1, 2\n[3, 4\n[5]\n', {}, 't.ndjson')).rejects.toThrow(
      /^t\.ndjson: most lines are no JSON: line 1: /,
    );
    await expect(open('\n{"a" 1}\n', {}, 't.ndjson')).rejects.toThrow(
      /^t\.ndjson: the JSON lines hold no object and no list of values: line 2: /,
    );
  });
});
