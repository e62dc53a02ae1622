// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../columns/batch.js';
import { type Column, NULL, NULL_CODE, type ScalarType, type VectorColumn } from '../columns/column.js';
import type { Field, Schema } from '../columns/schema.js';
import { sliceBatch } from '../columns/slice-rows.js';
import { nullVectors, vectorBatchRows } from '../columns/vector.js';
import { DriftglassError } from '../errors.js';
import type { CsvDialect } from './csv/dialect.js';
import type { ReadOptions, Source } from './source.js';

/**
 * Several sources of one side, one after the other. Columns are matched by name; one that a source lacks is null there,
 * and a note says so. Errors: SchemaError when a column's type differs between sources, SourceError when the dimension of
 * its vectors does.
 */
export function joinSources(sources: readonly Source[], name: string): Source {
  return new JoinedSource(sources, name);
}

class JoinedSource implements Source {
  readonly name: string;
  readonly format;
  readonly schema: Schema;
  readonly byteLength: number;
  readonly rows: number | undefined;
  readonly parts: number;
  /** The first file's, when it is delimited text: what was sniffed, for people to check. */
  readonly dialect?: CsvDialect;
  readonly #sources: readonly Source[];
  readonly #notes: readonly string[];

  constructor(sources: readonly Source[], name: string) {
    this.#sources = sources;
    this.name = name;
    this.format = sources[0].format;
    if ('dialect' in sources[0]) this.dialect = sources[0].dialect as CsvDialect;
    this.schema = unionSchema(sources);
    this.#notes = missingNotes(sources, this.schema);
    this.byteLength = sources.reduce((sum, source) => sum + source.byteLength, 0);
    this.parts = sources.reduce((sum, source) => sum + source.parts, 0);
    this.rows = sources.reduce<number | undefined>(
      (sum, { rows }) => (sum === undefined || rows === undefined ? undefined : sum + rows),
      0,
    );
  }

  get notes(): readonly string[] {
    return [
      ...this.#notes,
      ...this.#sources.flatMap((source) => source.notes.map((note) => `${source.name}: ${note}`)),
    ];
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<Batch> {
    const { parts: [from, to] = [0, this.parts], columns, onProgress, ...rest } = options;
    const wanted = columns && new Set(columns);
    const schema = this.schema.filter((field) => !wanted || wanted.has(field.name));
    let first = 0;
    let bytes = 0;
    let rows = 0;
    for (const source of this.#sources) {
      const range = [Math.max(0, from - first), Math.min(source.parts, to - first)] as const;
      first += source.parts;
      if (range[0] >= range[1]) continue;
      let last = { bytes: 0, rows: 0 };
      const forward = onProgress && {
        onProgress: (progress: { bytes: number; rows: number }) => {
          last = progress;
          onProgress({ bytes: bytes + progress.bytes, rows: rows + progress.rows });
        },
      };
      for await (const batch of source.read({
        ...rest,
        ...forward,
        ...(columns && { columns }),
        parts: range,
      })) {
        // vectors that a file lacks take their room all the same
        const step = vectorBatchRows(absentNumbers(batch, schema));
        for (let row = 0; row < batch.rows; row += step)
          yield complete(sliceBatch(batch, row, row + step), schema);
      }
      bytes += last.bytes;
      rows += last.rows;
    }
  }
}

function unionSchema(sources: readonly Source[]): Schema {
  const fields = new Map<string, { field: Field; from: string }>();
  for (const source of sources) {
    for (const field of source.schema) {
      const known = fields.get(field.name);
      if (!known) fields.set(field.name, { field, from: source.name });
      else if (known.field.type !== field.type) {
        throw new DriftglassError(
          'SchemaError',
          `column ${field.name} is ${known.field.type} in ${known.from}, but ${field.type} in ${source.name}: files of one side need the same types`,
        );
      } else if (known.field.dimension !== field.dimension) {
        throw new DriftglassError(
          'SourceError',
          `column ${field.name} holds vectors of ${known.field.dimension} numbers in ${known.from}, but of ${field.dimension} in ${source.name}: files of one side need the same dimension`,
        );
      }
    }
  }
  return [...fields.values()].map(({ field }) => field);
}

function missingNotes(sources: readonly Source[], schema: Schema): string[] {
  return sources.flatMap((source) => {
    const present = new Set(source.schema.map((field) => field.name));
    return schema
      .filter((field) => !present.has(field.name))
      .map((field) => `column ${field.name}: not in ${source.name}, null there`);
  });
}

/** Numbers a row of the vector columns that the batch has not. */
function absentNumbers(batch: Batch, schema: Schema): number {
  return schema.reduce(
    (sum, { name, dimension = 0 }) => (batch.vectors?.has(name) ? sum : sum + dimension),
    0,
  );
}

/** The batch with every column of the schema, in its order. */
function complete(batch: Batch, schema: Schema): Batch {
  const columns = new Map<string, Column>();
  const vectors = new Map<string, VectorColumn>();
  for (const { name, type, dimension = 1 } of schema) {
    if (type === 'vector') vectors.set(name, batch.vectors?.get(name) ?? nullVectors(dimension, batch.rows));
    else columns.set(name, batch.columns.get(name) ?? nullColumn(type, batch.rows));
  }
  return { rows: batch.rows, columns, ...(vectors.size > 0 && { vectors }) };
}

function nullColumn(type: ScalarType, rows: number): Column {
  if (type === 'string') return { type, codes: new Int32Array(rows).fill(NULL_CODE), dictionary: [] };
  return { type, values: new Float64Array(rows).fill(Number.NaN), status: new Uint8Array(rows).fill(NULL) };
}
