// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { columnGroups, groupName } from '../columns/column-groups.js';
import type { Schema } from '../columns/schema.js';
import { listVectors, readVectorColumn } from '../columns/testing/vectors.js';
import { bytesFromBuffer } from './bytes.js';
import { npyBytes } from './fixtures/make-npy.js';
import { openSource } from './open.js';

const numbers = (names: string[]): Schema => names.map((name) => ({ name, type: 'number' }));
const named = (prefix: string, count: number, from = 0, pad = 0) =>
  Array.from({ length: count }, (_, k) => `${prefix}${String(k + from).padStart(pad, '0')}`);

describe('columnGroups', () => {
  test.each([
    [named('e', 8), 'e', 'e'],
    [named('emb_', 12, 0, 3), 'emb_', 'emb'],
    [named('f.', 9, 1), 'f.', 'f'],
    [named('', 10), '', 'embedding'],
    [named('v2_x', 8), 'v2_x', 'v2_x'],
  ])('%j', (names, prefix, name) => {
    const [group, ...others] = columnGroups(numbers(['age', ...names]));
    expect(others).toEqual([]);
    expect(group).toMatchObject({ prefix, from: names[0], to: names.at(-1), dimension: names.length });
    expect(group.names).toEqual(names);
    expect(groupName(group)).toBe(name);
  });

  test('numbers in their order, whatever the order of the columns', () => {
    const names = named('e', 11);
    expect(columnGroups(numbers([...names].reverse()))[0].names).toEqual(names);
  });

  test('not too few, not with gaps, not texts', () => {
    expect(columnGroups(numbers(named('e', 7)))).toEqual([]);
    expect(columnGroups(numbers([...named('e', 5), ...named('e', 5, 6)]))).toEqual([]);
    expect(columnGroups(named('e', 9).map((name) => ({ name, type: 'string' })))).toEqual([]);
    expect(columnGroups(numbers([...named('e', 9), ...named('e', 20, 30)]))[0]).toMatchObject({
      from: 'e30',
      dimension: 20,
    });
  });
});

const csv = (rows: string[], extra = 'label') =>
  bytesFromBuffer(
    new TextEncoder().encode([`id,${named('emb_', 8).join()},${extra}`, ...rows].join('\n')),
    'table.csv',
  );
const row = (id: number, cell = (k: number) => String(id + k / 8)) =>
  `${id},${named('', 8)
    .map((_, k) => cell(k))
    .join()},a`;

