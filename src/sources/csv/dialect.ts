// SPDX-License-Identifier: Apache-2.0

import { DriftglassError } from '../../errors.js';

export type CsvEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1';

/** How a delimited text file is written. Sniffed, and shown so that a person can correct it. */
export interface CsvDialect {
  /** One ASCII character between cells. */
  readonly delimiter: string;
  /** One ASCII character around cells, doubled inside them; empty when quotes mean nothing. */
  readonly quote: string;
  /** True when the first row after `skipRows` lines names the columns. */
  readonly header: boolean;
  /** Lines before the header, or before the first row when there is none. */
  readonly skipRows: number;
  /** A line that begins with this ASCII character is skipped; empty for none. */
  readonly comment: string;
  readonly decimal: '.' | ',';
  /** `latin1` is read as windows-1252, as browsers do. A byte order mark is skipped whatever this says. */
  readonly encoding: CsvEncoding;
}

const ENCODINGS: readonly string[] = ['utf-8', 'utf-16le', 'utf-16be', 'latin1'] satisfies CsvEncoding[];

/** Throws SettingsError for a correction that means nothing. What is absent is sniffed. */
export function checkDialect(dialect: Partial<CsvDialect>): void {
  const { delimiter, quote, comment, skipRows, decimal, encoding } = dialect;
  const refuse = (name: string, value: unknown, wanted: string) =>
    new DriftglassError('SettingsError', `${name} ${JSON.stringify(value)}: ${wanted}`);
  const isMark = (text: string) => text.length === 1 && text.charCodeAt(0) < 128 && !/[\r\n]/.test(text);
  if (delimiter !== undefined && !isMark(delimiter))
    throw refuse('delimiter', delimiter, 'one ASCII character is wanted');
  for (const [name, mark] of [
    ['quote', quote],
    ['comment', comment],
  ] as const) {
    if (mark === undefined || mark === '') continue;
    if (!isMark(mark)) throw refuse(name, mark, 'one ASCII character or none is wanted');
    if (mark === (delimiter ?? null)) throw refuse(name, mark, 'it is the delimiter already');
  }
  if (skipRows !== undefined && !(Number.isSafeInteger(skipRows) && skipRows >= 0)) {
    throw refuse('skipRows', skipRows, 'a count of lines is wanted');
  }
  if (decimal !== undefined && decimal !== '.' && decimal !== ',')
    throw refuse('decimal', decimal, 'a point or a comma is wanted');
  if (encoding !== undefined && !ENCODINGS.includes(encoding)) {
    throw refuse('encoding', encoding, `one of ${ENCODINGS.join(', ')} is wanted`);
  }
}

/** The dialect in words, one note a fact. */
export function describeDialect(dialect: CsvDialect): string[] {
  const notes = [
    `delimiter ${nameOf(dialect.delimiter)}`,
    `quote ${dialect.quote === '' ? 'none' : dialect.quote}`,
    dialect.header ? 'first row names the columns' : 'no header row',
    `encoding ${dialect.encoding === 'latin1' ? 'latin-1 (windows-1252)' : dialect.encoding}`,
  ];
  if (dialect.skipRows > 0)
    notes.push(`${dialect.skipRows} ${plural(dialect.skipRows, 'line')} before the table skipped`);
  if (dialect.comment !== '') notes.push(`lines that begin with ${dialect.comment} skipped`);
  if (dialect.decimal === ',') notes.push('decimal comma');
  return notes;
}

export function plural(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}

const NAMES: Readonly<Record<string, string>> = { '\t': 'tab', ' ': 'space' };

function nameOf(character: string): string {
  const code = character.charCodeAt(0);
  return NAMES[character] ?? (code < 32 ? `0x${code.toString(16).padStart(2, '0')}` : character);
}
