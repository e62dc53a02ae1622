// SPDX-License-Identifier: Apache-2.0
/** What the tests of the CSV reader share: bytes from text, all values of a source as plain arrays, random tables as text. */
import fc from 'fast-check';
import type { Batch } from '../../../columns/batch.js';
import { NULL, UNPARSABLE } from '../../../columns/column.js';
import { NULL_TOKENS } from '../../../columns/parse-token.js';
import type { Bytes, ReadOptions, Source } from '../../source.js';
import type { CsvDialect, CsvEncoding } from '../dialect.js';

export type Value = number | string | null;

export function bytesOf(content: string | Uint8Array, name = 'test.csv'): Bytes {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { name, size: bytes.length, slice: async (start, end) => bytes.slice(start, end) };
}

/** Every column as plain values: null for null, 'unparsable' for what did not read. */
export async function valuesOf(source: Source, options?: ReadOptions): Promise<Record<string, Value[]>> {
  const values: Record<string, Value[]> = {};
  for (const field of source.schema) values[field.name] = [];
  for await (const batch of source.read(options)) addBatch(values, batch);
  return values;
}

function addBatch(values: Record<string, Value[]>, { rows, columns }: Batch): void {
  for (const [name, column] of columns) {
    const length = column.type === 'string' ? column.codes.length : column.values.length;
    if (length !== rows) throw new Error(`${name}: ${length} values in a batch of ${rows} rows`);
    for (let row = 0; row < rows; row++) {
      if (column.type === 'string') {
        const code = column.codes[row];
        if (code < -1 || code >= column.dictionary.length) throw new Error(`${name}: no code ${code}`);
        values[name].push(code < 0 ? null : column.dictionary[code]);
      } else {
        const status = column.status?.[row] ?? 0;
        if (status !== 0 && !Number.isNaN(column.values[row]))
          throw new Error(`${name}: a value in a missing slot`);
        values[name].push(status === NULL ? null : status === UNPARSABLE ? 'unparsable' : column.values[row]);
      }
    }
  }
}

export interface RandomTable {
  readonly names: readonly string[];
  readonly types: readonly ('number' | 'string' | 'boolean' | 'time')[];
  /** Values as a reader must give them, column by column. */
  readonly columns: readonly (readonly Value[])[];
}

const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom(
    '',
    'a',
    'NA',
    ' x ',
    '"',
    '""',
    '"\n"',
    ',',
    '\r\n',
    '\n',
    '\r',
    'é',
    '日本',
    '#',
    "'",
    '|;\t',
    '1',
    'Infinity',
  ),
  fc.string({ unit: 'binary', maxLength: 5 }),
);

/** Control characters apart from tab and newlines would make the file a binary one. */
function isText(value: string): boolean {
  for (const character of value) {
    const code = character.codePointAt(0)!;
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 0xfeff) return false;
  }
  return true;
}

const values = {
  number: fc.oneof(fc.double({ noNaN: true }), fc.integer(), fc.constant(null)),
  boolean: fc.constantFrom<Value[]>(0, 1, null),
  time: fc.option(fc.integer({ min: -1e12, max: 4e12 })),
  string: text.filter(isText).map((value) => (NULL_TOKENS.includes(value) ? null : value)),
} as const;

export const randomTable: fc.Arbitrary<RandomTable> = fc
  .tuple(
    fc.array(fc.constantFrom('number', 'string', 'boolean', 'time'), { minLength: 1, maxLength: 5 }),
    fc.nat(12),
  )
  .chain(([types, rows]) =>
    fc.record({
      names: fc.constant(types.map((_, c) => `column "${c + 1}", β`)),
      types: fc.constant(types),
      columns: fc.tuple(
        ...types.map((type) =>
          fc.array<Value>(values[type] as fc.Arbitrary<Value>, { minLength: rows, maxLength: rows }),
        ),
      ),
    }),
  );

export const randomDialect: fc.Arbitrary<CsvDialect> = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t', '|', '^', ' '),
    quote: fc.constantFrom('"', "'"),
    header: fc.boolean(),
    skipRows: fc.nat(2),
    comment: fc.constant(''),
    decimal: fc.constantFrom('.' as const, ',' as const),
    encoding: fc.constantFrom<CsvEncoding[]>('utf-8', 'utf-16le', 'utf-16be'),
  })
  .map((dialect) => ({ ...dialect, decimal: dialect.delimiter === ',' ? '.' : dialect.decimal }));

/** Writes a table as its dialect says. A cell is quoted where it must be, and elsewhere when `quoteAll`. */
export function writeTable(
  table: RandomTable,
  dialect: CsvDialect,
  newline: string,
  quoteAll: boolean,
): string {
  const { delimiter, quote } = dialect;
  const cell = (value: string, mustQuote = false) =>
    quoteAll ||
    mustQuote ||
    value.includes(delimiter) ||
    value.includes(quote) ||
    /[\r\n]|^\s|\s$/.test(value)
      ? quote + value.replaceAll(quote, quote + quote) + quote
      : value;
  const lines = Array.from({ length: dialect.skipRows }, (_, i) => `title ${i}`);
  if (dialect.header) lines.push(table.names.map((name) => cell(name)).join(delimiter));
  for (let row = 0; row < table.columns[0].length; row++) {
    const cells = table.columns.map((column, c) => {
      const value = column[row];
      if (value === null) return cell('', table.types.length === 1);
      if (table.types[c] === 'boolean') return cell(value === 1 ? 'true' : 'False');
      if (table.types[c] === 'time') return cell(new Date(value as number).toISOString());
      return cell(typeof value === 'number' ? String(value).replace('.', dialect.decimal) : value);
    });
    lines.push(cells.join(delimiter));
  }
  return lines.join(newline);
}

export function encode(content: string, encoding: CsvEncoding, withMark: boolean): Uint8Array {
  const marked = withMark ? `\ufeff${content}` : content;
  if (encoding === 'utf-8') return new TextEncoder().encode(marked);
  if (encoding === 'latin1') return Uint8Array.from(content, (character) => character.charCodeAt(0));
  const bytes = new Uint8Array(2 * marked.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < marked.length; i++)
    view.setUint16(2 * i, marked.charCodeAt(i), encoding === 'utf-16le');
  return bytes;
}
