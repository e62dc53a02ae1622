// SPDX-License-Identifier: Apache-2.0

import { randomStream } from '../../kernels/random-stream.js';
import type { LinearKernels } from '../../kernels/vectors.js';
import { transposed } from './rows.js';
import { shrunkVariances } from './shrinkage.js';

export interface Components {
  /** Unit principal directions, k × d, row-major. */
  readonly directions: Float64Array;
  /** Variances that fresh rows are expected to have along them, descending. */
  readonly variances: Float64Array;
}

/** Beyond this order an eigendecomposition takes seconds; principal directions then come from a random subspace. */
const LARGEST_EIGEN = 1_024;

export interface ComponentOptions {
  /** Directions at most. */
  readonly k: number;
  readonly linear: LinearKernels;
  readonly seed: number;
  /** Order of the largest eigendecomposition. */
  readonly largest?: number;
}

/** Directions with less variance than this share of the first's are rounding. */
const LEAST_SHARE = 1e-6;

/**
 * At most k principal directions of centred rows (n × d). From the covariance, from the rows' products where there are
 * fewer rows than columns, and where both are large from the covariance inside a subspace that two rounds of block power
 * iteration turned towards the leading directions (Halko, Martinsson & Tropp 2011).
 */
export function principalComponents(
  rows: Float32Array,
  d: number,
  { k, linear, seed, largest = LARGEST_EIGEN }: ComponentOptions,
): Components {
  const n = rows.length / d;
  if (n < 2 || k < 1) return { directions: new Float64Array(0), variances: new Float64Array(0) };
  if (d <= Math.min(largest, 2 * n)) return fromCovariance(rows, d, k, linear);
  if (n <= largest) return fromProducts(rows, d, k, linear);
  return fromSubspace(rows, d, { k, linear, seed, largest });
}

function fromCovariance(rows: Float32Array, d: number, k: number, linear: LinearKernels): Components {
  const n = rows.length / d;
  const covariance = linear.crossProducts(rows, d);
  for (let i = 0; i < covariance.length; i++) covariance[i]! /= n - 1;
  const { values, vectors } = linear.eigen(covariance, d);
  const kept = keptOf(values, Math.min(k, n - 1));
  return { directions: vectors.slice(0, kept * d), variances: expected(values, { n, d }).slice(0, kept) };
}

/** X = Σ s·a·vᵀ, so the directions v are the rows of XᵀA over their lengths. */
function fromProducts(rows: Float32Array, d: number, k: number, linear: LinearKernels): Components {
  const n = rows.length / d;
  const products = Float64Array.from(linear.multiply(rows, rows, d));
  const { values, vectors } = linear.eigen(symmetric(products, n), n);
  const kept = keptOf(values, Math.min(k, n - 1));
  const mixed = linear.multiply(Float32Array.from(vectors.subarray(0, kept * n)), transposed(rows, d), n);
  const eigenvalues = values.map((value) => value / (n - 1));
  return { directions: unitRows(mixed, d), variances: expected(eigenvalues, { n, d }).slice(0, kept) };
}

/** Shrunk, of all eigenvalues that are not zero by rank or rounding. */
function expected(values: Float64Array, { n, d }: { n: number; d: number }): Float64Array {
  return shrunkVariances(values.slice(0, keptOf(values, Math.min(n - 1, d))), { n, d });
}

function fromSubspace(
  rows: Float32Array,
  d: number,
  { k, linear, seed, largest }: Required<ComponentOptions>,
): Components {
  const n = rows.length / d;
  const size = Math.min(d, n - 1, largest, k + 32);
  const { normal } = randomStream(seed);
  const columns = transposed(rows, d);
  let basis: Float32Array = Float32Array.from({ length: size * d }, normal);
  for (let round = 0; round < 2; round++) {
    basis = orthonormal(basis, d, linear);
    // (X·bᵀ)ᵀ·X for each row b of the basis.
    basis = linear.multiply(linear.multiply(basis, rows, d), columns, n);
  }
  basis = orthonormal(basis, d, linear);
  const held = basis.length / d;
  const inside = linear.crossProducts(linear.multiply(rows, basis, d), held);
  const { values, vectors } = linear.eigen(inside, held);
  const kept = keptOf(values, k);
  const mixed = linear.multiply(
    Float32Array.from(vectors.subarray(0, kept * held)),
    transposed(basis, d),
    held,
  );
  return { directions: unitRows(mixed, d), variances: values.slice(0, kept).map((value) => value / (n - 1)) };
}

/** Rows of equal span, orthonormal: twice by the Cholesky factor of their products, for f32. */
function orthonormal(basis: Float32Array, d: number, linear: LinearKernels): Float32Array {
  let rows = basis;
  for (let round = 0; round < 2; round++) {
    const size = rows.length / d;
    const products = symmetric(Float64Array.from(linear.multiply(rows, rows, d)), size);
    const scale = products.reduce((most, value) => Math.max(most, value), 0);
    for (let i = 0; i < size; i++) products[i * size + i]! += scale * 1e-7;
    const lower = linear.cholesky(products, size);
    if (lower === null) return rows;
    // L⁻¹ of the columns' transposes, one column of the basis a row.
    const solved = linear.solveLower(lower, size, Float64Array.from(transposed(rows, d)));
    rows = transposed(Float32Array.from(solved), size);
  }
  return rows;
}

function keptOf(values: Float64Array, most: number): number {
  let kept = 0;
  while (
    kept < Math.min(most, values.length) &&
    values[kept]! > values[0]! * LEAST_SHARE &&
    values[kept]! > 0
  )
    kept++;
  return kept;
}

function symmetric(matrix: Float64Array, p: number): Float64Array {
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < i; j++) {
      const mean = (matrix[i * p + j]! + matrix[j * p + i]!) / 2;
      matrix[i * p + j] = mean;
      matrix[j * p + i] = mean;
    }
  }
  return matrix;
}

function unitRows(rows: Float32Array, d: number): Float64Array {
  const unit = Float64Array.from(rows);
  for (let i = 0; i < unit.length; i += d) {
    let sum = 0;
    for (let j = i; j < i + d; j++) sum += unit[j]! ** 2;
    const length = Math.sqrt(sum);
    if (length > 0) for (let j = i; j < i + d; j++) unit[j]! /= length;
  }
  return unit;
}
