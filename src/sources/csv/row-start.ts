// SPDX-License-Identifier: Apache-2.0
import type { Bytes } from '../source.js';
import type { CsvDialect } from './dialect.js';
import { rawLength, Transcoder, unitBytes } from './encoding.js';

export interface RowStartOptions {
  readonly dialect: CsvDialect;
  /** Offset of the first row: nothing before it is looked at. */
  readonly dataStart: number;
  readonly width: number;
  /** Bytes looked at before and after the place, at first; default 64 KiB. */
  readonly windowBytes?: number;
  /** How far it may grow while no row begins; default 64 MiB. */
  readonly mostBytes?: number;
}

/** Bytes looked at on either side of a place: what lies closer to the data's start is decided exactly. */
export const WINDOW_BYTES = 65_536;
const LF = 10;
const CR = 13;
const LONGEST_WINDOW = 64 * 1024 * 1024;

/**
 * The offset of the first row that begins at or after `place`; the file's size when none does. Close to the data's start this is
 * exact. Elsewhere the place may lie inside a quoted cell, which nobody can know without reading all before it: the bytes around
 * it are read both ways, and the way that leaves fewer stray quotes and fewer rows of a wrong width is taken (after Ge et al.,
 * "Speculative distributed CSV data parsing", SIGMOD 2019). A wrong guess is not silent: the part before then ends inside a
 * quoted cell, and says so.
 */
export async function findRowStart(bytes: Bytes, place: number, options: RowStartOptions): Promise<number> {
  const { dialect, dataStart, width, windowBytes = WINDOW_BYTES, mostBytes = LONGEST_WINDOW } = options;
  if (place <= dataStart) return dataStart;
  const unit = unitBytes(dialect.encoding);
  // Counted from the data's start, so that a unit of UTF-16 is never cut.
  const target = dataStart + Math.floor((place - dataStart) / unit) * unit;
  const from = Math.max(dataStart, target - Math.ceil(windowBytes / unit) * unit);
  for (let reach = windowBytes; ; reach *= 4) {
    const to = Math.min(bytes.size, target + Math.ceil(reach / unit) * unit);
    const isLast = to === bytes.size;
    const raw = await bytes.slice(from, to);
    const text = new Transcoder(dialect.encoding).decode(raw, true);
    const rawOffset = (length: number) => from + rawLength(text, length, dialect.encoding);
    const before =
      dialect.encoding === 'utf-8' ? target - from : utf8Length(raw.subarray(0, target - from), dialect);
    const reading =
      from === dataStart ? scan(text, dialect, width, before, 'row') : likelier(text, dialect, width, before);
    if (reading.start >= 0 && (isLast || reading.start < text.length)) return rawOffset(reading.start);
    if (isLast || reach >= mostBytes) return bytes.size;
  }
}

function utf8Length(raw: Uint8Array, dialect: CsvDialect): number {
  return new Transcoder(dialect.encoding).decode(raw, true).length;
}

interface Reading {
  /** Offset of the first row at or after the place; −1 when none was seen. */
  start: number;
  /** Quotes where there should be none, and rows of a wrong width. */
  faults: number;
  quotes: number;
}

function likelier(text: Uint8Array, dialect: CsvDialect, width: number, place: number): Reading {
  const outside = scan(text, dialect, width, place, 'cell');
  if (outside.quotes === 0) return outside;
  const inside = scan(text, dialect, width, place, 'quoted');
  return inside.faults < outside.faults ? inside : outside;
}

/** Reads from the start of `text`, taken to be the start of a row, the middle of a plain cell or the middle of a quoted one. */
function scan(
  text: Uint8Array,
  dialect: CsvDialect,
  width: number,
  place: number,
  begin: 'row' | 'cell' | 'quoted',
): Reading {
  const delimiter = dialect.delimiter.charCodeAt(0);
  const quote = dialect.quote === '' ? -1 : dialect.quote.charCodeAt(0);
  const comment = dialect.comment === '' ? -1 : dialect.comment.charCodeAt(0);
  const reading: Reading = { start: begin === 'row' && place <= 0 ? 0 : -1, faults: 0, quotes: 0 };
  let isWholeRow = begin === 'row';
  let atRowStart = isWholeRow;
  let cells = 1;
  let i = 0;
  let isInCell = begin === 'cell';
  if (begin === 'quoted') i = pastQuoted(text, i, quote, delimiter, reading);
  while (i < text.length) {
    if (atRowStart && text[i] === comment) {
      while (i < text.length && text[i] !== LF && text[i] !== CR) i++;
      cells = width;
    }
    atRowStart = false;
    if (!isInCell) {
      let open = i;
      while ((text[open] === 32 || text[open] === 9) && text[open] !== delimiter) open++;
      if (text[open] === quote) {
        reading.quotes++;
        i = pastQuoted(text, open + 1, quote, delimiter, reading);
      }
    }
    isInCell = false;
    let byte = text[i];
    while (i < text.length && byte !== delimiter && byte !== LF && byte !== CR) {
      if (byte === quote) {
        reading.quotes++;
        reading.faults++;
      }
      byte = text[++i];
    }
    if (i >= text.length) break;
    i++;
    if (byte === delimiter) {
      cells++;
      continue;
    }
    if (byte === CR && text[i] === LF) i++;
    else if (byte === CR && i >= text.length) break;
    if (isWholeRow && cells !== width && cells > 1) reading.faults++;
    if (i >= place && reading.start < 0) reading.start = i;
    isWholeRow = true;
    atRowStart = true;
    cells = 1;
  }
  return reading;
}

/** The position after the quoted cell that `i` is inside of, and the spaces after it; a fault when something else follows. */
function pastQuoted(text: Uint8Array, i: number, quote: number, delimiter: number, reading: Reading): number {
  let at = i;
  for (; at < text.length; at++) {
    if (text[at] !== quote) continue;
    reading.quotes++;
    if (text[at + 1] !== quote) break;
    at++;
  }
  at++;
  const after = text[at];
  const isClean = at >= text.length || after === LF || after === CR || after === 32 || after === 9;
  if (!isClean && after !== delimiter) reading.faults++;
  return at;
}
