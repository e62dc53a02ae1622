// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeDialect } from './dialect.js';
import { guessEncoding, isUtf8 } from './encoding.js';
import { isHeader, uniqueNames } from './header.js';
import { sniffDialect } from './sniff.js';
import { encode } from './testing/tables.js';

const sniff = (text: string) => sniffDialect(new TextEncoder().encode(text), {}, true);

const cell = {
  number: fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value.toFixed(2)),
  word: fc.constantFrom('red', 'green', 'light blue', 'dark, really', 'not; this'),
  date: fc.integer({ min: 0, max: 2e12 }).map((ms) => new Date(ms).toISOString().slice(0, 10)),
};

test('the dialect of ordinary tables is found', () => {
  const table = fc.array(fc.tuple(cell.date, cell.number, cell.word, cell.number), {
    minLength: 3,
    maxLength: 40,
  });
  const delimiters = fc.constantFrom(',', ';', '\t', '|');
  const newlines = fc.constantFrom('\n', '\r\n', '\r');
  fc.assert(
    fc.property(
      table,
      delimiters,
      newlines,
      fc.boolean(),
      fc.boolean(),
      (rows, delimiter, newline, header, hasComma) => {
        const decimal = hasComma && delimiter !== ',' ? ',' : '.';
        const lines = header ? ['day', 'price', 'colour', 'weight'].join(delimiter) + newline : '';
        const body = rows.map(([date, price, colour, weight]) => {
          const text = colour.includes(delimiter) ? `"${colour}"` : colour;
          return [date, price.replace('.', decimal), text, weight.replace('.', decimal)].join(delimiter);
        });
        const found = sniff(lines + body.join(newline));
        expect(found).toEqual({ delimiter, quote: '"', header, skipRows: 0, comment: '', decimal });
      },
    ),
    { numRuns: 300 },
  );
});

test.each<[string, string, object]>([
  ['dates and times are not cells', '2012-06-22 00:00:00\n2012-06-22 01:00:00\n', { header: false }],
  ['one column of numbers', 'n\n1.5\n2.5\n', { delimiter: ',', header: true }],
  ['decimal commas split no cells', '1,5\n2,5\n3,25\n', { delimiter: ',' }],
  ['single quotes', "'a','b'\n'1,2','x'\n'3','y'\n", { quote: "'" }],
  ['inches are no quotes', 'size\tn\n5"\t1\n"x\t2\n8\t3\n', { delimiter: '\t', quote: '' }],
  ['text under text is a header unless it repeats', 'name\nAnn\nBob\n', { header: true }],
  ['text that repeats is none', 'foo\nfoo\nbar\n', { header: false }],
])('%s', (_, text, expected) => {
  expect(sniff(text)).toMatchObject(expected);
});

test('what is known is not sniffed', () => {
  const known = {
    delimiter: ';',
    quote: '',
    header: false,
    skipRows: 1,
    comment: '!',
    decimal: ',',
  } as const;
  expect(sniffDialect(new TextEncoder().encode('a,b\n1,2\n'), known, true)).toEqual(known);
});

test('a head that ends inside of a quoted cell is no reason to take quotes for text, newlines in the cell or not', () => {
  for (const between of [', ', ' ', ',\n']) {
    const list = Array.from({ length: 300 }, (_, k) => (k / 7).toFixed(6)).join(between);
    const text = ['id,emb', ...Array.from({ length: 40 }, (_, row) => `${row},"[${list}]"`)].join('\n');
    const bytes = new TextEncoder().encode(text);
    for (const length of [20_000, 50_000, 70_001])
      expect(sniffDialect(bytes.subarray(0, length), {}, false)).toEqual({
        delimiter: ',',
        quote: '"',
        header: true,
        skipRows: 0,
        comment: '',
        decimal: '.',
      });
  }
});

test('headers', () => {
  expect(
    isHeader(
      [
        ['a', 'b'],
        ['1', 'x'],
      ],
      '.',
    ),
  ).toBe(true);
  expect(
    isHeader(
      [
        ['1', 'b'],
        ['1', 'x'],
      ],
      '.',
    ),
  ).toBe(false);
  expect(isHeader([['x', 'y']], '.')).toBe(true);
  expect(isHeader([['x', '1']], '.')).toBe(false);
  expect(
    isHeader(
      [
        ['NA', 'x'],
        ['3', 'y'],
        ['4', 'x'],
      ],
      '.',
    ),
  ).toBe(false);
  expect(uniqueNames(['a', '', 'a'], 4)).toEqual(['a', 'column 2', 'a (2)', 'column 4']);
});

test('encodings', () => {
  expect(guessEncoding(encode('plain', 'utf-8', false))).toBe('utf-8');
  expect(guessEncoding(encode('über', 'utf-8', false))).toBe('utf-8');
  expect(guessEncoding(encode('über', 'latin1', false))).toBe('latin1');
  expect(guessEncoding(encode('plain text', 'utf-16le', false))).toBe('utf-16le');
  expect(guessEncoding(encode('plain text', 'utf-16be', false))).toBe('utf-16be');
  const bytes = new TextEncoder().encode('日本語');
  for (let start = 0; start < 4; start++) {
    for (let end = start; end <= bytes.length; end++)
      expect(isUtf8(bytes.subarray(start, end)), `${start} to ${end}`).toBe(true);
  }
});

test('a dialect in words', () => {
  expect(
    describeDialect({
      delimiter: '\t',
      quote: '',
      header: false,
      skipRows: 1,
      comment: '#',
      decimal: ',',
      encoding: 'latin1',
    }),
  ).toEqual([
    'delimiter tab',
    'quote none',
    'no header row',
    'encoding latin-1 (windows-1252)',
    '1 line before the table skipped',
    'lines that begin with # skipped',
    'decimal comma',
  ]);
});
