// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../columns/batch.js';
import type { Schema } from '../columns/schema.js';

/** Bytes of known length that can be read by range: a File, a Blob, a file on disk, a buffer. */
export interface Bytes {
  readonly name: string;
  readonly size: number;
  /** Bytes from `start` (inclusive) to `end` (exclusive). */
  slice(start: number, end: number): Promise<Uint8Array>;
}

export type Format = 'csv' | 'ndjson' | 'json' | 'parquet' | 'arrow' | 'npy' | 'npz';

export interface ReadProgress {
  /** Bytes of input consumed, of `Source.byteLength`. */
  readonly bytes: number;
  readonly rows: number;
}

export interface ReadOptions {
  /** Columns to read; all when absent. */
  readonly columns?: readonly string[];
  /** Parts to read, from (inclusive) to (exclusive); all when absent. Parts are independent: other workers can take others. */
  readonly parts?: readonly [from: number, to: number];
  /** Rows of a batch, at most, where a reader can: small batches keep a page that reads by itself drawing. Default 65,536. */
  readonly batchRows?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ReadProgress) => void;
}

/** Something with rows: one file, or several of one side joined. */
export interface Source {
  readonly name: string;
  readonly format: Format;
  readonly schema: Schema;
  readonly byteLength: number;
  /** Row count when the format tells it before reading. */
  readonly rows: number | undefined;
  /** How many independent parts the source can be read in (row groups, record batches, byte ranges); at least 1. */
  readonly parts: number;
  /** What was sniffed or left out, for people ("delimiter ;", "3 ragged rows", "column geo: nested, not read"). Grows while reading. */
  readonly notes: readonly string[];
  /** Batches in order; every column of one batch has the same length, and batches hold at most 65,536 rows or one row group's page. */
  read(options?: ReadOptions): AsyncIterable<Batch>;
}
