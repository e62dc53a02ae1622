// SPDX-License-Identifier: Apache-2.0
import { rowsOf } from '../../rows.js';

/** Σ rᵀr: p × p. */
export function crossProducts(rows: Float32Array, p: number): Float64Array {
  const n = rowsOf(rows, p);
  const sums = new Float64Array(p * p);
  for (let r = 0; r < n; r++) {
    const row = rows.subarray(r * p, (r + 1) * p);
    for (let i = 0; i < p; i++) {
      const value = row[i]!;
      for (let j = i; j < p; j++) sums[i * p + j]! += value * row[j]!;
    }
  }
  for (let i = 0; i < p; i++) for (let j = 0; j < i; j++) sums[i * p + j] = sums[j * p + i]!;
  return sums;
}
