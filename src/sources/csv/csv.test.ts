// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { ReadProgress } from '../source.js';
import { type CsvOptions, openCsv } from './csv.js';
import { bytesOf, encode, type Value, valuesOf } from './testing/tables.js';

async function read(content: string | Uint8Array, options?: CsvOptions) {
  const source = await openCsv(bytesOf(content), options);
  return { source, values: await valuesOf(source) };
}

/** Values by column, for the tables that are small enough to write down. */
async function table(content: string | Uint8Array, options?: CsvOptions): Promise<Record<string, Value[]>> {
  return (await read(content, options)).values;
}

const day = (iso: string) => Date.parse(iso);

test('numbers, text, booleans and times are typed, missing values are null, NaN stays NaN', async () => {
  const { source, values } = await read(
    'id,share,ok,when,name\n1,0.5,true,2001-01-01,Ann\n-2,nan,FALSE,2001-01-02 10:00:00,NA\n,,,,\n4,-inf,true,null,"a ""b"", c"\n',
  );
  expect(values).toEqual({
    id: [1, -2, null, 4],
    share: [0.5, NaN, null, -Infinity],
    ok: [1, 0, null, 1],
    when: [day('2001-01-01'), day('2001-01-02T10:00:00Z'), null, null],
    name: ['Ann', null, null, 'a "b", c'],
  });
  expect(source.schema).toEqual([
    { name: 'id', type: 'number', declared: 'integer' },
    { name: 'share', type: 'number', declared: 'number' },
    { name: 'ok', type: 'boolean', declared: 'boolean' },
    { name: 'when', type: 'time', declared: 'time YYYY-MM-DD' },
    { name: 'name', type: 'string', declared: 'string' },
  ]);
  expect(source.dialect).toEqual({
    delimiter: ',',
    quote: '"',
    header: true,
    skipRows: 0,
    comment: '',
    decimal: '.',
    encoding: 'utf-8',
  });
  expect([source.format, source.rows, source.parts, source.name]).toEqual(['csv', undefined, 1, 'test.csv']);
});

test.each<[string, string]>([
  [',', 'a,b,c\n1,x,2\n3,y,4\n'],
  [';', 'a;b;c\r\n1;x;2\r\n3;y;4'],
  ['\t', 'a\tb\tc\r1\tx\t2\r3\ty\t4\r'],
  ['|', 'a|b|c\n1|x|2\n\n3|y|4\n'],
  ['^', 'a^b^c\n1^x^2\n3^y^4\n'],
  ['\x01', 'a\x01b\x01c\n1\x01x\x012\n3\x01y\x014\n'],
  [' ', 'a b c\n1 x 2\n3 y 4\n'],
])('delimiter %j is found', async (delimiter, content) => {
  const { source, values } = await read(content);
  expect(source.dialect.delimiter).toBe(delimiter);
  expect(values).toEqual({ a: [1, 3], b: ['x', 'y'], c: [2, 4] });
});

test('a semicolon file with decimal commas and thousands', async () => {
  const { source, values } = await read('Preis;Menge;Ort\n1.234,50;3,25;Bonn\n12,00;-0,5;Ulm, Donau\n');
  expect(source.dialect).toMatchObject({ delimiter: ';', decimal: ',' });
  expect(values).toEqual({ Preis: [1234.5, 12], Menge: [3.25, -0.5], Ort: ['Bonn', 'Ulm, Donau'] });
  expect(source.notes).toContain('decimal comma');
});

test('text with commas in one column stays whole', async () => {
  expect(await table('remark\nwell, well\nfine\nso, so, so\n')).toEqual({
    remark: ['well, well', 'fine', 'so, so, so'],
  });
});

test('a file without a header names its columns by number', async () => {
  expect(await table('1,a,2\n2,b,3\n3,a,4\n')).toEqual({
    'column 1': [1, 2, 3],
    'column 2': ['a', 'b', 'a'],
    'column 3': [2, 3, 4],
  });
});

test('years may be names', async () => {
  const source = await openCsv(bytesOf('Country,1990,1995,2000\nMali,5,6,7\nChad,8,9,10\n'));
  expect(source.schema.map((field) => field.name)).toEqual(['Country', '1990', '1995', '2000']);
});

test('names are made present and different', async () => {
  const names = Object.keys(await table('a,,a,a (2),  ,a\n1,2,3,4,5,6\n'));
  expect(names).toEqual(['a', 'column 2', 'a (2)', 'a (2) (2)', 'column 5', 'a (3)']);
});

