// SPDX-License-Identifier: Apache-2.0
/** Row-major rows of equal length, as plain arrays. */

/** The rows at `indices`, in that order. */
export function rowsAt(rows: Float32Array, d: number, indices: ArrayLike<number>): Float32Array {
  const taken = new Float32Array(indices.length * d);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]! * d;
    taken.set(rows.subarray(from, from + d), i * d);
  }
  return taken;
}

/** Indices of the rows without a NaN or an infinity. */
export function finiteRows(rows: Float32Array, d: number): Uint32Array {
  const n = Math.floor(rows.length / d);
  const indices = new Uint32Array(n);
  let count = 0;
  for (let i = 0; i < n; i++) {
    let finite = true;
    for (let j = i * d; finite && j < (i + 1) * d; j++) finite = Number.isFinite(rows[j]!);
    if (finite) indices[count++] = i;
  }
  return indices.subarray(0, count);
}

/** Mean of each column, summed in f64. Zeros without a row. */
export function columnMeans(rows: ArrayLike<number>, d: number): Float64Array {
  const means = new Float64Array(d);
  const n = rows.length / d;
  for (let i = 0; i < rows.length; i += d) for (let j = 0; j < d; j++) means[j]! += rows[i + j]!;
  if (n > 0) for (let j = 0; j < d; j++) means[j]! /= n;
  return means;
}

/** Fresh rows, less `center`. */
export function without(rows: Float32Array, center: ArrayLike<number>): Float32Array {
  const d = center.length;
  const moved = new Float32Array(rows.length);
  for (let i = 0; i < rows.length; i += d)
    for (let j = 0; j < d; j++) moved[i + j] = rows[i + j]! - center[j]!;
  return moved;
}

/** Euclidean length of each row, in f64. */
export function rowNorms(rows: Float32Array, d: number): Float64Array {
  const norms = new Float64Array(rows.length / d);
  for (let i = 0; i < norms.length; i++) {
    let sum = 0;
    for (let j = i * d; j < (i + 1) * d; j++) sum += rows[j]! * rows[j]!;
    norms[i] = Math.sqrt(sum);
  }
  return norms;
}

/** Columns that are turned together: of each, a line of the cache is filled before it leaves. */
const TURNED = 16;

/** n × d to d × n. */
export function transposed(rows: Float32Array, d: number): Float32Array {
  const n = rows.length / d;
  const turned = new Float32Array(rows.length);
  for (let from = 0; from < d; from += TURNED) {
    const to = Math.min(d, from + TURNED);
    for (let i = 0; i < n; i++) for (let j = from; j < to; j++) turned[j * n + i] = rows[i * d + j]!;
  }
  return turned;
}
