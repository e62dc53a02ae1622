// SPDX-License-Identifier: Apache-2.0
/** Small sets of vectors, as rows and as NPY files, for tests of the engine and of what stands on it. */
import { npyBytes } from '../../sources/fixtures/make-npy.js';
import type { FileSpec } from '../protocol.js';
import { uniform } from './tables.js';

export interface VectorsOptions {
  readonly rows: number;
  readonly dimension: number;
  readonly seed: number;
  /** Added to the first coordinate, whose sd is about 1.4. */
  readonly shift?: number;
  /** Clusters in use, of 4. Default 4. */
  readonly clusters?: number;
}

/** Rows of a mixture of 4 clusters with spread that falls over the coordinates; row-major. */
export function vectorRows({ rows, dimension, seed, shift = 0, clusters = 4 }: VectorsOptions): Float32Array {
  const random = uniform(seed);
  const values = new Float32Array(rows * dimension);
  for (let row = 0; row < rows; row++) {
    const cluster = Math.floor(random() * clusters);
    for (let k = 0; k < dimension; k++) {
      const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
      const center = k % 4 === cluster ? 1 : 0;
      values[row * dimension + k] = center + normal / Math.sqrt(1 + k / 8) + (k === 0 ? shift : 0);
    }
  }
  return values;
}

/** The rows as an NPY file of f32. */
export function npyOf(name: string, values: Float32Array, dimension: number): FileSpec {
  const at = (row: number, k: number): number => values[row * dimension + k] ?? Number.NaN;
  const bytes = npyBytes({ descr: '<f4', shape: [values.length / dimension, dimension], at });
  return { name, buffer: bytes.buffer as ArrayBuffer };
}

export function vectorsFile(name: string, options: VectorsOptions): FileSpec {
  return npyOf(name, vectorRows(options), options.dimension);
}
