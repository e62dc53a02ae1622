// SPDX-License-Identifier: Apache-2.0
import type { Batch } from './batch.js';
import type { Column, VectorColumn } from './column.js';

/** The rows of `batch` at `indices`, in that order, as fresh arrays; dictionaries are shared. */
export function takeRows(batch: Batch, indices: ArrayLike<number>): Batch {
  return {
    rows: indices.length,
    columns: mapped(batch.columns, (column) => takeColumn(column, indices)),
    ...(batch.vectors && { vectors: mapped(batch.vectors, (column) => takeVector(column, indices)) }),
  };
}

/** Rows from `from` (inclusive) to `to` (exclusive), clamped to the batch. The arrays are views, not copies. */
export function sliceBatch(batch: Batch, from: number, to: number): Batch {
  const start = Math.max(0, Math.min(from, batch.rows));
  const end = Math.max(start, Math.min(to, batch.rows));
  if (start === 0 && end === batch.rows) return batch;
  return {
    rows: end - start,
    columns: mapped(batch.columns, (column) => sliceColumn(column, start, end)),
    ...(batch.vectors && { vectors: mapped(batch.vectors, (column) => sliceVector(column, start, end)) }),
  };
}

/** One column's rows at `indices`. */
function takeColumn(column: Column, indices: ArrayLike<number>): Column {
  const n = indices.length;
  if (column.type === 'string') {
    const codes = new Int32Array(n);
    for (let i = 0; i < n; i++) codes[i] = column.codes[indices[i]];
    return { type: 'string', codes, dictionary: column.dictionary };
  }
  const values = column.values instanceof Float32Array ? new Float32Array(n) : new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = column.values[indices[i]];
  return { type: column.type, values, status: takeStatus(column.status, indices) };
}

/** One vector column's rows at `indices`. */
function takeVector(column: VectorColumn, indices: ArrayLike<number>): VectorColumn {
  const { type, dimension } = column;
  const values = new Float32Array(indices.length * dimension);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i] * dimension;
    values.set(column.values.subarray(from, from + dimension), i * dimension);
  }
  return { type, dimension, values, status: takeStatus(column.status, indices) };
}

/** `null` when no row that is taken is marked. */
function takeStatus(status: Uint8Array | null, indices: ArrayLike<number>): Uint8Array | null {
  if (status === null) return null;
  const taken = new Uint8Array(indices.length);
  let any = 0;
  for (let i = 0; i < taken.length; i++) any |= taken[i] = status[indices[i]];
  return any === 0 ? null : taken;
}

function sliceColumn(column: Column, start: number, end: number): Column {
  if (column.type === 'string') {
    return { type: 'string', codes: column.codes.subarray(start, end), dictionary: column.dictionary };
  }
  const status = column.status?.subarray(start, end) ?? null;
  return { type: column.type, values: column.values.subarray(start, end), status };
}

function sliceVector(column: VectorColumn, start: number, end: number): VectorColumn {
  const { type, dimension, values } = column;
  const status = column.status?.subarray(start, end) ?? null;
  return { type, dimension, values: values.subarray(start * dimension, end * dimension), status };
}

function mapped<T>(columns: ReadonlyMap<string, T>, change: (column: T) => T): Map<string, T> {
  const changed = new Map<string, T>();
  for (const [name, column] of columns) changed.set(name, change(column));
  return changed;
}
