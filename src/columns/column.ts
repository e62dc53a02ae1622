// SPDX-License-Identifier: Apache-2.0
/** What a column of one value a row stores. `boolean` holds 0 and 1, `time` holds milliseconds since 1970 UTC. */
export type ScalarType = 'number' | 'boolean' | 'time' | 'string';

/** `vector`: a row of numbers of one length, such as an embedding. */
export type ColumnType = ScalarType | 'vector';

/** Row states of a numeric column. */
export const PRESENT = 0;
export const NULL = 1;
/** The source held something that is not of the column's type ("n/a" among numbers). */
export const UNPARSABLE = 2;
/** The row of a vector column has another length than the column. */
export const RAGGED = 3;

/**
 * Numbers, booleans or times. A slot that is not PRESENT holds NaN, so kernels need no mask: a kernel counts NaN,
 * and the rows that `status` marks are taken off to leave the true NaN values.
 */
export interface NumberColumn {
  readonly type: 'number' | 'boolean' | 'time';
  readonly values: Float32Array | Float64Array;
  /** One byte a row (PRESENT, NULL, UNPARSABLE); `null` when every row is present. */
  readonly status: Uint8Array | null;
}

/** Strings as codes into a dictionary of distinct values. Code −1 is null. Order of the dictionary means nothing. */
export interface StringColumn {
  readonly type: 'string';
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

export type Column = NumberColumn | StringColumn;

/**
 * Rows of `dimension` numbers. f64 sources are narrowed to f32, f16 and integers widened. A row that is not PRESENT holds
 * NaN throughout; a value that was null inside a row is NaN.
 */
export interface VectorColumn {
  readonly type: 'vector';
  readonly dimension: number;
  /** rows × dimension, row-major. */
  readonly values: Float32Array;
  /** One byte a row (PRESENT, NULL, UNPARSABLE, RAGGED); `null` when every row is present. */
  readonly status: Uint8Array | null;
}

export const NULL_CODE = -1;
