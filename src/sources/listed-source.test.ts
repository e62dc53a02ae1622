// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { NULL, RAGGED, UNPARSABLE } from '../columns/column.js';
import { readVectorColumn } from '../columns/testing/vectors.js';
import { bytesFromBuffer } from './bytes.js';
import { bytesFromPath } from './bytes-node.js';
import { type OpenOptions, openSource } from './open.js';
import { textGroups } from './text-lists.js';

const list = (length: number, start = 0) => Array.from({ length }, (_, k) => start + k / 4);
const file = (text: string, name: string) => bytesFromBuffer(new TextEncoder().encode(text), name);
const table = (cells: readonly string[], name = 't.csv') =>
  file(
    ['id,emb,label', ...cells.map((cell, i) => `${i},"${cell.replaceAll('"', '""')}",a`)].join('\n'),
    name,
  );
const open = (cells: readonly string[], options?: OpenOptions) => openSource([table(cells)], options);
const written: Record<string, (row: number) => string> = {
  json: (row) => JSON.stringify(list(8, row)),
  python: (row) => `[${list(8, row).join(', ')}]`,
  numpy: (row) =>
    `[${list(8, row)
      .map((number) => number.toFixed(2))
      .join(' ')}]`,
  postgres: (row) => `{${list(8, row).join(',')}}`,
};

describe.each(Object.keys(written))('texts as %s writes lists', (form) => {
  const cells = Array.from({ length: 100 }, (_, row) => written[form](row));

  test('are offered, and taken only when asked for', async () => {
    const plain = await open(cells);
    expect(plain.schema.map(({ type }) => type)).toEqual(['number', 'string', 'string']);
    for await (const batch of plain.read())
      expect(textGroups(batch)).toEqual([{ prefix: 'emb', from: 'emb', to: 'emb', dimension: 8 }]);
    const source = await open(cells, { groups: ['emb'] });
    expect(source.schema[1]).toEqual({
      name: 'emb',
      type: 'vector',
      dimension: 8,
      declared: 'text: list of numbers',
    });
    expect(source.schema.map(({ name }) => name)).toEqual(['id', 'emb', 'label']);
    expect(source).toHaveProperty('dialect.delimiter', ',');
    const { values, status } = await readVectorColumn(source.read(), 'emb');
    expect(status).toBeNull();
    expect([...values]).toEqual(cells.flatMap((_, row) => list(8, row)));
    expect(source.notes).toContain('column emb: texts read as vectors of 8');
  });
});

test('only what is asked for is read, in small batches, and parts alone make up the whole', async () => {
  const cells = Array.from({ length: 3_000 }, (_, row) => written.json(row));
  const source = await openSource([table(cells)], { groups: ['emb'], csv: { partBytes: 40_000 } });
  expect(source.parts).toBeGreaterThan(2);
  for await (const batch of source.read({ columns: ['label'] })) {
    expect([...batch.columns.keys()]).toEqual(['label']);
    expect(batch.vectors?.size ?? 0).toBe(0);
  }
  let rows = 0;
  for (let part = 0; part < source.parts; part++) {
    for await (const batch of source.read({ columns: ['emb'], parts: [part, part + 1], batchRows: 100 })) {
      expect(batch.rows).toBeLessThanOrEqual(100);
      expect(batch.columns.size).toBe(0);
      expect(batch.vectors?.get('emb')?.values[0]).toBe(rows);
      rows += batch.rows;
    }
  }
  expect(rows).toBe(3_000);
});

test('long lists in a file larger than its head', async () => {
  const cells = Array.from(
    { length: 60 },
    (_, row) =>
      `[${list(1_536, row)
        .map((x) => x.toFixed(6))
        .join(', ')}]`,
  );
  const source = await open(cells, { groups: ['emb'] });
  expect(source.byteLength).toBeGreaterThan(800_000);
  expect(source.schema[1]).toMatchObject({ name: 'emb', type: 'vector', dimension: 1_536 });
  const { values, status } = await readVectorColumn(source.read(), 'emb');
  expect(status).toBeNull();
  expect([...values.subarray(0, 2), values[59 * 1_536]]).toEqual([0, 0.25, 59]);
  expect(values).toHaveLength(60 * 1_536);
});

