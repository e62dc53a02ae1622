// SPDX-License-Identifier: Apache-2.0
import { rowsOf } from '../../rows.js';

/** x with L·x = b for each row b of an n × p matrix, by forward substitution. */
export function solveLower(lower: Float64Array, p: number, b: Float64Array): Float64Array {
  const n = rowsOf(b, p);
  const solved = b.slice();
  for (let r = 0; r < n; r++) {
    const x = solved.subarray(r * p, (r + 1) * p);
    for (let i = 0; i < p; i++) {
      let sum = x[i]!;
      for (let l = 0; l < i; l++) sum -= lower[i * p + l]! * x[l]!;
      x[i] = sum / lower[i * p + i]!;
    }
  }
  return solved;
}
