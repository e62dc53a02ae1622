// SPDX-License-Identifier: Apache-2.0
/** Cholesky factors and forward substitution in f64; rows of `stride` values, an even number. */
import { fma2, sumLanes } from '../lanes';

/** In place: each of n rows at `b` (n a multiple of 4) becomes x with L·x = b. */
export function solveLower_f64(lower: usize, p: usize, stride: usize, b: usize, n: usize): void {
  const bytes = stride << 3;
  for (let r: usize = 0; r < n; r += 4) {
    for (let j: usize = 0; j < p; j++) solveColumn(lower + j * bytes, j, b + r * bytes, bytes);
  }
}

/**
 * Rows i … i + 3 (i a multiple of 4, from 0 up) of L with L·Lᵀ = matrix, in place, from the lower triangle; zeros above. Returns 0 when the
 * matrix is not positive definite. What lies left of the diagonal block is a forward substitution. `p` is a multiple of 4
 * (the host fills up with the identity).
 */
export function choleskyRows_f64(matrix: usize, p: usize, stride: usize, i: usize): u32 {
  const bytes = stride << 3;
  const rows = matrix + i * bytes;
  for (let j: usize = 0; j < i; j++) solveColumn(matrix + j * bytes, j, rows, bytes);
  for (let r: usize = 0; r < 4; r++) {
    const row = rows + r * bytes;
    for (let c: usize = 0; c <= r; c++) {
      const other = rows + c * bytes;
      let sum = load<f64>(row + ((i + c) << 3)) - dot(row, other, i);
      for (let l = i; l < i + c; l++) sum -= load<f64>(row + (l << 3)) * load<f64>(other + (l << 3));
      if (c < r) sum /= load<f64>(other + ((i + c) << 3));
      else if (sum > 0 && sum < Infinity) sum = sqrt(sum);
      else return 0;
      store<f64>(row + ((i + c) << 3), sum);
    }
    for (let c = i + r + 1; c < p; c++) store<f64>(row + (c << 3), 0);
  }
  return 1;
}

/** Value j of four rows, from those left of it. */
// @ts-ignore: decorator
@inline
function solveColumn(lower: usize, j: usize, rows: usize, bytes: usize): void {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  const whole = (j & ~1) << 3;
  const r1 = rows + bytes;
  const r2 = r1 + bytes;
  const r3 = r2 + bytes;
  for (let l: usize = 0; l < whole; l += 16) {
    const v = v128.load(lower + l);
    s0 = fma2(v, v128.load(rows + l), s0);
    s1 = fma2(v, v128.load(r1 + l), s1);
    s2 = fma2(v, v128.load(r2 + l), s2);
    s3 = fma2(v, v128.load(r3 + l), s3);
  }
  const diagonal = load<f64>(lower + (j << 3));
  finish(lower, rows, j, whole, s0, diagonal);
  finish(lower, r1, j, whole, s1, diagonal);
  finish(lower, r2, j, whole, s2, diagonal);
  finish(lower, r3, j, whole, s3, diagonal);
}

// @ts-ignore: decorator
@inline
function finish(lower: usize, row: usize, j: usize, whole: usize, pair: v128, diagonal: f64): void {
  let sum = sumLanes(pair);
  if (j & 1) sum += load<f64>(lower + whole) * load<f64>(row + whole);
  const at = row + (j << 3);
  store<f64>(at, (load<f64>(at) - sum) / diagonal);
}

/** Over the first `count` values, an even number. */
// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize, count: usize): f64 {
  let sum = f64x2.splat(0);
  for (let l: usize = 0; l < count << 3; l += 16) sum = fma2(v128.load(a + l), v128.load(b + l), sum);
  return sumLanes(sum);
}
