// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../../columns/batch.js';
import { describeFormat } from '../../columns/infer.js';
import type { Schema } from '../../columns/schema.js';
import { cutOffNote, upTo } from '../cut-off.js';
import type { Bytes, ReadOptions, Source } from '../source.js';
import { sourceError } from '../source-error.js';
import { ColumnBuilder } from './column-builder.js';
import { type CsvDialect, describeDialect, plural } from './dialect.js';
import { type CsvOptions, type CsvTable, openTable } from './open-table.js';
import { readRows } from './read-rows.js';
import type { RowCounts } from './row-counts.js';
import { findRowStart, WINDOW_BYTES } from './row-start.js';
import { Tokenizer } from './tokenizer.js';

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
 * Errors: SourceError for an empty or binary file, a quote that never closes, a cell over 16 MiB, a file that changes;
 * SettingsError for a dialect that means nothing.
 */
export async function openCsv(bytes: Bytes, options: CsvOptions = {}): Promise<CsvSource> {
  const table = await openTable(bytes, options);
  return new CsvFile(table.cut === undefined ? bytes : upTo(bytes, table.cut.start), table, options);
}

/** What one read met, kept by its first part so that reading again replaces it. */
interface ReadRecord {
  readonly to: number;
  readonly counts: RowCounts;
  /** Asks the builders while they work; they are let go when the read ends. */
  tallies: () => readonly ColumnTally[];
}

/** Cells of a column that were not what they should be. */
interface ColumnTally {
  readonly name: string;
  readonly type: string;
  readonly unparsable: number;
  readonly example: string;
  readonly invalid: number;
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
    const { names, columns, dialect, cut } = this.#table;
    const notes = describeDialect(dialect);
    if (cut !== undefined) notes.unshift(cutOffNote(cut.place));
    columns.forEach(({ reason }, c) => {
      if (reason !== undefined) notes.push(`column ${names[c]}: ${reason}`);
    });
    return [...notes, ...readNotes([...this.#reads.values()])];
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<Batch> {
    const { names, columns, dialect } = this.#table;
    const [first, last] = options.parts ?? [0, this.parts];
    if (first < 0 || last > this.parts || first > last) {
      throw sourceError(this.name, `there are no parts ${first} to ${last} of ${this.parts}`);
    }
    if (first === last) return;
    const wanted = options.columns === undefined ? undefined : new Set(options.columns);
    const textColumns = columns.filter(({ format }) => format.type === 'string').length;
    const limits = dictionaryLimits(textColumns);
    const builders = names.map((name, c) =>
      wanted === undefined || wanted.has(name) ? new ColumnBuilder(name, columns[c].format, limits) : null,
    );
    const tokenizer = new Tokenizer(dialect, builders);
    for (const [part, read] of this.#reads) if (part < last && read.to > first) this.#reads.delete(part);
    const record: ReadRecord = { to: last, counts: tokenizer.counts, tallies: () => tally(builders) };
    this.#reads.set(first, record);
    try {
      yield* this.#rows(tokenizer, builders, [first, last], options);
    } finally {
      const tallies = record.tallies();
      record.tallies = () => tallies;
    }
  }

  async *#rows(
    tokenizer: Tokenizer,
    builders: readonly (ColumnBuilder | null)[],
    [first, last]: readonly [number, number],
    { batchRows, signal, onProgress }: ReadOptions,
  ): AsyncGenerator<Batch> {
    const { names, dataStart, dialect } = this.#table;
    const from = await this.#partStart(first);
    const to = await this.#partStart(last);
    const base = first === 0 ? dataStart : 0;
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
        batchRows,
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
        `no row begins between bytes ${place} and ${start}: a cell is very long, or a quote is never closed`,
      );
    }
    return start;
  }
}

/** Shares about 64 MiB of text and a million entries between the text columns of a table. */
function dictionaryLimits(textColumns: number): { maxEntries: number; maxChars: number } {
  const share = (whole: number, least: number, most: number) =>
    Math.max(least, Math.min(most, Math.floor(whole / Math.max(1, textColumns))));
  return { maxEntries: share(1_048_576, 1024, 65_536), maxChars: share(67_108_864, 65_536, 4_194_304) };
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
  const byColumn = new Map<string, ColumnTally>();
  let invalid = 0;
  for (const found of reads.flatMap((read) => read.tallies())) {
    invalid += found.invalid;
    if (found.unparsable === 0) continue;
    const known = byColumn.get(found.name) ?? { ...found, unparsable: 0 };
    byColumn.set(found.name, { ...known, unparsable: known.unparsable + found.unparsable });
  }
  for (const { name, type, unparsable, example } of byColumn.values()) {
    const values = plural(unparsable, 'value');
    notes.push(
      `column ${name}: ${unparsable} ${values} not of type ${type}, such as ${JSON.stringify(example)}`,
    );
  }
  if (invalid > 0) notes.push(`${invalid} ${plural(invalid, 'text')} not valid UTF-8, read as windows-1252`);
  return notes;
}

function tally(builders: readonly (ColumnBuilder | null)[]): ColumnTally[] {
  const tallies: ColumnTally[] = [];
  for (const builder of builders) {
    if (builder === null || builder.unparsable + builder.dictionary.invalid === 0) continue;
    const { name, unparsable, firstUnparsable, dictionary, format } = builder;
    tallies.push({
      name,
      type: format.type,
      unparsable,
      example: firstUnparsable,
      invalid: dictionary.invalid,
    });
  }
  return tallies;
}
