// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../../columns/batch.js';
import { describeFormat } from '../../columns/infer.js';
import type { Schema } from '../../columns/schema.js';
import type { Bytes, ReadOptions, Source } from '../source.js';
import { sourceError } from '../source-error.js';
import { ColumnBuilder } from './column-builder.js';
import { type CsvDialect, describeDialect, plural } from './dialect.js';
import { type CsvOptions, type CsvTable, openTable } from './open-table.js';
import { readRows } from './read-rows.js';
import { findRowStart, WINDOW_BYTES } from './row-start.js';
import { type RowCounts, Tokenizer } from './tokenizer.js';

export type { CsvDialect, CsvEncoding } from './dialect.js';
export type { CsvOptions } from './open-table.js';

export interface CsvSource extends Source {
  readonly format: 'csv';
  readonly dialect: CsvDialect;
}

const PART_BYTES = 8 * 1024 * 1024;
const ROWS_A_PART = 64;

/**
 * Opens delimited text: sniffs the dialect from its head and the types from places all over it, and reads it in parts on demand.
 * Errors: SourceError for an empty or binary file, a quote that never closes, a cell over 16 MiB, a file that changes.
 */
export async function openCsv(bytes: Bytes, options: CsvOptions = {}): Promise<CsvSource> {
  const table = await openTable(bytes, options);
  return new CsvFile(bytes, table, options);
}

/** What one read met, kept by its first part so that reading again replaces it. */
interface ReadRecord {
  readonly to: number;
  readonly counts: RowCounts;
  readonly builders: readonly (ColumnBuilder | null)[];
}

class CsvFile implements CsvSource {
  readonly format = 'csv';
  readonly rows = undefined;
  readonly name: string;
  readonly dialect: CsvDialect;
  readonly schema: Schema;
  readonly byteLength: number;
  readonly parts: number;
  readonly #bytes: Bytes;
  readonly #table: CsvTable;
  readonly #partBytes: number;
  readonly #chunkBytes: number | undefined;
  readonly #reads = new Map<number, ReadRecord>();

  constructor(bytes: Bytes, table: CsvTable, options: CsvOptions) {
    this.#bytes = bytes;
    this.#table = table;
    this.#partBytes = Math.max(1, options.partBytes ?? Math.max(PART_BYTES, ROWS_A_PART * table.rowBytes));
    this.#chunkBytes = options.chunkBytes;
    this.name = bytes.name;
    this.dialect = table.dialect;
    this.byteLength = bytes.size;
    this.parts = Math.max(1, Math.ceil((bytes.size - table.dataStart) / this.#partBytes));
    this.schema = table.names.map((name, c) => {
      const { format } = table.columns[c];
      return { name, type: format.type, declared: describeFormat(format) };
    });
  }

  get notes(): readonly string[] {
    const { names, columns, dialect } = this.#table;
    const notes = describeDialect(dialect);
    columns.forEach(({ reason }, c) => {
      if (reason !== undefined) notes.push(`column ${names[c]}: ${reason}`);
    });
    return [...notes, ...readNotes([...this.#reads.values()])];
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<Batch> {
    const { names, columns, dataStart, dialect } = this.#table;
    const [first, last] = options.parts ?? [0, this.parts];
    if (first < 0 || last > this.parts || first > last) {
      throw sourceError(this.name, `there are no parts ${first} to ${last} of ${this.parts}`);
    }
    if (first === last) return;
    const wanted = options.columns === undefined ? undefined : new Set(options.columns);
    const textColumns = columns.filter(({ format }) => format.type === 'string').length;
    const maxChars = Math.max(65_536, Math.min(4_194_304, Math.floor(67_108_864 / Math.max(1, textColumns))));
    const builders = names.map((name, c) =>
      wanted === undefined || wanted.has(name)
        ? new ColumnBuilder(name, columns[c].format, { maxEntries: 65_536, maxChars })
        : null,
    );
    const tokenizer = new Tokenizer(dialect, builders);
    for (const [part, read] of this.#reads) if (part < last && read.to > first) this.#reads.delete(part);
    this.#reads.set(first, { to: last, counts: tokenizer.counts, builders });

    const from = await this.#partStart(first);
    const to = await this.#partStart(last);
    const base = first === 0 ? dataStart : 0;
    const { signal, onProgress } = options;
    yield* readRows(
      {
        bytes: this.#bytes,
        dialect,
        from,
        to,
        names,
        builders,
        signal,
        chunkBytes: this.#chunkBytes,
        ...(onProgress && {
          onBytes: (bytes: number, rows: number) => onProgress({ bytes: base + bytes, rows }),
        }),
      },
      tokenizer,
    );
  }

  /** Where a part begins. Only a row longer than a part could make parts overlap: it is refused instead. */
  async #partStart(part: number): Promise<number> {
    const { dialect, dataStart, names } = this.#table;
    if (part === 0) return dataStart;
    if (part >= this.parts) return this.#bytes.size;
    const place = dataStart + part * this.#partBytes;
    const start = await findRowStart(this.#bytes, place, { dialect, dataStart, width: names.length });
    const isGuess = place - dataStart > WINDOW_BYTES;
    if (isGuess && part + 1 < this.parts && start >= place + this.#partBytes) {
      throw sourceError(
        this.name,
        `no row begins between bytes ${place} and ${start}: is a quote there never closed?`,
      );
    }
    return start;
  }
}

function readNotes(reads: readonly ReadRecord[]): string[] {
  const notes: string[] = [];
  const total = (key: keyof RowCounts) => reads.reduce((sum, { counts }) => sum + counts[key], 0);
  const tell = (key: keyof RowCounts, noun: string, what: string) => {
    const count = total(key);
    if (count > 0) notes.push(`${count} ${plural(count, noun)} ${what}`);
  };
  tell('shortRows', 'row', 'with too few cells (the missing ones are null)');
  tell('longRows', 'row', 'with too many cells (the extra ones are dropped)');
  tell('blankLines', 'blank line', 'skipped');
  tell('commentLines', 'comment line', 'skipped');
  tell('looseQuotes', 'cell', 'with text after the closing quote');
  const unparsable = new Map<string, { count: number; first: string; type: string }>();
  let invalid = 0;
  for (const builder of reads.flatMap((read) => read.builders)) {
    if (builder === null) continue;
    invalid += builder.dictionary.invalid;
    if (builder.unparsable === 0) continue;
    const known = unparsable.get(builder.name);
    const { format, firstUnparsable } = builder;
    const count = (known?.count ?? 0) + builder.unparsable;
    unparsable.set(builder.name, { count, first: known?.first ?? firstUnparsable, type: format.type });
  }
  for (const [name, { count, first, type }] of unparsable) {
    notes.push(
      `column ${name}: ${count} ${plural(count, 'value')} not of type ${type}, such as ${JSON.stringify(first)}`,
    );
  }
  if (invalid > 0) notes.push(`${invalid} ${plural(invalid, 'text')} not valid UTF-8, read as windows-1252`);
  return notes;
}
