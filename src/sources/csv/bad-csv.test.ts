// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { Bytes } from '../source.js';
import { openCsv } from './csv.js';
import { bytesOf, encode, valuesOf } from './testing/tables.js';

async function reasonFor(content: string | Uint8Array, name = 'bad.csv'): Promise<string> {
  try {
    await valuesOf(await openCsv(bytesOf(content, name)));
  } catch (error) {
    expect((error as Error).name).toBe('SourceError');
    return (error as Error).message;
  }
  throw new Error('it was read');
}

test.each<[string, string | Uint8Array, string]>([
  ['empty', '', 'bad.csv: is empty'],
  ['blank', ' \r\n\n\t ', 'bad.csv: holds nothing but spaces and newlines'],
  [
    'UTF-32',
    new Uint8Array([0xff, 0xfe, 0, 0, 97, 0, 0, 0]),
    'bad.csv: is UTF-32 text, which is not read; save it as UTF-8',
  ],
  [
    'noise',
    Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 251),
    'bad.csv: is not text: it holds control characters throughout',
  ],
  [
    'an open quote',
    'a,b\n1,"2"\n3,"x\n4,5\n',
    'bad.csv: row 2 after byte 4, column "b": a quoted cell is not closed before the file ends',
  ],
])('%s is refused', async (_, content, reason) => {
  expect(await reasonFor(content)).toBe(reason);
});

test.each<[string, string, string]>([
  ['one endless line', 'x', 'has no complete row in its first 16 MiB'],
  ['endless commas', ',', 'has no complete row in its first 16 MiB'],
  ['endless quotes', '"', 'has no complete row in its first 16 MiB'],
])('%s: refused within seconds, after the head', { timeout: 60_000 }, async (_, unit, reason) => {
  let read = 0;
  const bytes: Bytes = {
    name: 'endless.csv',
    size: 10 * 1024 ** 3,
    async slice(start, end) {
      read += end - start;
      return new Uint8Array(end - start).fill(unit.charCodeAt(0));
    },
  };
  await expect(openCsv(bytes)).rejects.toThrow(`endless.csv: ${reason}`);
  expect(read).toBeLessThan(64 * 1024 * 1024);
});

test('too many columns', { timeout: 60_000 }, async () => {
  expect(await reasonFor(`${'1,'.repeat(150_000)}\n`.repeat(3))).toBe(
    'bad.csv: has more than 100000 columns',
  );
});

describe('a file that breaks off in its last row is read without it, and says so', () => {
  const told = (place: string) =>
    `ends in the middle of a row (${place}), which is left out: was the file cut off?`;
  const rows = 'a,b,c\n1,2,"x"\n3,4,"y"\n';
  const far = `a,b,c\n${'123456,some text,"quoted, with a comma"\n'.repeat(9000)}`;

  test.each<[string, string | Uint8Array, string, number]>([
    ['after a cell', `${rows}5,6`, 'after 2 of 3 cells', 2],
    ['within the first cell', `${rows}5`, 'after 1 of 3 cells', 2],
    ['within a quoted cell', `${rows}5,6,"so`, 'inside a quoted cell', 2],
    ['after lines of Windows', `${rows.replaceAll('\n', '\r\n')}5,6`, 'after 2 of 3 cells', 2],
    ['in UTF-16', encode(`${rows}😀5,6`, 'utf-16le', true), 'after 2 of 3 cells', 2],
    ['far behind the head', `${far}1,2`, 'after 2 of 3 cells', 9000],
    ['far behind the head, within a quoted cell', `${far}1,2,"x, `, 'inside a quoted cell', 9000],
  ])('%s', async (_, content, place, count) => {
    const source = await openCsv(bytesOf(content, 'cut.csv'), { partBytes: 100_000 });
    expect(source.notes[0]).toBe(told(place));
    const values = await valuesOf(source);
    expect(values.a).toHaveLength(count);
    expect(values.c.every((value) => typeof value === 'string')).toBe(true);
    expect(source.notes.join()).not.toContain('too few cells');
  });

  test.each<[string, string]>([
    ['a whole last row without a newline', 'a,b\n1,2\n3,4'],
    ['a short last row with a newline', 'a,b\n1,2\n3\n'],
    ['short rows throughout', 'a,b,c\n1,2\n3,4,5\n6,7'],
    ['nothing but a row', 'a,b\n1'],
    ['a comment at the end', '#x\na,b\n1,2\n3,4\n#end'],
    ['the end mark of DOS', 'a,b\n1,2\n3,4\n\x1a'],
    ['spaces at the end', 'a,b\n1,2\n3,4\n  '],
    ['one column', 'a\n1\n3'],
  ])('%s is no such file', async (_, content) => {
    const source = await openCsv(bytesOf(content));
    await valuesOf(source);
    expect(source.notes.join()).not.toContain('in the middle');
  });
});

