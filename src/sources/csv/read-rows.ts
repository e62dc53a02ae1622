// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../../columns/batch.js';
import type { Column } from '../../columns/column.js';
import type { Bytes } from '../source.js';
import { sourceError, throwIfAborted } from '../source-error.js';
import type { ColumnBuilder } from './column-builder.js';
import type { CsvDialect } from './dialect.js';
import { Transcoder, unitBytes } from './encoding.js';
import type { Tokenizer } from './tokenizer.js';

export interface RowRange {
  readonly bytes: Bytes;
  readonly dialect: CsvDialect;
  /** Offsets of the first row and of the end of the last. */
  readonly from: number;
  readonly to: number;
  /** Names of all columns, for errors. */
  readonly names: readonly string[];
  /** A builder for each column, null for those left out. */
  readonly builders: readonly (ColumnBuilder | null)[];
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes of the range whose rows are read, before each batch and at the end. */
  readonly onBytes?: (bytes: number, rows: number) => void;
  /** Bytes read at once; default 2 MiB. */
  readonly chunkBytes?: number | undefined;
  /** Rows of a batch, at most; default 65,536. */
  readonly batchRows?: number | undefined;
}

const CHUNK_BYTES = 2 * 1024 * 1024;
const LONGEST_CELL = 16 * 1024 * 1024;
const LONGEST_ROW = 64 * 1024 * 1024;
const MOST_ROWS = 65_536;
/** Memory for the slots of one batch, and input after which a batch is closed whatever its rows. */
const BATCH_BYTES = 32 * 1024 * 1024;
const BATCH_INPUT = 16 * 1024 * 1024;

/** The rows of one range of a file, in batches. The next chunk is asked for while the last is read. */
export async function* readRows(range: RowRange, tokenizer: Tokenizer): AsyncGenerator<Batch> {
  const { bytes, from, to, builders, dialect } = range;
  const unit = unitBytes(dialect.encoding);
  const chunkBytes = Math.max(unit, Math.floor((range.chunkBytes ?? CHUNK_BYTES) / unit) * unit);
  const transcoder = new Transcoder(dialect.encoding);
  const selected = builders.filter((builder) => builder !== null);
  const capacity = Math.max(
    16,
    Math.min(
      range.batchRows ?? MOST_ROWS,
      MOST_ROWS,
      Math.floor(BATCH_BYTES / 8 / Math.max(1, selected.length)),
      to - from,
    ),
  );
  let buffer = new Uint8Array(0);
  let filled = 0;
  let openInput = 0;
  tokenizer.open(capacity);
  tokenizer.position = 0;

  const load = (start: number) => bytes.slice(start, Math.min(to, start + chunkBytes));
  let next = from < to ? load(from) : undefined;
  for (let start = from; start < to; ) {
    throwIfAborted(range.signal);
    const chunk: Uint8Array = await next!;
    const end = Math.min(to, start + chunkBytes);
    if (chunk.length !== end - start)
      throw sourceError(
        range.bytes.name,
        `ends at byte ${start + chunk.length}, before its announced ${bytes.size}`,
      );
    const isLast = end === to;
    if (!isLast) {
      next = load(end);
      // It is awaited in the next round; a failure before that, or one nobody waits for any more, is no unhandled rejection.
      next.catch(() => {});
    }
    start = end;

    const text = transcoder.decode(chunk, isLast);
    const rest = filled - tokenizer.position;
    if (rest + text.length + 1 > buffer.length) {
      const grown = new Uint8Array(
        rest > chunkBytes ? 2 * (rest + text.length) : rest + text.length + 65_536,
      );
      grown.set(buffer.subarray(tokenizer.position, filled));
      buffer = grown;
    } else buffer.copyWithin(0, tokenizer.position, filled);
    buffer.set(text, rest);
    filled = rest + text.length;
    tokenizer.position = 0;
    openInput += text.length;

    while (tokenizer.read(buffer, filled, isLast)) {
      range.onBytes?.(consumed(range, end, filled - tokenizer.position), tokenizer.counts.rows);
      yield closeBatch(selected, tokenizer.row);
      throwIfAborted(range.signal);
      tokenizer.open(capacity);
      openInput = 0;
    }
    const left = filled - tokenizer.position;
    if (left > 0) refuseUnfinished(range, tokenizer, left, filled - tokenizer.cellStart, isLast);
    if (tokenizer.row > 0 && (isLast || openInput > BATCH_INPUT)) {
      range.onBytes?.(consumed(range, end, Math.max(0, left)), tokenizer.counts.rows);
      yield closeBatch(selected, tokenizer.row);
      throwIfAborted(range.signal);
      if (!isLast) tokenizer.open(capacity);
      openInput = 0;
    } else if (!isLast) range.onBytes?.(consumed(range, end, Math.max(0, left)), tokenizer.counts.rows);
  }
  range.onBytes?.(to - from, tokenizer.counts.rows);
}

function closeBatch(builders: readonly ColumnBuilder[], rows: number): Batch {
  const columns = new Map<string, Column>();
  for (const builder of builders) columns.set(builder.name, builder.close(rows));
  return { rows, columns };
}

function consumed({ from, to }: RowRange, end: number, left: number): number {
  return Math.max(0, Math.min(to - from, end - from - left));
}

function refuseUnfinished(
  range: RowRange,
  tokenizer: Tokenizer,
  row: number,
  cell: number,
  isLast: boolean,
): void {
  const place = `${rowName(range, tokenizer)}, column ${JSON.stringify(range.names[tokenizer.column] ?? `${tokenizer.column + 1}`)}`;
  if (isLast) {
    const where =
      range.to < range.bytes.size
        ? `before byte ${range.to}, where the next part was taken to begin`
        : 'before the file ends';
    throw sourceError(range.bytes.name, `${place}: a quoted cell is not closed ${where}`);
  }
  if (cell > LONGEST_CELL) {
    throw sourceError(
      range.bytes.name,
      `${place}: the cell is longer than 16 MiB${tokenizer.inQuotes ? '; is its quote ever closed?' : ''}`,
    );
  }
  if (row > LONGEST_ROW) throw sourceError(range.bytes.name, `${place}: the row is longer than 64 MiB`);
}

function rowName(range: RowRange, { counts }: Tokenizer): string {
  return `row ${counts.rows + 1}${range.from === 0 ? '' : ` after byte ${range.from}`}`;
}
