// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../../columns/batch.js';
import type { Column, VectorColumn } from '../../columns/column.js';
import type { Schema } from '../../columns/schema.js';
import { vectorBatchRows } from '../../columns/vector.js';
import type { ReadOptions, Source } from '../source.js';
import { asSourceError, sourceError, throwIfAborted } from '../source-error.js';
import { RecordColumn, type RecordField } from './record-columns.js';
import { inferRecordFields, type JsonRecord, visitRecord } from './record-schema.js';
import { type RecordVectorField, RecordVectors } from './record-vectors.js';

/** Records in pieces, from wherever they come. */
export interface RecordStream {
  readonly name: string;
  readonly format: 'json' | 'ndjson';
  readonly byteLength: number;
  readonly rows: number | undefined;
  readonly parts: number;
  /** Records that show which columns there are. */
  readonly sample: readonly JsonRecord[];
  /** Records of the parts `from` to `to`, a bounded number of bytes at a time. */
  read(from: number, to: number, signal: AbortSignal | undefined): AsyncIterable<RecordPiece>;
}

export interface RecordPiece {
  /** JSON values; what is no object is skipped and counted. */
  readonly records: readonly unknown[];
  /** Bytes of input behind this piece. */
  readonly bytes: number;
  /** Lines that were no JSON at all. */
  readonly malformed: number;
}

const BATCH_ROWS = 65_536;

/** A source of records: columns and types come from the stream's sample. */
export function openRecords(stream: RecordStream, schema: Schema | undefined, notes: string[]): Source {
  const fields = inferRecordFields(stream.sample, schema, notes);
  if (fields.length === 0) {
    throw sourceError(
      stream.name,
      `no column of this JSON can be read (${notes.join('; ') || 'its objects are empty'})`,
    );
  }
  return new RecordSource(stream, fields, notes);
}

interface Counts {
  malformed: number;
  others: number;
  late: Set<string>;
  rounded: Set<string>;
}

type AnyField = RecordField | RecordVectorField;
type Builders = ReadonlyMap<string, RecordColumn | RecordVectors>;

class RecordSource implements Source {
  readonly name: string;
  readonly format;
  readonly schema: Schema;
  readonly byteLength: number;
  readonly rows: number | undefined;
  readonly parts: number;
  readonly #stream: RecordStream;
  readonly #fields: readonly AnyField[];
  readonly #notes: readonly string[];
  /** What each read met, by its first part, so that reading again replaces it. */
  readonly #counts = new Map<number, Counts>();

  constructor(stream: RecordStream, fields: readonly AnyField[], notes: readonly string[]) {
    this.#stream = stream;
    this.#fields = fields;
    this.#notes = notes;
    this.name = stream.name;
    this.format = stream.format;
    this.byteLength = stream.byteLength;
    this.rows = stream.rows;
    this.parts = stream.parts;
    this.schema = fields.map((field) =>
      field.type === 'vector' ? field : { name: field.name, type: field.type, declared: field.declared },
    );
  }

  get notes(): readonly string[] {
    const all = [...this.#counts.values()];
    const sum = (pick: (counts: Counts) => number) => all.reduce((total, counts) => total + pick(counts), 0);
    const names = (pick: (counts: Counts) => Set<string>) => [
      ...new Set(all.flatMap((counts) => [...pick(counts)])),
    ];
    const notes = [...this.#notes];
    const malformed = sum((counts) => counts.malformed);
    if (malformed > 0)
      notes.push(`${malformed} ${malformed === 1 ? 'line is' : 'lines are'} no JSON, skipped`);
    const others = sum((counts) => counts.others);
    if (others > 0)
      notes.push(`${others} ${others === 1 ? 'value is no object' : 'values are no objects'}, skipped`);
    for (const name of names((counts) => counts.rounded))
      notes.push(`column ${name}: integers beyond 2^53 were rounded`);
    for (const name of names((counts) => counts.late))
      notes.push(`column ${name}: first met after the sample, not read`);
    return notes;
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<Batch> {
    const {
      columns,
      parts: [from, to] = [0, this.parts],
      batchRows = BATCH_ROWS,
      signal,
      onProgress,
    } = options;
    const wanted = columns && new Set(columns);
    const builders = new Map<string, RecordColumn | RecordVectors>();
    let numbers = 0;
    for (const field of this.#fields) {
      if (wanted && !wanted.has(field.name)) continue;
      const isVector = field.type === 'vector';
      builders.set(field.name, isVector ? new RecordVectors(field) : new RecordColumn(field));
      if (isVector) numbers += field.dimension;
    }
    const step = Math.min(batchRows, vectorBatchRows(numbers));
    const counts: Counts = { malformed: 0, others: 0, late: new Set(), rounded: new Set() };
    this.#counts.set(from, counts);
    const known = new Set(this.#fields.map((field) => field.name));
    const progress = { bytes: 0, rows: 0 };
    try {
      for await (const piece of this.#stream.read(from, to, signal)) {
        counts.malformed += piece.malformed;
        const records = piece.records.filter(isRecord);
        counts.others += piece.records.length - records.length;
        for (let row = 0; row < records.length; row += step) {
          throwIfAborted(signal);
          const batch = buildBatch(records.slice(row, row + step), builders, known, counts);
          progress.rows += batch.rows;
          if (row + step >= records.length) progress.bytes += piece.bytes;
          onProgress?.({ ...progress });
          yield batch;
        }
      }
    } catch (error) {
      throw asSourceError(this.name, error);
    }
  }
}

const MAX_LATE = 20;

function buildBatch(
  records: readonly JsonRecord[],
  builders: Builders,
  known: ReadonlySet<string>,
  counts: Counts,
): Batch {
  for (const builder of builders.values()) builder.start(records.length);
  let row = 0;
  const visit = (name: string, value: unknown) => {
    const builder = builders.get(name);
    if (builder) builder.set(row, value);
    else if (!known.has(name) && counts.late.size < MAX_LATE && isScalar(value)) counts.late.add(name);
  };
  for (; row < records.length; row++) visitRecord(records[row], visit);
  const columns = new Map<string, Column>();
  const vectors = new Map<string, VectorColumn>();
  for (const [name, builder] of builders) {
    if (builder instanceof RecordVectors) vectors.set(name, builder.finish());
    else {
      columns.set(name, builder.finish());
      if (builder.rounded) counts.rounded.add(name);
    }
  }
  return { rows: records.length, columns, ...(vectors.size > 0 && { vectors }) };
}

function isScalar(value: unknown): boolean {
  return value !== null && typeof value !== 'object';
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
