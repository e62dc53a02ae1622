// SPDX-License-Identifier: Apache-2.0
import type { Inference } from '../../columns/infer.js';
import type { Schema } from '../../columns/schema.js';
import type { Bytes } from '../source.js';
import { sourceError } from '../source-error.js';
import { refuseControls } from './binary.js';
import { cutRow } from './cut-row.js';
import { type CsvDialect, type CsvEncoding, checkDialect } from './dialect.js';
import { byteOrderMark, guessEncoding, isUtf8, isUtf32, rawLength, Transcoder } from './encoding.js';
import { uniqueNames } from './header.js';
import { type CsvRecord, MOST_CELLS, splitRecords } from './records.js';
import { inferColumns, sampleBytes, sampleRows } from './sample.js';
import { sniffDialect, usualWidth } from './sniff.js';

export interface CsvOptions {
  /** Corrections to what is sniffed. */
  readonly dialect?: Partial<CsvDialect>;
  /** Types forced on columns by name, the reference's: values that do not read so then count as UNPARSABLE. */
  readonly schema?: Schema;
  /** Awaited between steps of opening, for a thread that has frames to draw. */
  readonly pause?: (() => Promise<void>) | undefined;
  /** Bytes of one part; default 8 MiB. */
  readonly partBytes?: number;
  /** Bytes read at once; default 2 MiB. */
  readonly chunkBytes?: number;
}

/** What opening found: where the rows begin, and what their columns are. */
export interface CsvTable {
  readonly dialect: CsvDialect;
  readonly names: readonly string[];
  readonly columns: readonly Inference[];
  /** Offset of the first row. */
  readonly dataStart: number;
  /** The last row, where the file seems to break off in it: its offset, and how. */
  readonly cut: { readonly start: number; readonly place: string } | undefined;
  /** Bytes of the longest row seen on opening. */
  readonly rowBytes: number;
}

const HEAD_BYTES = 256 * 1024;
const MOST_HEAD_BYTES = 16 * 1024 * 1024;
/** Fewer lines in the head: look further before anything is made of them. */
const LEAST_LINES = 3;
const HEAD_ROWS = 3000;
const HEAD_CELLS = 200_000;

/** Looks at the head of a file, and at places spread over it, until its dialect, names and types are known. */
export async function openTable(bytes: Bytes, options: CsvOptions): Promise<CsvTable> {
  const { pause } = options;
  const refuse = (reason: string) => sourceError(bytes.name, reason);
  checkDialect(options.dialect ?? {});
  if (bytes.size === 0) throw refuse('is empty');
  for (let headBytes = HEAD_BYTES; ; headBytes *= 4) {
    const headEnd = Math.min(bytes.size, headBytes) - (headBytes >= bytes.size ? 0 : headBytes % 2);
    const isLast = headEnd === bytes.size;
    const raw = await bytes.slice(0, headEnd);
    if (raw.length !== headEnd)
      throw refuse(`ends at byte ${raw.length}, before its announced ${bytes.size}`);
    if (isUtf32(raw)) throw refuse('is UTF-32 text, which is not read; save it as UTF-8');
    const mark = byteOrderMark(raw);
    const encoding = options.dialect?.encoding ?? mark?.encoding ?? (await guessFileEncoding(bytes, raw));
    const markLength = mark?.encoding === encoding ? mark.markLength : 0;
    const head = new Transcoder(encoding).decode(raw.subarray(markLength), isLast);
    refuseControls(bytes.name, head);
    if (isBlank(head) && isLast) throw refuse('holds nothing but spaces and newlines');

    const lines = isLast ? Infinity : linesIn(head, LEAST_LINES);
    if (lines < LEAST_LINES && headBytes < MOST_HEAD_BYTES) continue;
    if (lines === 0) throw refuse('has no complete row in its first 16 MiB');

    const dialect: CsvDialect = { ...sniffDialect(head, options.dialect ?? {}, isLast), encoding };
    await pause?.();
    const first = afterLines(head, dialect.skipRows);
    const split = splitRecords(head, dialect, {
      from: first,
      maxRecords: HEAD_ROWS,
      maxCells: HEAD_CELLS,
      isLast,
    });
    await pause?.();
    const rows = split.records.filter((record) => !record.isBlank);
    // A row that does not fit into the head, or a head that is all titles: look further.
    if (rows.length < LEAST_LINES && !isLast && headBytes < MOST_HEAD_BYTES) continue;

    const header = dialect.header ? rows.shift() : undefined;
    if (header === undefined && rows.length === 0) {
      if (dialect.skipRows > 0) throw refuse(`has no row after the ${dialect.skipRows} lines to skip`);
      throw refuse(isLast ? 'holds no row' : 'has no complete row in its first 16 MiB');
    }
    const names = columnNames(header, rows);
    if (names.length > MOST_CELLS) throw refuse(`has more than ${MOST_CELLS} columns`);
    const textStart = header?.end ?? first;
    const dataStart = Math.min(
      bytes.size,
      markLength + rawLength(head, Math.min(textStart, head.length), encoding),
    );
    const place = { dialect, dataStart, width: names.length };
    const sampled = await sampleRows(bytes, headEnd, { ...place, pause });
    await pause?.();
    const cells = [...rows.map((record) => record.cells), ...sampled];
    const rowBytes = rows.reduce((most, { start, end }) => Math.max(most, end - start), 0);
    return {
      dialect,
      names,
      dataStart,
      cut: await cutRow(bytes, place),
      rowBytes,
      columns: await inferColumns(names, cells, { dialect, schema: options.schema, pause }),
    };
  }
}

/** Names from the header; when every row has one cell more than it, the first column holds the names of the rows, as R writes. */
function columnNames(header: CsvRecord | undefined, rows: readonly CsvRecord[]): string[] {
  const width = usualWidth(rows);
  if (header === undefined) return uniqueNames([], width);
  const named = header.cells;
  const hasRowNames =
    rows.length > 0 &&
    rows.every(({ cells }) => cells.length === named.length + 1) &&
    rows.some(({ cells }) => cells[named.length] !== '');
  if (hasRowNames) return uniqueNames(['row name', ...named], width);
  return uniqueNames(named, Math.max(named.length, width));
}

async function guessFileEncoding(bytes: Bytes, head: Uint8Array): Promise<CsvEncoding> {
  const guess = guessEncoding(head);
  if (guess !== 'utf-8') return guess;
  const others = await sampleBytes(bytes, head.length);
  return others.every(isUtf8) ? 'utf-8' : 'latin1';
}

/** The offset after `count` lines. */
function afterLines(text: Uint8Array, count: number): number {
  let i = 0;
  for (let line = 0; line < count && i < text.length; line++) {
    while (i < text.length && text[i] !== 10 && text[i] !== 13) i++;
    i += text[i] === 13 && text[i + 1] === 10 ? 2 : 1;
  }
  return Math.min(i, text.length);
}

/** Newlines in `text`, counted up to `most`. */
function linesIn(text: Uint8Array, most: number): number {
  let lines = 0;
  for (let i = 0; i < text.length && lines < most; i++) if (text[i] === 10 || text[i] === 13) lines++;
  return lines;
}

function isBlank(text: Uint8Array): boolean {
  for (const byte of text) if (byte > 32) return false;
  return true;
}
