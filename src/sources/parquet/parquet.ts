// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../../columns/batch.js';
import type { Column, VectorColumn } from '../../columns/column.js';
import type { Field } from '../../columns/schema.js';
import { vectorBatchRows } from '../../columns/vector.js';
import type { Bytes, ReadOptions, Source } from '../source.js';
import { asSourceError, sourceError, throwIfAborted } from '../source-error.js';
import { loadCodec, type Unpack } from './codecs.js';
import { ColumnReader } from './column-reader.js';
import { isListLeaf, type Leaf, type ListLeaf, readableLeaves } from './leaves.js';
import { type ParquetMetadata, type RowGroup, readMetadata } from './metadata.js';
import { usualLength } from './usual-length.js';
import { VectorReader } from './vector-reader.js';

/** Rows of a batch. */
const BATCH_ROWS = 65_536;

/**
 * Opens a Parquet file: reads the footer, nothing else. Row groups are the parts. Plain structs become columns "a.b";
 * lists of numbers vectors; other lists, maps and encrypted columns are left out with a note. Page checksums are verified where the file has them.
 * Errors: SourceError for a file that is encrypted, damaged or truncated, here or while reading.
 */
export async function openParquet(bytes: Bytes): Promise<Source> {
  try {
    const metadata = await readMetadata(bytes);
    const notes: string[] = [];
    const { rows, statedRows } = metadata;
    if (rows !== statedRows) notes.push(`the footer states ${statedRows} rows, its row groups hold ${rows}`);
    const leaves = readableLeaves(metadata, notes);
    checkChunks(metadata, leaves);
    const columns: ParquetColumn[] = [];
    for (const leaf of leaves) {
      if (isListLeaf(leaf)) {
        const dimension = await usualLength(bytes, metadata, leaf);
        if (typeof dimension === 'string') notes.push(`column ${leaf.name}: ${dimension}, not read`);
        else columns.push({ leaf, dimension });
        if (typeof dimension === 'number' && leaf.declared.includes('int'))
          notes.push(`column ${leaf.name}: whole numbers (${leaf.declared}) read as floats of 32 bits`);
      } else columns.push({ leaf, dimension: undefined });
    }
    if (columns.length === 0) {
      throw sourceError(
        bytes.name,
        `no column of this Parquet file can be read (${notes.join('; ') || 'it has none'})`,
      );
    }
    return new ParquetSource(bytes, metadata, columns, notes);
  } catch (error) {
    throw asSourceError(bytes.name, error);
  }
}

/** A leaf that is read, as a column or (with a dimension) as vectors. */
type ParquetColumn =
  | { readonly leaf: Leaf; readonly dimension: undefined }
  | { readonly leaf: ListLeaf; readonly dimension: number };

interface NamedReader {
  readonly name: string;
  readonly dimension: number | undefined;
  readonly reader: ColumnReader | VectorReader;
}

class ParquetSource implements Source {
  readonly format = 'parquet';
  readonly name: string;
  readonly byteLength: number;
  readonly schema;
  readonly rows: number;
  readonly parts: number;
  readonly notes: string[];
  readonly #bytes: Bytes;
  readonly #metadata: ParquetMetadata;
  readonly #columns: readonly ParquetColumn[];
  readonly #rounded = new Set<string>();

  constructor(bytes: Bytes, metadata: ParquetMetadata, columns: readonly ParquetColumn[], notes: string[]) {
    this.#bytes = bytes;
    this.#metadata = metadata;
    this.#columns = columns;
    this.name = bytes.name;
    this.byteLength = bytes.size;
    this.schema = columns.map(fieldOf);
    this.rows = metadata.rows;
    this.parts = Math.max(1, metadata.rowGroups.length);
    this.notes = notes;
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
    const read = this.#columns.filter(({ leaf }) => !wanted || wanted.has(leaf.name));
    const numbers = read.reduce((sum, { dimension = 0 }) => sum + dimension, 0);
    const step = Math.min(batchRows, vectorBatchRows(numbers));
    const progress = { bytes: 0, rows: 0 };
    let place = '';
    try {
      for (const [index, group] of this.#metadata.rowGroups.slice(from, to).entries()) {
        throwIfAborted(signal);
        const before = progress.bytes;
        const readers = await this.#columnReaders(group, read);
        for (let row = 0; row < group.rows; row += step) {
          const rows = Math.min(step, group.rows - row);
          const batch = new Map<string, Column>();
          const vectors = new Map<string, VectorColumn>();
          for (const { name, dimension, reader } of readers) {
            throwIfAborted(signal);
            place = `row group ${from + index + 1}, column ${name}: `;
            if (reader instanceof VectorReader) vectors.set(name, await reader.read(rows, dimension ?? 1));
            else batch.set(name, await reader.read(rows));
          }
          progress.rows += rows;
          progress.bytes = before + readers.reduce((sum, { reader }) => sum + reader.consumedBytes, 0);
          onProgress?.({ ...progress });
          yield { rows, columns: batch, ...(vectors.size > 0 && { vectors }) };
        }
        for (const { name, reader } of readers)
          if (reader instanceof ColumnReader && reader.rounded) this.#noteRounded(name);
      }
    } catch (error) {
      throw asSourceError(this.name, error, place);
    }
  }

  async #columnReaders(group: RowGroup, columns: readonly ParquetColumn[]): Promise<NamedReader[]> {
    const codecs = new Map<unknown, Unpack>();
    const readers: NamedReader[] = [];
    for (const { leaf, dimension } of columns) {
      const chunk = group.columns[leaf.ordinal];
      const unpack = codecs.get(chunk.codec) ?? (await loadCodec(chunk.codec));
      codecs.set(chunk.codec, unpack);
      const reader = isListLeaf(leaf)
        ? new VectorReader(this.#bytes, chunk, leaf, unpack)
        : new ColumnReader(this.#bytes, chunk, leaf, unpack, group.rows);
      readers.push({ name: leaf.name, dimension, reader });
    }
    return readers;
  }

  #noteRounded(name: string): void {
    if (this.#rounded.has(name)) return;
    this.#rounded.add(name);
    this.notes.push(`column ${name}: integers beyond 2^53 were rounded`);
  }
}

function fieldOf({ leaf: { name, type, declared }, dimension }: ParquetColumn): Field {
  return dimension === undefined ? { name, type, declared } : { name, type: 'vector', dimension, declared };
}

/** What the footer says of the chunks must fit the schema before any of them is read. */
function checkChunks({ rowGroups }: ParquetMetadata, leaves: readonly Leaf[]): void {
  for (const [index, group] of rowGroups.entries()) {
    for (const leaf of leaves) {
      const chunk = group.columns[leaf.ordinal];
      const place = `row group ${index + 1}, column ${leaf.name}`;
      if (!chunk) throw new Error(`${place} is missing`);
      if (chunk.external) throw new Error(`${place} is kept in another file`);
      if (chunk.type !== leaf.physical)
        throw new Error(`${place} is of type ${chunk.type}, the schema says ${leaf.physical}`);
      // a list has at least one entry a row, also when it is empty
      if (isListLeaf(leaf) ? chunk.values < group.rows : chunk.values !== group.rows)
        throw new Error(`${place} has ${chunk.values} values for ${group.rows} rows`);
    }
  }
}
