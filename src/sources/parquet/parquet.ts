// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../../columns/batch.js';
import type { Column } from '../../columns/column.js';
import type { Bytes, ReadOptions, Source } from '../source.js';
import { asSourceError, sourceError, throwIfAborted } from '../source-error.js';
import { loadCodec, type Unpack } from './codecs.js';
import { ColumnReader } from './column-reader.js';
import { type Leaf, readableLeaves } from './leaves.js';
import { type ParquetMetadata, type RowGroup, readMetadata } from './metadata.js';

/** Rows of a batch. */
const BATCH_ROWS = 65_536;

/**
 * Opens a Parquet file: reads the footer, nothing else. Row groups are the parts. Plain structs become columns "a.b";
 * lists, maps and encrypted columns are left out with a note. Page checksums are verified where the file has them.
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
    if (leaves.length === 0) {
      throw sourceError(
        bytes.name,
        `no column of this Parquet file can be read (${notes.join('; ') || 'it has none'})`,
      );
    }
    return new ParquetSource(bytes, metadata, leaves, notes);
  } catch (error) {
    throw asSourceError(bytes.name, error);
  }
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
  readonly #leaves: readonly Leaf[];
  readonly #rounded = new Set<string>();

  constructor(bytes: Bytes, metadata: ParquetMetadata, leaves: readonly Leaf[], notes: string[]) {
    this.#bytes = bytes;
    this.#metadata = metadata;
    this.#leaves = leaves;
    this.name = bytes.name;
    this.byteLength = bytes.size;
    this.schema = leaves.map(({ name, type, declared }) => ({ name, type, declared }));
    this.rows = metadata.rows;
    this.parts = Math.max(1, metadata.rowGroups.length);
    this.notes = notes;
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<Batch> {
    const { columns, parts: [from, to] = [0, this.parts], signal, onProgress } = options;
    const wanted = columns && new Set(columns);
    const leaves = this.#leaves.filter((leaf) => !wanted || wanted.has(leaf.name));
    const progress = { bytes: 0, rows: 0 };
    let place = '';
    try {
      for (const [index, group] of this.#metadata.rowGroups.slice(from, to).entries()) {
        throwIfAborted(signal);
        const before = progress.bytes;
        const readers = await this.#columnReaders(group, leaves);
        for (let row = 0; row < group.rows; row += BATCH_ROWS) {
          const rows = Math.min(BATCH_ROWS, group.rows - row);
          const batch = new Map<string, Column>();
          for (let i = 0; i < leaves.length; i++) {
            throwIfAborted(signal);
            place = `row group ${from + index + 1}, column ${leaves[i].name}: `;
            batch.set(leaves[i].name, await readers[i].read(rows));
          }
          progress.rows += rows;
          progress.bytes = before + readers.reduce((sum, reader) => sum + reader.consumedBytes, 0);
          onProgress?.({ ...progress });
          yield { rows, columns: batch };
        }
        readers.forEach((reader, i) => {
          if (reader.rounded) this.#noteRounded(leaves[i].name);
        });
      }
    } catch (error) {
      throw asSourceError(this.name, error, place);
    }
  }

  async #columnReaders(group: RowGroup, leaves: readonly Leaf[]): Promise<ColumnReader[]> {
    const codecs = new Map<unknown, Unpack>();
    const readers: ColumnReader[] = [];
    for (const leaf of leaves) {
      const chunk = group.columns[leaf.ordinal];
      const unpack = codecs.get(chunk.codec) ?? (await loadCodec(chunk.codec));
      codecs.set(chunk.codec, unpack);
      readers.push(new ColumnReader(this.#bytes, chunk, leaf, unpack, group.rows));
    }
    return readers;
  }

  #noteRounded(name: string): void {
    if (this.#rounded.has(name)) return;
    this.#rounded.add(name);
    this.notes.push(`column ${name}: integers beyond 2^53 were rounded`);
  }
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
      if (chunk.values !== group.rows)
        throw new Error(`${place} has ${chunk.values} values for ${group.rows} rows`);
    }
  }
}