test('too few lines to skip', async () => {
  await expect(openCsv(bytesOf('a\nb\n'), { dialect: { skipRows: 5, header: false } })).rejects.toThrow(
    'test.csv: has no row after the 5 lines to skip',
  );
});

test('a quote that never closes in a large file is refused after 16 MiB, not after all of it', {
  timeout: 60_000,
}, async () => {
  const head = new TextEncoder().encode(`a,b\n${'1,plain\n'.repeat(40_000)}7,"open `);
  const size = 10 * 1024 ** 3;
  let read = 0;
  const bytes: Bytes = {
    name: 'open.csv',
    size,
    async slice(start, end) {
      read += end - start;
      const chunk = new Uint8Array(end - start).fill(120);
      if (start < head.length) chunk.set(head.subarray(start, end));
      return chunk;
    },
  };
  const source = await openCsv(bytes, { partBytes: size });
  await expect(valuesOf(source)).rejects.toThrow(
    /row 40001 after byte 4, column "b": the cell is longer than 16 MiB; is its quote ever closed/,
  );
  expect(read).toBeLessThan(200 * 1024 * 1024);
});

test('a file that shrinks while it is read is refused', async () => {
  const content = new TextEncoder().encode(`a\n${'1\n'.repeat(1000)}`);
  const bytes: Bytes = {
    name: 'cut.csv',
    size: content.length,
    slice: async (start, end) => content.slice(start, Math.min(end, 1000)),
  };
  await expect(openCsv(bytes)).rejects.toThrow('cut.csv: ends at byte 1000, before its announced 2002');
  let isCut = false;
  const later: Bytes = {
    ...bytes,
    slice: async (start, end) => content.slice(start, isCut ? Math.min(end, 1000) : end),
  };
  const source = await openCsv(later, { chunkBytes: 600 });
  isCut = true;
  await expect(valuesOf(source)).rejects.toMatchObject({ name: 'SourceError' });
});

test('cancelling stops between batches and between chunks', { timeout: 60_000 }, async () => {
  const content = `a\n${'12\n'.repeat(200_000)}`;
  const source = await openCsv(bytesOf(content), { chunkBytes: 50_000 });
  const cancel = new AbortController();
  let rows = 0;
  const reading = (async () => {
    for await (const batch of source.read({ signal: cancel.signal })) {
      rows += batch.rows;
      cancel.abort();
    }
  })();
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  expect(rows).toBe(65_536);
  await expect(valuesOf(source, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect((await valuesOf(source)).a.length).toBe(200_000);
});

test('a NUL byte is a character like others', async () => {
  const values = await valuesOf(await openCsv(bytesOf(`a,b\n${'some text,1\n'.repeat(50)}x\0y,2\n`)));
  expect(values.a.at(-1)).toBe('x\0y');
  expect(values.b.at(-1)).toBe(2);
});

test.each<[object, string]>([
  [{ delimiter: '' }, 'delimiter "": one ASCII character is wanted'],
  [{ delimiter: '||' }, 'delimiter "||": one ASCII character is wanted'],
  [{ delimiter: '→' }, 'delimiter "→": one ASCII character is wanted'],
  [{ delimiter: '\n' }, 'delimiter "\\n": one ASCII character is wanted'],
  [{ quote: '«' }, 'quote "«": one ASCII character or none is wanted'],
  [{ delimiter: ';', quote: ';' }, 'quote ";": it is the delimiter already'],
  [{ skipRows: -1 }, 'skipRows -1: a count of lines is wanted'],
  [{ skipRows: Number.NaN }, 'skipRows null: a count of lines is wanted'],
  [{ decimal: '·' }, 'decimal "·": a point or a comma is wanted'],
  [{ encoding: 'ebcdic' }, 'encoding "ebcdic": one of utf-8, utf-16le, utf-16be, latin1 is wanted'],
])('a correction that means nothing: %j', async (dialect, reason) => {
  await expect(openCsv(bytesOf('a,b\n1,2\n'), { dialect })).rejects.toMatchObject({
    name: 'SettingsError',
    message: reason,
  });
});
