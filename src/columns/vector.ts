// SPDX-License-Identifier: Apache-2.0
import { NULL, type VectorColumn } from './column.js';

/** Numbers of a vector beyond which a column is refused: a row of it would cost more than it can tell. */
export const MAX_DIMENSION = 16_384;

/** Whether a matrix is read as vectors or as one number column each; by default its width decides (`LEAST_GROUP`). */
export type VectorChoice = 'group' | 'columns';

/** A matrix without a word on what it holds is taken for vectors from so many columns on. */
export const LEAST_GROUP = 8;

/** Numbers in a batch of vectors: 4 MiB of f32, so that memory stays bounded and progress shows. */
const BATCH_NUMBERS = 2 ** 20;
const BATCH_ROWS = 65_536;

/** Rows that a batch of vectors of `dimension` numbers in all holds; at least 1, at most 65,536. */
export function vectorBatchRows(dimension: number): number {
  return Math.max(1, Math.min(BATCH_ROWS, Math.floor(BATCH_NUMBERS / Math.max(1, dimension))));
}

/** A vector column without a value in any row. */
export function nullVectors(dimension: number, rows: number): VectorColumn {
  return {
    type: 'vector',
    dimension,
    values: new Float32Array(rows * dimension).fill(Number.NaN),
    status: new Uint8Array(rows).fill(NULL),
  };
}

/** Writes NaN over every row that `status` marks, as the contract of vector columns asks. */
export function blankMarked(values: Float32Array, dimension: number, status: Uint8Array): void {
  for (let row = 0; row < status.length; row++)
    if (status[row] !== 0) values.fill(Number.NaN, row * dimension, (row + 1) * dimension);
}
