// SPDX-License-Identifier: Apache-2.0
import type { Batch } from './batch.js';
import type { Column, VectorColumn } from './column.js';
import { mapped } from './take-rows.js';

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
