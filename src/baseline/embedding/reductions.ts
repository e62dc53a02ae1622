// SPDX-License-Identifier: Apache-2.0
/**
 * Ways to fewer dimensions before a test, as compared in "Failing Loudly" (Rabanser, Günnemann & Lipton 2019): none, PCA,
 * sparse random projection, a map of the user's own (an encoder, a classifier's softmax) and named projections.
 */
import { DriftglassError } from '../../errors.js';
import { randomStream } from '../../kernels/random-stream.js';
import type { LinearKernels } from '../../kernels/vectors.js';
import { principalComponents } from './components.js';
import { columnMeans, finiteRows, rowsAt, without } from './rows.js';

/** A number of one row: 'norm', 'mean' (of pixels), 'deviation', 'nonZero' (share of values), or a function of your own. */
export type Projection = 'norm' | 'mean' | 'deviation' | 'nonZero' | ((row: Float32Array) => number);

export type Reduction =
  | { readonly kind: 'none' }
  | { readonly kind: 'pca'; readonly components: number }
  | { readonly kind: 'sparse'; readonly components: number; readonly seed?: number }
  /** k × d, row-major; `offset` (d) is taken off each row first. */
  | { readonly kind: 'matrix'; readonly matrix: Float32Array; readonly offset?: Float32Array }
  /** Any function of rows (n × d) to rows (n × dimension). */
  | {
      readonly kind: 'map';
      readonly name: string;
      readonly dimension: number;
      readonly apply: (rows: Float32Array) => Float32Array;
    }
  | { readonly kind: 'projections'; readonly projections: Readonly<Record<string, Projection>> };

export interface FittedReduction {
  /** "32 principal components", "norm, length". */
  readonly name: string;
  /** Values of a row after it. */
  readonly dimension: number;
  /** n × d rows to n × dimension. */
  apply(rows: Float32Array): Float32Array;
}

/**
 * Makes a reduction ready; only PCA looks at the sample (n × d, finite rows are used). Throws SettingsError for a reduction
 * that does not fit rows of d values.
 */
export function fitReduction(
  sample: Float32Array,
  d: number,
  { reduction, linear }: { reduction: Reduction; linear: LinearKernels },
): FittedReduction {
  const wrong = (what: string): never => {
    throw new DriftglassError('SettingsError', `reduction of rows of ${d} values: ${what}`);
  };
  const count = (k: number) => (Number.isInteger(k) && k >= 1 ? k : wrong(`${k} is no number of components`));
  switch (reduction.kind) {
    case 'none':
      return { name: 'all values', dimension: d, apply: (rows) => rows };
    case 'pca': {
      const rows = rowsAt(sample, d, finiteRows(sample, d));
      const center = columnMeans(rows, d);
      const k = Math.min(count(reduction.components), d);
      const found = principalComponents(without(rows, center), d, { k, linear, seed: 1 });
      if (found.variances.length === 0) wrong('the sample does not vary');
      const directions = Float32Array.from(found.directions);
      const dimension = found.variances.length;
      const apply = (values: Float32Array) => linear.multiply(without(values, center), directions, d);
      return { name: `${dimension} principal components`, dimension, apply };
    }
    case 'sparse': {
      const dimension = count(reduction.components);
      const matrix = sparseMatrix(d, dimension, reduction.seed ?? 1);
      const apply = (rows: Float32Array) => linear.multiply(rows, matrix, d);
      return { name: `${dimension} sparse random projections`, dimension, apply };
    }
    case 'matrix': {
      const { matrix, offset } = reduction;
      const dimension = matrix.length / d;
      if (!Number.isInteger(dimension) || dimension < 1)
        wrong(`a matrix of ${matrix.length} values has no rows of ${d}`);
      if (offset !== undefined && offset.length !== d) wrong(`an offset of ${offset.length} values`);
      const apply = (rows: Float32Array) => linear.multiply(offset ? without(rows, offset) : rows, matrix, d);
      return { name: `matrix to ${dimension} values`, dimension, apply };
    }
    case 'map': {
      const { name, dimension } = reduction;
      const apply = (rows: Float32Array) => {
        const mapped = reduction.apply(rows);
        const expected = (rows.length / d) * dimension;
        return mapped.length === expected
          ? mapped
          : wrong(`${name} gave ${mapped.length} values, not ${expected}`);
      };
      return { name, dimension: count(dimension), apply };
    }
    case 'projections': {
      const entries = Object.entries(reduction.projections);
      if (entries.length === 0) wrong('no projection is named');
      const functions = entries.map(([, projection]) =>
        typeof projection === 'string' ? NAMED[projection] : projection,
      );
      const apply = (rows: Float32Array) => {
        const n = rows.length / d;
        const values = new Float32Array(n * functions.length);
        for (let i = 0; i < n; i++) {
          const row = rows.subarray(i * d, (i + 1) * d);
          functions.forEach((project, j) => {
            values[i * functions.length + j] = project(row);
          });
        }
        return values;
      };
      return { name: entries.map(([name]) => name).join(', '), dimension: entries.length, apply };
    }
  }
}

/**
 * Li, Hastie & Church 2006, as in scikit-learn: ±√(s/k) with chance 1/2s each, else 0, s = √d; squared lengths are kept on
 * average. k × d.
 */
function sparseMatrix(d: number, k: number, seed: number): Float32Array {
  const s = Math.sqrt(d);
  const size = Math.sqrt(s / k);
  const { uniform } = randomStream(seed);
  return Float32Array.from({ length: k * d }, () => {
    const u = uniform() * 2 * s;
    return u < 1 ? size : u < 2 ? -size : 0;
  });
}

const NAMED = {
  norm: (row: Float32Array) => Math.sqrt(meanOf(row, (x) => x * x) * row.length),
  mean: (row: Float32Array) => meanOf(row, (x) => x),
  deviation: (row: Float32Array) => {
    const mean = meanOf(row, (x) => x);
    return Math.sqrt(meanOf(row, (x) => (x - mean) ** 2));
  },
  nonZero: (row: Float32Array) => meanOf(row, (x) => (x === 0 ? 0 : 1)),
} as const;

function meanOf(row: Float32Array, of: (value: number) => number): number {
  let sum = 0;
  for (const value of row) sum += of(value);
  return sum / row.length;
}
