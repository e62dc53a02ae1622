// SPDX-License-Identifier: Apache-2.0
import type { Schema } from '../../columns/schema.js';
import type { VectorChoice } from '../../columns/vector.js';
import { messageOf } from '../../errors.js';
import { cutOffNote, upTo } from '../cut-off.js';
import type { Bytes, Source } from '../source.js';
import { asSourceError, sourceError, throwIfAborted } from '../source-error.js';
import { markNonFinite } from './record-columns.js';
import { isRecord, openRecords, type RecordPiece } from './record-source.js';
import { type ListShape, shapeOfLists } from './shapes.js';

export interface JsonOptions {
  /** Types asked for by name (the reference's). */
  readonly schema?: Schema;
  /** Whether rows of numbers alone are vectors; by default those of 8 numbers and more. */
  readonly vectors?: VectorChoice;
  /** Bytes of one part and of one piece; default 4 MiB. */
  readonly partBytes?: number;
}

const PART_BYTES = 4 * 2 ** 20;
const SAMPLE_BYTES = 2 ** 20;
const MAX_LINE = 64 * 2 ** 20;
const NEWLINE = 10;
const utf8 = new TextDecoder();

/**
 * Opens JSON lines: one object a line, or one list (a vector each, see `shapeOfLists`). Parts are byte ranges: a line belongs to
 * the part that it begins in. Lines that are no JSON are skipped and counted in the notes. Errors: SourceError when the sample
 * holds neither, with its first line that is no JSON.
 */
export async function openNdjson(file: Bytes, options: JsonOptions = {}): Promise<Source> {
  const partBytes = Math.max(1, options.partBytes ?? PART_BYTES);
  try {
    const bytes = upTo(file, await wholeLines(file));
    const head = await readLines(bytes, 0, Math.min(bytes.size, SAMPLE_BYTES));
    const sampled = parseLines(head.text);
    const lists = listsOf(bytes.name, sampled.records, options.vectors);
    const records = (values: readonly unknown[], first: boolean): readonly unknown[] =>
      lists === undefined ? values : (first && lists.header ? values.slice(1) : values).map(lists.record);
    // a stray value among lists says nothing of what the column is
    const telling = lists === undefined ? sampled.records : sampled.records.filter(Array.isArray);
    const sample = records(telling, true).filter(isRecord);
    const trouble = sampled.malformed === 0 ? '' : `: ${firstTrouble(head.text)}`;
    if (sample.length === 0)
      throw sourceError(bytes.name, `the JSON lines hold no object and no list of values${trouble}`);
    if (sampled.malformed > sample.length) throw sourceError(bytes.name, `most lines are no JSON${trouble}`);
    const stream = {
      name: bytes.name,
      format: 'ndjson' as const,
      byteLength: bytes.size,
      rows: undefined,
      parts: Math.max(1, Math.ceil(bytes.size / partBytes)),
      sample,
      async *read(from: number, to: number, signal: AbortSignal | undefined): AsyncGenerator<RecordPiece> {
        for (let part = Math.max(0, from); part < to; part++) {
          throwIfAborted(signal);
          const start = part * partBytes;
          if (start >= bytes.size) return;
          const end = Math.min(bytes.size, start + partBytes);
          const { text } = await readLines(bytes, start, end);
          const piece = parseLines(text);
          yield { ...piece, records: records(piece.records, part === 0), bytes: end - start };
        }
      },
    };
    const cut = bytes.size < file.size ? [cutOffNote('inside a value')] : [];
    return openRecords(stream, options.schema, cut);
  } catch (error) {
    throw asSourceError(file.name, error);
  }
}

/** Bytes of the file without a last line that begins as JSON, breaks off, and has no newline: a download that broke off. */
async function wholeLines(bytes: Bytes): Promise<number> {
  const tail = await bytes.slice(Math.max(0, bytes.size - SAMPLE_BYTES), bytes.size);
  const start = tail.lastIndexOf(NEWLINE) + 1;
  const last = utf8.decode(tail.subarray(start));
  const breaksOff = start > 0 && /^\s*[[{]/.test(last) && parseLines(last).malformed > 0;
  return bytes.size - (breaksOff ? tail.length - start : 0);
}

/** How the lists of a file of lists are read; undefined where lines hold objects. */
function listsOf(
  name: string,
  values: readonly unknown[],
  vectors: VectorChoice | undefined,
): ListShape | undefined {
  const lists = values.filter((value) => Array.isArray(value));
  if (lists.length === 0 || values.some(isRecord)) return undefined;
  const shape = shapeOfLists(lists, vectors);
  if (typeof shape === 'string') throw sourceError(name, shape);
  return shape;
}

/** The first line that is no JSON, by its number, and why. */
function firstTrouble(text: string): string {
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      JSON.parse(markNonFinite(line));
    } catch (error) {
      return `line ${i + 1}: ${messageOf(error)}`;
    }
  }
  return '';
}

/** Text of the lines that begin between `start` and `end`; the last one goes on beyond `end`. */
async function readLines(bytes: Bytes, start: number, end: number): Promise<{ text: string }> {
  // the byte before tells whether a line begins right at `start`
  const from = Math.max(0, start - 1);
  let block = await bytes.slice(from, end);
  let first = 0;
  if (start > 0) {
    const newline = block.indexOf(NEWLINE);
    if (newline < 0) return { text: '' };
    first = newline + 1;
    if (from + first >= end) return { text: '' };
  }
  if (end < bytes.size && block[block.length - 1] !== NEWLINE) {
    const rest = await restOfLine(bytes, end);
    const whole = new Uint8Array(block.length + rest.length);
    whole.set(block);
    whole.set(rest, block.length);
    block = whole;
  }
  return { text: utf8.decode(block.subarray(first)) };
}

async function restOfLine(bytes: Bytes, from: number): Promise<Uint8Array> {
  for (let length = 65_536; ; length *= 4) {
    const rest = await bytes.slice(from, Math.min(bytes.size, from + length));
    const newline = rest.indexOf(NEWLINE);
    if (newline >= 0) return rest.subarray(0, newline);
    if (from + length >= bytes.size) return rest;
    if (length > MAX_LINE)
      throw sourceError(bytes.name, `the line around byte ${from} is longer than ${MAX_LINE / 2 ** 20} MB`);
  }
}

/** All lines at once, which is the fastest; one by one when some of them are no JSON. */
function parseLines(text: string): { records: unknown[]; malformed: number } {
  const lines = text.trim();
  if (lines === '') return { records: [], malformed: 0 };
  try {
    return { records: JSON.parse(`[${lines.replaceAll('\n', ',')}]`) as unknown[], malformed: 0 };
  } catch {
    return parseOneByOne(lines);
  }
}

function parseOneByOne(lines: string): { records: unknown[]; malformed: number } {
  const records: unknown[] = [];
  let malformed = 0;
  for (const line of lines.split('\n')) {
    if (line.trim() === '') continue;
    try {
      records.push(JSON.parse(line));
    } catch {
      try {
        records.push(JSON.parse(markNonFinite(line)));
      } catch {
        malformed++;
      }
    }
  }
  return { records, malformed };
}
