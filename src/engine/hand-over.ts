// SPDX-License-Identifier: Apache-2.0
/** Rows cross a port by handing over their buffers: nothing is copied, and the sender has them no more. */
import type { Batch } from '../columns/batch.js';

/** A view into a larger buffer would take that buffer along (and away): such views are copied first. */
export function ownBuffers(batch: Batch): Batch {
  const columns = new Map(batch.columns);
  for (const [name, column] of columns) {
    if (column.type === 'string') columns.set(name, { ...column, codes: owned(column.codes) });
    else
      columns.set(name, {
        ...column,
        values: owned(column.values),
        status: column.status === null ? null : owned(column.status),
      });
  }
  const vectors = new Map(batch.vectors);
  for (const [name, column] of vectors)
    vectors.set(name, {
      ...column,
      values: owned(column.values),
      status: column.status === null ? null : owned(column.status),
    });
  return { rows: batch.rows, columns, ...(vectors.size > 0 && { vectors }) };
}

export function buffersOf(batch: Batch): ArrayBuffer[] {
  const buffers = new Set<ArrayBufferLike>();
  for (const column of batch.columns.values()) {
    buffers.add(column.type === 'string' ? column.codes.buffer : column.values.buffer);
    if (column.type !== 'string' && column.status !== null) buffers.add(column.status.buffer);
  }
  for (const { values, status } of batch.vectors?.values() ?? []) {
    buffers.add(values.buffer);
    if (status !== null) buffers.add(status.buffer);
  }
  return [...buffers] as ArrayBuffer[];
}

function owned<T extends Float32Array | Float64Array | Int32Array | Uint8Array>(view: T): T {
  return view.byteLength === view.buffer.byteLength ? view : (view.slice() as T);
}
