// SPDX-License-Identifier: Apache-2.0
import { rowsOf } from '../../rows.js';

/** ‖a_i − b_j‖²: n × m. */
export function squaredDistances(a: Float32Array, b: Float32Array, d: number): Float32Array {
  const n = rowsOf(a, d);
  const m = rowsOf(b, d);
  const distances = new Float32Array(n * m);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) distances[i * m + j] = squaredDistance(a, i, b, j, d);
  }
  return distances;
}

/** ‖a_i − b_j‖². */
export function squaredDistance(a: Float32Array, i: number, b: Float32Array, j: number, d: number): number {
  let sum = 0;
  for (let l = 0; l < d; l++) {
    const difference = a[i * d + l]! - b[j * d + l]!;
    sum += difference * difference;
  }
  return sum;
}
