// SPDX-License-Identifier: Apache-2.0
import { NULL, type NumberColumn, UNPARSABLE } from '../columns/column.js';
import type { PartCounts } from './parts.js';

/** a[i] + b[i]. Plain loops: `map` with a closure costs ten times as much. */
export function sumArrays(a: Float64Array, b: Float64Array): Float64Array {
  const sum = new Float64Array(a.length);
  for (let i = 0; i < sum.length; i++) sum[i] = a[i]! + b[i]!;
  return sum;
}

/** a[i] − b[i]. */
export function differenceOf(a: Float64Array, b: Float64Array): Float64Array {
  const difference = new Float64Array(a.length);
  for (let i = 0; i < difference.length; i++) difference[i] = a[i]! - b[i]!;
  return difference;
}

/** The sum of all. */
export function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

/** Adds b to a in place. */
export function accumulate(a: Float64Array, b: ArrayLike<number>): void {
  for (let i = 0; i < a.length; i++) a[i]! += b[i]!;
}

/** Row counts of both together (sign +1) or of a without b (sign −1). */
export function combineCounts(a: PartCounts, b: PartCounts, sign: 1 | -1): PartCounts {
  return {
    rows: a.rows + sign * b.rows,
    missing: a.missing + sign * b.missing,
    unparsable: a.unparsable + sign * b.unparsable,
  };
}

/** Counts the rows of a column that hold no value; a column that is not there is missing on every row. */
export function countAbsent(part: PartCounts, column: NumberColumn | undefined, rows: number): number {
  part.rows += rows;
  if (!column) {
    part.missing += rows;
    return rows;
  }
  const { status } = column;
  if (!status) return 0;
  let missing = 0;
  let unparsable = 0;
  for (let i = 0; i < rows; i++) {
    if (status[i] === NULL) missing++;
    else if (status[i] === UNPARSABLE) unparsable++;
  }
  part.missing += missing;
  part.unparsable += unparsable;
  return missing + unparsable;
}
