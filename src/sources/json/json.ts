// SPDX-License-Identifier: Apache-2.0
import type { Bytes, Source } from '../source.js';
import { asSourceError, sourceError, throwIfAborted } from '../source-error.js';
import { ArrayElements } from './array-elements.js';
import type { JsonOptions } from './ndjson.js';
import { markNonFinite } from './record-columns.js';
import type { JsonRecord } from './record-schema.js';
import { isRecord, openRecords, type RecordPiece } from './record-source.js';
import { recordsOf } from './shapes.js';

const CHUNK = 4 * 2 ** 20;
/** A JSON that is no array has to be parsed whole. */
const MAX_WHOLE = 256 * 2 ** 20;
const SAMPLE_ROWS = 5000;

/**
 * Opens one JSON value that holds a table: an array of objects, read piece by piece; or, read whole up to 256 MB: an
 * array of arrays, an object of columns, pandas' split, columns and table forms, or an object with one list of objects.
 * Errors: SourceError for what is no JSON, truncated, or holds no table.
 */
export async function openJson(bytes: Bytes, options: JsonOptions = {}): Promise<Source> {
  try {
    const head = await bytes.slice(0, Math.min(bytes.size, 4096));
    const start = new TextDecoder().decode(head).trimStart();
    if (/^\[\s*\{/.test(start)) return await openArray(bytes, options);
    if (bytes.size > MAX_WHOLE) {
      throw sourceError(
        bytes.name,
        'a JSON of this form is read whole, up to 256 MB: write it as JSON lines or Parquet',
      );
    }
    const notes: string[] = [];
    const records = recordsOf(
      parse(new TextDecoder().decode(await bytes.slice(0, bytes.size))),
      notes,
      options.vectors,
    );
    if (typeof records === 'string') throw sourceError(bytes.name, records);
    const stream = {
      name: bytes.name,
      format: 'json' as const,
      byteLength: bytes.size,
      rows: records.length,
      parts: 1,
      sample: sampled(records),
      async *read(from: number, to: number): AsyncGenerator<RecordPiece> {
        if (from <= 0 && to > 0) yield { records, bytes: bytes.size, malformed: 0 };
      },
    };
    return openRecords(stream, options.schema, notes);
  } catch (error) {
    throw asSourceError(bytes.name, error);
  }
}

/** An array of objects never lies in memory whole: its elements are found by their brackets, and parsed by the piece. */
async function openArray(bytes: Bytes, options: JsonOptions): Promise<Source> {
  const chunk = Math.max(1, options.partBytes ?? CHUNK);
  const elements = async function* (signal: AbortSignal | undefined): AsyncGenerator<RecordPiece> {
    const scanner = new ArrayElements();
    for (let at = 0; at < bytes.size; at += chunk) {
      throwIfAborted(signal);
      const end = Math.min(bytes.size, at + chunk);
      const text = scanner.push(await bytes.slice(at, end));
      yield {
        records: text.trim() === '' ? [] : (parse(`[${text}]`) as unknown[]),
        bytes: end - at,
        malformed: 0,
      };
      if (scanner.done) break;
    }
    if (!scanner.done) throw sourceError(bytes.name, 'the JSON is truncated: its array does not end');
  };
  const sample: JsonRecord[] = [];
  for await (const piece of elements(undefined)) {
    sample.push(...piece.records.filter(isRecord).slice(0, SAMPLE_ROWS));
    if (sample.length > 0) break;
  }
  if (sample.length === 0) throw sourceError(bytes.name, 'the JSON array holds no objects');
  const stream = {
    name: bytes.name,
    format: 'json' as const,
    byteLength: bytes.size,
    rows: undefined,
    parts: 1,
    sample,
    read: (from: number, to: number, signal: AbortSignal | undefined) =>
      from <= 0 && to > 0 ? elements(signal) : nothing(),
  };
  return openRecords(stream, options.schema, []);
}

async function* nothing(): AsyncGenerator<RecordPiece> {}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    return JSON.parse(markNonFinite(text));
  }
}

/** Rows from the beginning, and spread over the rest. */
function sampled(records: readonly unknown[]): JsonRecord[] {
  const step = Math.max(1, Math.floor(records.length / SAMPLE_ROWS));
  return records.filter(
    (record, i): record is JsonRecord => (i < SAMPLE_ROWS || i % step === 0) && isRecord(record),
  );
}
