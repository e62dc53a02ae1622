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

/** The same names, each column as `change` makes it. */
export function mapped<T>(columns: ReadonlyMap<string, T>, change: (column: T) => T): Map<string, T> {
  const changed = new Map<string, T>();
  for (const [name, column] of columns) changed.set(name, change(column));
  return changed;
}
