// SPDX-License-Identifier: Apache-2.0

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
