// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../batch.js';
import { NULL, PRESENT, type VectorColumn } from '../column.js';
import { concatVectors } from '../concat-columns.js';

/** A vector column from rows as lists; `null` is a null row, and a row that should be another state can be given as that number. */
export function vectorsOf(
  dimension: number,
  rows: readonly (readonly number[] | number | null)[],
): VectorColumn {
  const values = new Float32Array(rows.length * dimension).fill(Number.NaN);
  const status = new Uint8Array(rows.length);
  rows.forEach((row, i) => {
    status[i] = row === null ? NULL : typeof row === 'number' ? row : PRESENT;
    if (Array.isArray(row)) values.set(row, i * dimension);
  });
  return { type: 'vector', dimension, values, status: status.some((state) => state !== 0) ? status : null };
}

/** Rows of a vector column as lists: null where a row is not PRESENT. */
export function listVectors({ dimension, values, status }: VectorColumn): (number[] | null)[] {
  return Array.from({ length: values.length / dimension }, (_, row) =>
    status?.[row] ? null : [...values.subarray(row * dimension, (row + 1) * dimension)],
  );
}

/** A batch of one vector column. */
export function embeddingBatch(column: VectorColumn, name = 'embedding'): Batch {
  return {
    rows: column.values.length / column.dimension,
    columns: new Map(),
    vectors: new Map([[name, column]]),
  };
}

/** All rows of one vector column of whatever gives batches. Throws where a batch contradicts itself. */
export async function readVectorColumn(batches: AsyncIterable<Batch>, name: string): Promise<VectorColumn> {
  const parts: VectorColumn[] = [];
  for await (const batch of batches) {
    const column = batch.vectors?.get(name);
    if (column === undefined) throw new Error(`a batch without vectors ${name}`);
    const { dimension, values, status } = column;
    if (values.length !== batch.rows * dimension || (status && status.length !== batch.rows))
      throw new Error(`${name}: ${values.length} numbers in a batch of ${batch.rows} × ${dimension}`);
    status?.forEach((state, row) => {
      const numbers = values.subarray(row * dimension, (row + 1) * dimension);
      if (state !== PRESENT && !numbers.every(Number.isNaN))
        throw new Error(`${name}: row ${row} is marked ${state} but holds numbers`);
    });
    parts.push(column);
  }
  return concatVectors(parts);
}
