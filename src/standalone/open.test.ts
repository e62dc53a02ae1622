// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { bytesFromBuffer } from '../sources/bytes.js';
import { openSource } from './open.js';

function file(name: string, text: string) {
  return bytesFromBuffer(new TextEncoder().encode(text), name);
}

const vector = Array.from({ length: 8 }, (_, k) => k / 8);
const records = Array.from({ length: 20 }, (_, row) => JSON.stringify({ amount: row, vector }));
const header = ['amount', ...vector.map((_, k) => `e${k}`)].join(',');
const lines = Array.from({ length: 20 }, (_, row) => [row, ...vector].join(','));

test('a column of vectors is left out, and a note names it and the file that has them', async () => {
  const source = await openSource([file('a.ndjson', records.join('\n'))]);
  expect(source.schema.map(({ name }) => name)).toEqual(['amount']);
  expect(source.notes.join()).toMatch(/embedding "vector" not compared: .*standalone-embeddings\.js/);
  for await (const batch of source.read({ columns: ['amount', 'vector'] })) {
    expect([...batch.columns.keys()]).toEqual(['amount']);
    expect(batch.vectors?.size ?? 0).toBe(0);
  }
});

test('so are columns that were to be grouped to a vector, and what was sniffed stays', async () => {
  const csv = file('a.csv', [header, ...lines].join('\n'));
  const source = await openSource([csv], { groups: ['e'] });
  expect(source.schema.map(({ name }) => name)).toEqual(['amount']);
  expect(source.notes.join()).toContain('embedding "e" not compared');
  expect(source).toHaveProperty('dialect.delimiter', ',');
  expect((await openSource([csv])).schema).toHaveLength(9);
});

test('so are texts with a list in each cell that are named, and those that are not stay texts', async () => {
  const rows = Array.from({ length: 20 }, (_, row) => `${row},"[${vector.join(', ')}]"`);
  const csv = file('t.csv', ['amount,emb', ...rows].join('\n'));
  const source = await openSource([csv], { groups: ['emb'] });
  expect(source.schema.map(({ name }) => name)).toEqual(['amount']);
  expect(source.notes.join()).toContain('embedding "emb" not compared');
  expect((await openSource([csv])).schema.map(({ type }) => type)).toEqual(['number', 'string']);
});

test('a file of nothing else is refused by name', async () => {
  const alone = file('b.ndjson', records.map((record) => record.replace(/"amount":\d+,/, '')).join('\n'));
  await expect(openSource([alone])).rejects.toThrow(
    /b\.ndjson: holds embeddings alone.*standalone-embeddings\.js/,
  );
});
