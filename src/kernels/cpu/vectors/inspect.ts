// SPDX-License-Identifier: Apache-2.0
/** What a row is besides its values. */
export interface RowFacts {
  /** ‖x‖; NaN when a value is not finite. */
  readonly norm: number;
  readonly zero: boolean;
  /** One value repeated, not zero, in more than one dimension. */
  readonly constant: boolean;
}

/** Squares of f32 sum in f64 without overflow. */
export function inspectRow(row: Float32Array): RowFacts {
  let squares = 0;
  let same = true;
  for (const value of row) {
    if (!Number.isFinite(value)) return { norm: Number.NaN, zero: false, constant: false };
    squares += value * value;
    if (value !== row[0]!) same = false;
  }
  const zero = same && row[0] === 0;
  return { norm: Math.sqrt(squares), zero, constant: same && !zero && row.length > 1 };
}
