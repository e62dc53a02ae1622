// SPDX-License-Identifier: Apache-2.0
/** What a column stores. `boolean` holds 0 and 1, `time` holds milliseconds since 1970 UTC. */
export type ColumnType = 'number' | 'boolean' | 'time' | 'string';

/** Row states of a numeric column. */
export const PRESENT = 0;
export const NULL = 1;
/** The source held something that is not of the column's type ("n/a" among numbers). */
export const UNPARSABLE = 2;

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

export const NULL_CODE = -1;
