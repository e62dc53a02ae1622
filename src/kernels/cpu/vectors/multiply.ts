// SPDX-License-Identifier: Apache-2.0
import { rowsOf } from '../../rows.js';

/** a (n × d) · bᵀ (k × d): n × k. */
export function multiply(a: Float32Array, b: Float32Array, d: number): Float32Array {
  const n = rowsOf(a, d);
  const k = rowsOf(b, d);
  const product = new Float32Array(n * k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      let sum = 0;
      for (let l = 0; l < d; l++) sum += a[i * d + l]! * b[j * d + l]!;
      product[i * k + j] = sum;
    }
  }
  return product;
}
