// SPDX-License-Identifier: Apache-2.0
import type { Bytes } from '../source.js';
import { rawLength, Transcoder } from './encoding.js';
import { splitRecords } from './records.js';
import { findRowStart, type RowStartOptions } from './row-start.js';

const TAIL_BYTES = 65_536;

/**
 * Where the last row begins and what is wrong with it, when the file seems to break off in it: no newline ends it, and it has too few
 * cells where no row before it has, or its last cell is the file's only quoted one that does not close. A download that
 * broke off looks like that; one that broke off in a last cell cannot be told from a whole file without a last newline.
 */
export async function cutRow(
  bytes: Bytes,
  options: RowStartOptions,
): Promise<{ readonly start: number; readonly place: string } | undefined> {
  const { dialect, width } = options;
  const from = await findRowStart(bytes, bytes.size - TAIL_BYTES, { ...options, mostBytes: TAIL_BYTES });
  if (from >= bytes.size) return undefined;
  const text = new Transcoder(dialect.encoding).decode(await bytes.slice(from, bytes.size), true);
  const { records, unclosedQuotes } = splitRecords(text, dialect);
  const last = records.at(-1);
  const earlier = records.slice(0, -1).filter(({ isBlank }) => !isBlank);
  if (last === undefined || last.isBlank || last.end <= text.length || earlier.length === 0) return undefined;
  // DOS ends a file so.
  if (last.cells[0] === '\x1a') return undefined;
  const open = unclosedQuotes === 1 && splitRecords(text.subarray(last.start), dialect).unclosedQuotes === 1;
  const short = last.cells.length < width && earlier.every(({ cells }) => cells.length >= width);
  if (!open && !short) return undefined;
  return {
    start: from + rawLength(text, last.start, dialect.encoding),
    place: open ? 'inside a quoted cell' : `after ${last.cells.length} of ${width} cells`,
  };
}
