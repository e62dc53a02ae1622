// SPDX-License-Identifier: Apache-2.0
import { rowsOf } from '../../rows.js';
import { squaredDistance } from './squared-distances.js';

/** Σ exp(−γ‖a_i − b_j‖²) over all pairs, or over i < j of `a` when b is null. */
export function gram(a: Float32Array, b: Float32Array | null, d: number, gamma: number): number {
  const n = rowsOf(a, d);
  const m = b === null ? n : rowsOf(b, d);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = b === null ? i + 1 : 0; j < m; j++) {
      sum += Math.exp(-gamma * squaredDistance(a, i, b ?? a, j, d));
    }
  }
  return sum;
}
