// SPDX-License-Identifier: Apache-2.0
/** Lower L with L·Lᵀ = matrix, row by row from the lower triangle; null when it is not positive definite. */
export function cholesky(matrix: Float64Array, p: number): Float64Array | null {
  const lower = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * p + j]!;
      for (let l = 0; l < j; l++) sum -= lower[i * p + l]! * lower[j * p + l]!;
      if (j < i) lower[i * p + j] = sum / lower[j * p + j]!;
      else if (sum > 0 && sum < Number.POSITIVE_INFINITY) lower[i * p + i] = Math.sqrt(sum);
      else return null;
    }
  }
  return lower;
}