describe('groupColumns', () => {
  test('is offered, and taken only when asked for', async () => {
    const file = csv([row(1), row(2)]);
    const plain = await openSource([file]);
    expect(plain.schema.some(({ type }) => type === 'vector')).toBe(false);
    const source = await openSource([file], { groups: ['emb_'] });
    expect(source.schema.map(({ name, type, dimension }) => [name, type, dimension])).toEqual([
      ['id', 'number', undefined],
      ['emb', 'vector', 8],
      ['label', 'string', undefined],
    ]);
    expect(source.notes).toContain('columns emb_0 … emb_7: one vector of 8, emb');
    expect('dialect' in source).toBe(true);
    const column = await readVectorColumn(source.read(), 'emb');
    expect(listVectors(column)).toEqual([1, 2].map((id) => named('', 8).map((_, k) => id + k / 8)));
    for await (const batch of source.read({ columns: ['emb'] })) {
      expect([...batch.columns.keys()]).toEqual([]);
      expect([...batch.vectors!.keys()]).toEqual(['emb']);
    }
    for await (const batch of source.read({ columns: ['label'] })) {
      expect([...batch.columns.keys()]).toEqual(['label']);
      expect(batch.vectors?.size ?? 0).toBe(0);
    }
  });

  test('empty, partly empty and odd rows', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => row(i));
    rows[1] = row(1, () => '');
    rows[2] = row(2, (k) => (k === 3 ? '' : '1'));
    rows[3] = row(3, (k) => (k === 3 ? 'error' : '1'));
    const source = await openSource([csv(rows)], { groups: ['emb_'] });
    const { values, status } = await readVectorColumn(source.read(), 'emb');
    expect([...status!.subarray(0, 5)]).toEqual([0, 1, 0, 2, 0]);
    expect([...values.subarray(16, 24)]).toEqual([1, 1, 1, Number.NaN, 1, 1, 1, 1]);
  });

  test("a reference's schema takes the group by its name", async () => {
    const schema = [{ name: 'emb', type: 'vector' as const, dimension: 8 }];
    const source = await openSource([csv([row(1)])], { schema });
    expect(source.schema[1]).toMatchObject({ name: 'emb', type: 'vector', dimension: 8 });
  });

  test('a name that is there already stays apart', async () => {
    const source = await openSource([csv([row(1)], 'emb')], { groups: ['emb_'] });
    expect(source.schema.map(({ name }) => name)).toEqual(['id', 'emb (2)', 'emb']);
  });

  test('a prefix that stands for nothing is refused with what there is', async () => {
    await expect(openSource([csv([row(1)])], { groups: ['x'] })).rejects.toMatchObject({
      name: 'SourceError',
      message: 'table.csv: no group of number columns begins with "x" (there is emb_0 … emb_7)',
    });
  });

  test('over several files', async () => {
    const source = await openSource([csv([row(1)]), csv([row(2)])], { groups: ['emb_'] });
    const { values } = await readVectorColumn(source.read(), 'emb');
    expect(values.length).toBe(16);
  });

  test('many rows come in batches of 4 MiB, with progress that grows', async () => {
    const at = (i: number, k: number) => i + k;
    const file = npyBytes({ descr: '<f4', shape: [5000, 512], at });
    const source = await openSource([bytesFromBuffer(file, 'e.npy')], { vectors: 'columns', groups: ['c'] });
    const seen: number[] = [];
    let rows = 0;
    for await (const batch of source.read({ onProgress: ({ bytes }) => seen.push(bytes) })) {
      const { values } = batch.vectors!.get('c')!;
      expect(values.byteLength).toBeLessThanOrEqual(4 * 2 ** 20);
      expect(values[511]).toBe(at(rows, 511));
      rows += batch.rows;
    }
    expect(rows).toBe(5000);
    expect(seen.length).toBe(3);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
  });
});

describe('files of one side', () => {
  const file = (width: number, name: string) =>
    bytesFromBuffer(npyBytes({ descr: '<f4', shape: [4, width], at: (i, k) => i + k }), name);

  test('follow each other', async () => {
    const source = await openSource([file(9, 'a.npy'), file(9, 'b.npy')]);
    expect(source.rows).toBe(8);
    const { values } = await readVectorColumn(source.read(), 'embedding');
    expect([...values.subarray(0, 36)]).toEqual([...values.subarray(36)]);
  });

  test('of different dimensions are refused by both names', async () => {
    await expect(openSource([file(9, 'a.npy'), file(10, 'b.npy')])).rejects.toMatchObject({
      name: 'SourceError',
      message: expect.stringMatching(/9 numbers in a\.npy, but of 10 in b\.npy/),
    });
  });

  test('without the vectors of the others are null there', async () => {
    const source = await openSource([file(9, 'a.npy'), file(3, 'b.npy')]);
    const column = await readVectorColumn(source.read(), 'embedding');
    expect(listVectors(column).slice(4)).toEqual([null, null, null, null]);
  });

  test('null vectors come in small batches too', async () => {
    const narrow = npyBytes({ descr: '<f4', shape: [3000, 1], at: (i) => i });
    const wide = npyBytes({ descr: '<f4', shape: [1, 1024], at: (_, k) => k });
    const source = await openSource([bytesFromBuffer(wide, 'a.npy'), bytesFromBuffer(narrow, 'b.npy')]);
    let rows = 0;
    for await (const batch of source.read()) {
      expect(batch.vectors!.get('embedding')!.values.byteLength).toBeLessThanOrEqual(4 * 2 ** 20);
      const c0 = batch.columns.get('c0')!;
      if (rows > 0) expect(c0.type === 'number' && c0.values[0]).toBe(rows - 1);
      rows += batch.rows;
    }
    expect(rows).toBe(3001);
  });
});