test('names of objects are only names', async () => {
  const source = await openCsv(bytesOf('__proto__,constructor,<b>x</b>\n1,2,3\n'));
  for await (const batch of source.read())
    expect([...batch.columns.keys()]).toEqual(['__proto__', 'constructor', '<b>x</b>']);
});

test('row names of R are a column', async () => {
  expect(await table('"a","b"\n"1",5,"x"\n"2",6,"y"\n')).toEqual({
    'row name': [1, 2],
    a: [5, 6],
    b: ['x', 'y'],
  });
});

test('ragged rows: missing cells are null, extra ones dropped, both told', async () => {
  const { source, values } = await read('a,b,c\n1,2,3\n4,5\n6\n7,8,9,10,"x\ny"\n\n11,12,13\n');
  expect(values).toEqual({ a: [1, 4, 6, 7, 11], b: [2, 5, null, 8, 12], c: [3, null, null, 9, 13] });
  expect(source.notes).toEqual(
    expect.arrayContaining([
      '2 rows with too few cells (the missing ones are null)',
      '1 row with too many cells (the extra ones are dropped)',
      '1 blank line skipped',
    ]),
  );
  await valuesOf(source);
  expect(source.notes).toContain('1 blank line skipped');
});

test('titles before the table and comments are skipped', async () => {
  const titled = await read('Report of 2001\n\nmade by hand,\na,b,c\n1,2,3\n4,5,6\n7,8,9\n');
  expect(titled.source.dialect.skipRows).toBe(3);
  expect(titled.values).toEqual({ a: [1, 4, 7], b: [2, 5, 8], c: [3, 6, 9] });
  const commented = await read('# one, two\n# three\na,b\n1,2\n# four "\n3,4\n');
  expect(commented.values).toEqual({ a: [1, 3], b: [2, 4] });
  expect(commented.source.notes).toContain('1 comment line skipped');
  expect(await table('#id,b\n1,2\n3,4\n')).toEqual({ '#id': [1, 3], b: [2, 4] });
});

test('quotes: newlines inside, spaces around, none at all, text after the closing one', async () => {
  expect(await table('a,b\n"x\r\ny", "x,5" \n"""",""\n')).toEqual({ a: ['x\r\ny', '"'], b: ['x,5', null] });
  expect(await table(`a,b\n'x,1','2'\n'y','3'\n`)).toEqual({ a: ['x,1', 'y'], b: [2, 3] });
  expect(await table('size,n\n5" pipe,1\n7" pipe,2\n')).toEqual({ size: ['5" pipe', '7" pipe'], n: [1, 2] });
  const loose = await read('a,b\n"x"y,1\nz,2\n');
  expect(loose.values).toEqual({ a: ['xy', 'z'], b: [1, 2] });
  expect(loose.source.notes).toContain('1 cell with text after the closing quote');
});

test.each([
  ['utf-8', true],
  ['utf-8', false],
  ['utf-16le', true],
  ['utf-16le', false],
  ['utf-16be', true],
  ['utf-16be', false],
  ['latin1', false],
] as const)('encoding %s, byte order mark %s', async (encoding, withMark) => {
  const { source, values } = await read(encode('città,größe\nForlì,1\nKöln,2\n', encoding, withMark), {
    chunkBytes: 7,
  });
  expect(source.dialect.encoding).toBe(encoding);
  expect(values).toEqual({ città: ['Forlì', 'Köln'], größe: [1, 2] });
});

test('latin-1 that shows only far behind the head is found by the sample, a stray byte is read as such', {
  timeout: 60_000,
}, async () => {
  const line = 'plain text,12345\n';
  const late = new Uint8Array(
    encode(`name,n\n${line.repeat(40_000)}caf\u00e9,1\n`.repeat(1), 'latin1', false),
  );
  expect((await openCsv(bytesOf(late))).dialect.encoding).toBe('latin1');
  const mixed = new Uint8Array([...new TextEncoder().encode('a,b\né,1\n'), 0xe9, 0x2c, 0x32, 0x0a]);
  const { source, values } = await read(mixed, { dialect: { encoding: 'utf-8' } });
  expect(values).toEqual({ a: ['é', 'é'], b: [1, 2] });
  expect(source.notes).toContain('1 text not valid UTF-8, read as windows-1252');
});

test('what a person says overrules what is sniffed', async () => {
  expect(await table('1;2\n3;4\n', { dialect: { header: true, delimiter: ',' } })).toEqual({
    '1;2': ['3;4'],
  });
  expect(await table('x\na,b\n1,2\n', { dialect: { skipRows: 0, header: false } })).toEqual({
    'column 1': ['x', 'a', '1'],
    'column 2': [null, 'b', '2'],
  });
  expect(await table('a,b\n%no\n1,"2\n3,4\n', { dialect: { comment: '%', quote: '' } })).toEqual({
    a: [1, 3],
    b: ['"2', '4'],
  });
});