test('odd rows are counted, the first of each kind told by its row and reason', async () => {
  const cells = Array.from({ length: 60 }, (_, row) => written.python(row));
  cells[1] = '';
  cells[2] = '[1, 2, 3]';
  cells[3] = 'see appendix';
  cells[4] = '[1, 2, x, 4, 5, 6, 7, 8]';
  cells[5] = '[1, NaN, 3, 4, 5, 6, 7, null]';
  cells[6] = '[]';
  cells[7] = '[0.1 0.2 ... 0.9]';
  const source = await open(cells, { groups: ['emb'] });
  const { values, status } = await readVectorColumn(source.read(), 'emb');
  expect([...status!.subarray(0, 9)]).toEqual([
    0,
    NULL,
    RAGGED,
    UNPARSABLE,
    UNPARSABLE,
    0,
    RAGGED,
    UNPARSABLE,
    0,
  ]);
  expect([...values.subarray(40, 48)]).toEqual([1, Number.NaN, 3, 4, 5, 6, 7, Number.NaN]);
  expect(source.notes).toContain('column emb: of another length: 2 rows, the first in row 3 (3 numbers)');
  expect(source.notes).toContain(
    'column emb: not a list of numbers: 3 rows, the first in row 4 (no list of numbers)',
  );
  // Reading again counts anew.
  await readVectorColumn(source.read(), 'emb');
  expect(source.notes.filter((note) => note.includes('another length'))).toEqual([
    'column emb: of another length: 2 rows, the first in row 3 (3 numbers)',
  ]);
});

test('columns that hold no vectors are refused by row and reason, and not offered', async () => {
  const trouble = async (cells: readonly string[]) => open(cells, { groups: ['emb'] });
  await expect(trouble(['hello', 'world'])).rejects.toThrow(
    't.csv: column emb cannot be read as vectors: row 1 holds no list of numbers: "hello"',
  );
  await expect(trouble(['[1, 2]', '[1, y]', '[1, z]', 'w'])).rejects.toThrow(
    'row 2 holds a list with "y" among its numbers: "[1, y]"',
  );
  await expect(trouble(['[1]', '[2]'])).rejects.toThrow('lists of 1 number, which are no vectors');
  await expect(trouble(['[1,2]', '[1,2,3]', '[1]', '[1,2,3,4]'])).rejects.toThrow(
    'no length of which is usual',
  );
  await expect(open(['[1, 2]'], { groups: ['e'] })).rejects.toThrow(
    'no group of number columns begins with "e"',
  );
  for (const cells of [
    ['hello', 'a'],
    ['[1, 2]', '[3, 4]'],
  ])
    for await (const batch of (await open(cells)).read()) expect(textGroups(batch)).toEqual([]);
});

test("the other side follows the reference's schema; its dimension helps where there is nothing to see", async () => {
  const schema = [{ name: 'emb', type: 'vector' as const, dimension: 8 }];
  const source = await open(
    Array.from({ length: 5 }, (_, row) => written.json(row)),
    { schema },
  );
  expect(source.schema[1]).toMatchObject({ type: 'vector', dimension: 8 });
  const empty = await open(['', ''], { schema: [...schema, { name: 'label', type: 'string' }] });
  expect(empty.schema[1]).toMatchObject({ name: 'emb', type: 'vector', dimension: 8 });
  const texts = await open(['hello', 'world'], { schema });
  expect(texts.schema[1]).toMatchObject({ name: 'emb', type: 'string' });
});

test('several files as one, and JSON lines with texts', async () => {
  const cells = [0, 1, 2].map(written.json);
  const source = await openSource([table(cells, 'a.csv'), table(cells, 'b.csv')], { groups: ['emb'] });
  const { values } = await readVectorColumn(source.read(), 'emb');
  expect(values).toHaveLength(48);
  const lines = cells.map((emb, id) => JSON.stringify({ id, emb })).join('\n');
  const json = await openSource([file(lines, 't.ndjson')], { groups: ['emb'] });
  expect([...(await readVectorColumn(json.read(), 'emb')).values]).toEqual(
    cells.flatMap((_, row) => list(8, row)),
  );
});

test('texts in Parquet, part by part: a row is told by its place in the parts that were read', async () => {
  const path = fileURLToPath(new URL('fixtures/text-lists.parquet', import.meta.url));
  const bytes = await bytesFromPath(path);
  const plain = await openSource([bytes]);
  for await (const batch of plain.read({ parts: [0, 1] }))
    expect(textGroups(batch)).toEqual([{ prefix: 'emb', from: 'emb', to: 'emb', dimension: 8 }]);
  const source = await openSource([bytes], { groups: ['emb'] });
  expect(source).toMatchObject({ rows: 120, parts: 2 });
  const { values, status } = await readVectorColumn(source.read(), 'emb');
  expect([...status!.subarray(2, 9)]).toEqual([0, NULL, 0, RAGGED, 0, UNPARSABLE, 0]);
  expect([...values.subarray(-8)]).toEqual(list(8, 119));
  expect(source.notes.slice(-2)).toEqual([
    'column emb: of another length: 1 row, the first in row 6 (7 numbers)',
    'column emb: not a list of numbers: 1 row, the first in row 8 (no list of numbers)',
  ]);
  const second = await readVectorColumn(source.read({ parts: [1, 2] }), 'emb');
  expect(second.status).toBeNull();
  expect([...second.values.subarray(0, 8)]).toEqual(list(8, 60));
});
