// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../../../errors.js';
import { implicitQl } from './implicit-ql.js';
import { tridiagonalise } from './tridiagonal.js';

export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues, descending, and unit eigenvectors as rows; the largest component of each is positive. Throws EngineError
 * when the matrix holds a value that is not finite.
 */
export function eigen(matrix: Float64Array, p: number): Eigen {
  const { scaled, scale } = scaledToOne(matrix, p);
  const { diagonal, beside } = tridiagonalise(scaled, p);
  implicitQl(diagonal, beside, (first, cosines, sines, count) => {
    for (let i = first + count - 1; i >= first; i--) {
      const c = cosines[i - first]!;
      const s = sines[i - first]!;
      for (let j = i * p; j < (i + 1) * p; j++) {
        const [upper, lower] = [scaled[j]!, scaled[j + p]!];
        scaled[j] = c * upper - s * lower;
        scaled[j + p] = s * upper + c * lower;
      }
    }
  });
  return sorted(diagonal, scaled, scale);
}

/** A copy whose largest value is 1, so that squares neither overflow nor vanish. */
export function scaledToOne(
  matrix: Float64Array,
  p: number,
): { readonly scaled: Float64Array; readonly scale: number } {
  if (matrix.length !== p * p) {
    throw new DriftglassError('SchemaError', `${matrix.length} values are not a ${p} × ${p} matrix`);
  }
  let scale = 0;
  // Loops by index: iterators and callbacks cost several times as much.
  for (let i = 0; i < matrix.length; i++) {
    const size = Math.abs(matrix[i]!);
    if (!(size < Number.POSITIVE_INFINITY)) {
      throw new DriftglassError('EngineError', `a matrix with ${matrix[i]} in it has no eigenvalues`);
    }
    if (size > scale) scale = size;
  }
  const scaled = matrix.slice();
  if (scale > 0) for (let i = 0; i < scaled.length; i++) scaled[i]! /= scale;
  return { scaled, scale };
}

/** Rows of `basis` in the order of their values, descending, turned so that the largest component is positive. */
export function sorted(diagonal: Float64Array, basis: Float64Array, scale: number): Eigen {
  const p = diagonal.length;
  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[j]! - diagonal[i]!);
  const values = new Float64Array(p);
  const vectors = new Float64Array(p * p);
  order.forEach((from, to) => {
    values[to] = diagonal[from]! * scale;
    const row = basis.subarray(from * p, (from + 1) * p);
    let largest = 0;
    for (const value of row) if (Math.abs(value) > Math.abs(largest)) largest = value;
    for (let j = 0; j < p; j++) vectors[to * p + j] = largest < 0 ? -row[j]! : row[j]!;
  });
  return { values, vectors };
}
