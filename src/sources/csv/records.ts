// SPDX-License-Identifier: Apache-2.0
import type { CsvDialect } from './dialect.js';

/** One row as text, for sniffing and sampling; the tokenizer reads the same language without making strings. */
export interface CsvRecord {
  /** Texts of the cells, trimmed unless quoted. */
  readonly cells: string[];
  /** Offset of the first byte, and of the byte after the newline. */
  readonly start: number;
  readonly end: number;
  /** Lines before this one, counted from the first byte given. */
  readonly line: number;
  /** True for a line with nothing on it but spaces. */
  readonly isBlank: boolean;
}

export interface Records {
  readonly records: CsvRecord[];
  /** Cells that were quoted, quotes that were neither around a cell nor doubled in one, quoted cells with a newline. */
  readonly quotedCells: number;
  readonly looseQuotes: number;
  readonly quotedNewlines: number;
  /** Quotes that open a cell and have no closing one before the bytes end, unless it may be that only the bytes do. */
  readonly unclosedQuotes: number;
}

export interface SplitOptions {
  readonly from?: number;
  readonly maxRecords?: number;
  readonly maxCells?: number;
  /** True when the bytes end where the file does: then the last row needs no newline. */
  readonly isLast?: boolean;
}

export type SplitDialect = Pick<CsvDialect, 'delimiter' | 'quote' | 'comment'>;

/** Cells of one row that are kept, and one more to show that there were too many. */
export const MOST_CELLS = 100_000;
const LF = 10;
const CR = 13;
const decoder = new TextDecoder();

/** Splits UTF-8 bytes into rows, blank lines included (one empty cell), comment lines left out. */
export function splitRecords(bytes: Uint8Array, dialect: SplitDialect, options: SplitOptions = {}): Records {
  const { from = 0, maxRecords = Infinity, maxCells = Infinity, isLast = true } = options;
  const delimiter = dialect.delimiter.charCodeAt(0);
  const quote = dialect.quote === '' ? -1 : dialect.quote.charCodeAt(0);
  const comment = dialect.comment === '' ? -1 : dialect.comment.charCodeAt(0);
  const records: CsvRecord[] = [];
  let quotedCells = 0;
  let looseQuotes = 0;
  let quotedNewlines = 0;
  let unclosedQuotes = 0;
  let cellCount = 0;
  let line = 0;
  let i = from;
  rows: while (i < bytes.length && records.length < maxRecords && cellCount < maxCells) {
    const start = i;
    const firstLine = line;
    const cells: string[] = [];
    const quotedBefore = quotedCells;
    if (bytes[i] === comment) {
      while (i < bytes.length && bytes[i] !== LF && bytes[i] !== CR) i++;
      i = pastNewline(bytes, i);
      line++;
      continue;
    }
    for (;;) {
      let open = i;
      while (isPad(bytes[open], delimiter)) open++;
      let close = -1;
      if (bytes[open] === quote) {
        // Once a quote has found no partner no other is looked for, or a file of quotes would take quadratic time.
        if (unclosedQuotes === 0) close = closingQuote(bytes, open, quote);
        // Among cells that are quoted well, the last quote of bytes that go on elsewhere is of a cell that was cut in two.
        if (close < 0 && !isLast && quotedCells > 0) break rows;
        if (close < 0) unclosedQuotes++;
      }
      let after = close + 1;
      while (close >= 0 && isPad(bytes[after], delimiter)) after++;
      if (close >= 0 && (after >= bytes.length || isStop(bytes[after], delimiter))) {
        quotedCells++;
        const text = decoder.decode(bytes.subarray(open + 1, close));
        const lines = countNewlines(bytes, open, close);
        if (lines > 0) quotedNewlines++;
        line += lines;
        if (cells.length <= MOST_CELLS)
          cells.push(text.replaceAll(dialect.quote + dialect.quote, dialect.quote));
        i = after;
      } else {
        const cell = i;
        while (i < bytes.length && !isStop(bytes[i], delimiter)) if (bytes[i++] === quote) looseQuotes++;
        if (cells.length <= MOST_CELLS) cells.push(decoder.decode(bytes.subarray(cell, i)).trim());
      }
      if (i >= bytes.length || bytes[i] !== delimiter) break;
      i++;
    }
    if (i >= bytes.length && !isLast) break;
    i = pastNewline(bytes, i);
    line++;
    cellCount += cells.length;
    const isBlank = cells.length === 1 && cells[0] === '' && quotedCells === quotedBefore;
    records.push({ cells, start, end: i, line: firstLine, isBlank });
  }
  return { records, quotedCells, looseQuotes, quotedNewlines, unclosedQuotes };
}

function isStop(byte: number, delimiter: number): boolean {
  return byte === delimiter || byte === LF || byte === CR;
}

function isPad(byte: number | undefined, delimiter: number): boolean {
  return (byte === 32 || byte === 9) && byte !== delimiter;
}

/** The quote that closes the one at `open`, or −1. */
function closingQuote(bytes: Uint8Array, open: number, quote: number): number {
  for (let i = open + 1; i < bytes.length; i++) {
    if (bytes[i] !== quote) continue;
    if (bytes[i + 1] !== quote) return i;
    i++;
  }
  return -1;
}

function pastNewline(bytes: Uint8Array, i: number): number {
  return bytes[i] === CR && bytes[i + 1] === LF ? i + 2 : i + 1;
}

function countNewlines(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0;
  for (let i = from; i < to; i++) if (bytes[i] === LF || (bytes[i] === CR && bytes[i + 1] !== LF)) lines++;
  return lines;
}
