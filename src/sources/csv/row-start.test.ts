// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CsvDialect } from './dialect.js';
import { splitRecords } from './records.js';
import { findRowStart } from './row-start.js';
import { bytesOf, encode } from './testing/tables.js';

const dialect: CsvDialect = {
  delimiter: ',',
  quote: '"',
  header: false,
  skipRows: 0,
  comment: '',
  decimal: '.',
  encoding: 'utf-8',
};

/** Prose in quotes, with commas, newlines and quotes of its own: what hides the start of a row. */
const prose = fc
  .array(
    fc.constantFrom(
      'He said "no", and left.',
      'line one\nline two',
      'plain',
      'a, b, c',
      '"quoted"',
      'x\r\n\r\ny',
      '5" pipe',
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((pieces) => `"${pieces.join(' ').replaceAll('"', '""')}"`);
const row = fc
  .tuple(fc.nat(1000), prose, fc.constantFrom('Bonn', 'Ulm', ''), prose)
  .map((cells) => cells.join(','));

test('with a window of a few rows, quoted newlines do not mislead it', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 30, maxLength: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (rows, share) => {
        const text = new TextEncoder().encode(rows.join('\n'));
        const starts = splitRecords(text, dialect).records.map((record) => record.start);
        const place = Math.floor(share * text.length);
        const found = await findRowStart(bytesOf(text), place, {
          dialect,
          dataStart: 0,
          width: 4,
          windowBytes: 600,
        });
        expect(found).toBe(starts.find((start) => start >= place) ?? text.length);
      },
    ),
    { numRuns: 300 },
  );
});

test('near the start of the data it is exact, whatever the quotes', async () => {
  const text = '"a\n"",""\n",1\n"\n\n\n",2\n3,4\n';
  const starts = splitRecords(new TextEncoder().encode(text), dialect).records.map((record) => record.start);
  for (let place = 0; place <= text.length; place++) {
    const found = await findRowStart(bytesOf(text), place, { dialect, dataStart: 0, width: 2 });
    expect(found).toBe(starts.find((start) => start >= place) ?? text.length);
  }
});

test('without quotes in the dialect every newline ends a row', async () => {
  const text = '1,"\n2,"\n3,4\n';
  const options = { dialect: { ...dialect, quote: '' }, dataStart: 0, width: 2 };
  expect(await findRowStart(bytesOf(text), 2, options)).toBe(4);
  expect(await findRowStart(bytesOf(text), 4, options)).toBe(4);
  expect(await findRowStart(bytesOf(text), 5, options)).toBe(8);
});

test('rows longer than the window are found by a wider one, CRLF is not cut', async () => {
  const long = `${'x'.repeat(5000)}\r\n${'y'.repeat(5000)}\r\nz`;
  for (const windowBytes of [1, 7, 5001, 5002]) {
    const options = { dialect, dataStart: 0, width: 1, windowBytes };
    expect(await findRowStart(bytesOf(long), 1, options)).toBe(5002);
    expect(await findRowStart(bytesOf(long), 5003, options)).toBe(10_004);
    expect(await findRowStart(bytesOf(long), 10_005, options)).toBe(long.length);
  }
});

test('offsets are those of the file in UTF-16 too', async () => {
  const bytes = encode('a,b\n😀é,1\n日本,2\n', 'utf-16le', true);
  const options = { dialect: { ...dialect, encoding: 'utf-16le' } as const, dataStart: 10, width: 2 };
  // 2 of mark, 4 × 2 of header; the emoji takes two units
  expect(await findRowStart(bytesOf(bytes), 11, options)).toBe(10);
  expect(await findRowStart(bytesOf(bytes), 12, options)).toBe(22);
  expect(await findRowStart(bytesOf(bytes), 23, { ...options, windowBytes: 4 })).toBe(22);
  expect(await findRowStart(bytesOf(bytes), 24, { ...options, windowBytes: 4 })).toBe(32);
});