test('a reference schema forces types, and what does not read is unparsable', async () => {
  const { source, values } = await read('a,b,c,d\nx,1,yes,01/02/2003\n2,2,no,n/a\n-,03,maybe,05/06/2004\n', {
    schema: [
      { name: 'a', type: 'number' },
      { name: 'b', type: 'string' },
      { name: 'c', type: 'boolean' },
      { name: 'd', type: 'time', declared: 'time MM/DD/YYYY' },
      { name: 'absent', type: 'number' },
    ],
  });
  expect(values).toEqual({
    a: ['unparsable', 2, null],
    b: ['1', '2', '03'],
    c: [1, 0, 'unparsable'],
    d: [day('2003-01-02'), null, day('2004-05-06')],
  });
  expect(source.notes).toContain('column a: 1 value not of type number, such as "x"');
});

test('a column that turns to text behind the head is typed by the whole sample', {
  timeout: 60_000,
}, async () => {
  const rows = (count: number, value: string) => `${value},padding to make the file long\n`.repeat(count);
  const { source } = await read(`a,b\n${rows(20_000, '12')}${rows(20_000, 'twelve')}`);
  expect(source.schema[0].type).toBe('string');
});

test('only the columns asked for', async () => {
  const source = await openCsv(bytesOf('a,b,c\n1,x,"2"\n3,"y,z",4\n'));
  const columns: string[][] = [];
  for await (const batch of source.read({ columns: ['c', 'a', 'nobody'] }))
    columns.push([...batch.columns.keys()]);
  expect(columns).toEqual([['a', 'c']]);
  const values = await valuesOf(source, { columns: ['c'] });
  expect(values).toEqual({ a: [], b: [], c: [2, 4] });
});

test('parts are independent, progress tells bytes and rows, batches are bounded', {
  timeout: 60_000,
}, async () => {
  const lines = Array.from({ length: 100_000 }, (_, i) => `${i},name ${i % 100}`);
  const source = await openCsv(bytesOf(`id,name\n${lines.join('\n')}\n`), {
    partBytes: 300_000,
    chunkBytes: 100_000,
  });
  expect(source.parts).toBeGreaterThan(3);
  const ids: Value[] = [];
  for (let part = source.parts - 1; part >= 0; part--)
    ids.unshift(...(await valuesOf(source, { parts: [part, part + 1] })).id);
  expect(ids).toEqual(lines.map((_, i) => i));
  const progress: ReadProgress[] = [];
  for await (const batch of source.read({ onProgress: (p) => progress.push(p) })) {
    expect(batch.rows).toBeLessThanOrEqual(65_536);
    expect(progress.at(-1)?.rows).toBeGreaterThanOrEqual(batch.rows);
  }
  expect(progress.at(-1)).toEqual({ bytes: source.byteLength, rows: 100_000 });
  expect(progress.every((p, i) => i === 0 || p.bytes >= progress[i - 1].bytes)).toBe(true);
  await expect(valuesOf(source, { parts: [0, 99] })).rejects.toMatchObject({ name: 'SourceError' });
  expect(await valuesOf(source, { parts: [2, 2] })).toEqual({ id: [], name: [] });
});

test('5,000 columns', { timeout: 60_000 }, async () => {
  const names = Array.from({ length: 5000 }, (_, c) => `c${c}`);
  const row = names.map((_, c) => (c % 2 === 0 ? c : `t${c % 7}`)).join(',');
  const source = await openCsv(bytesOf(`${names.join(',')}\n${`${row}\n`.repeat(900)}`));
  let rows = 0;
  for await (const batch of source.read()) {
    expect(batch.rows * 5000 * 8).toBeLessThanOrEqual(32 * 1024 * 1024);
    expect(batch.columns.size).toBe(5000);
    rows += batch.rows;
  }
  expect(rows).toBe(900);
  expect(source.schema[4998]).toEqual({ name: 'c4998', type: 'number', declared: 'integer' });
});

test('header only, one row, one cell', async () => {
  expect(await table('a,b\n')).toEqual({ a: [], b: [] });
  expect(await table('a,b\n1,2')).toEqual({ a: [1], b: [2] });
  expect(await table('a')).toEqual({ a: [] });
  expect(await table('5')).toEqual({ 'column 1': [5] });
  expect(await table('a\n1\n\n3\n')).toEqual({ a: [1, null, 3] });
});
