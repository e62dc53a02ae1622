// SPDX-License-Identifier: Apache-2.0
import type { Batch } from './batch.js';
import type { Column } from './column.js';

/** The rows of `batch` at `indices`, in that order, as fresh arrays; dictionaries are shared. */
export function takeRows(batch: Batch, indices: ArrayLike<number>): Batch {
  return { rows: indices.length, columns: mapColumns(batch, (column) => takeColumn(column, indices)) };
}

/** Rows from `from` (inclusive) to `to` (exclusive), clamped to the batch. The arrays are views, not copies. */
export function sliceBatch(batch: Batch, from: number, to: number): Batch {
  const start = Math.max(0, Math.min(from, batch.rows));
  const end = Math.max(start, Math.min(to, batch.rows));
  if (start === 0 && end === batch.rows) return batch;
  return { rows: end - start, columns: mapColumns(batch, (column) => sliceColumn(column, start, end)) };
}

/** One column's rows at `indices`. */
export function takeColumn(column: Column, indices: ArrayLike<number>): Column {
  const n = indices.length;
  if (column.type === 'string') {
    const codes = new Int32Array(n);
    for (let i = 0; i < n; i++) codes[i] = column.codes[indices[i]];
    return { type: 'string', codes, dictionary: column.dictionary };
  }
  const values = column.values instanceof Float32Array ? new Float32Array(n) : new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = column.values[indices[i]];
  let status: Uint8Array | null = null;
  if (column.status) {
    status = new Uint8Array(n);
    let any = 0;
    for (let i = 0; i < n; i++) any |= status[i] = column.status[indices[i]];
    if (any === 0) status = null;
  }
  return { type: column.type, values, status };
}

function sliceColumn(column: Column, start: number, end: number): Column {
  if (column.type === 'string') {
    return { type: 'string', codes: column.codes.subarray(start, end), dictionary: column.dictionary };
  }
  const status = column.status?.subarray(start, end) ?? null;
  return { type: column.type, values: column.values.subarray(start, end), status };
}

function mapColumns(batch: Batch, change: (column: Column) => Column): Map<string, Column> {
  const columns = new Map<string, Column>();
  for (const [name, column] of batch.columns) columns.set(name, change(column));
  return columns;
}
