// SPDX-License-Identifier: Apache-2.0
/** Sums over the rows of a matrix that `gemm` left. */
import { promoteHigh } from '../lanes';

/** For each of `count` columns (a multiple of 4) of n rows: Σu into `sums`, Σu² into `squares`, both f64 and added to. */
export function columnMoments_f32(matrix: usize, n: usize, stride: usize, count: usize, sums: usize, squares: usize): void {
  const bytes = stride << 2;
  for (let j: usize = 0; j < count; j += 4) {
    const s = sums + (j << 3);
    const q = squares + (j << 3);
    let s0 = v128.load(s);
    let s1 = v128.load(s, 16);
    let q0 = v128.load(q);
    let q1 = v128.load(q, 16);
    let p = matrix + (j << 2);
    for (let r: usize = 0; r < n; r++) {
      const v = v128.load(p);
      const a = f64x2.promote_low_f32x4(v);
      const b = promoteHigh(v);
      s0 = f64x2.add(s0, a);
      s1 = f64x2.add(s1, b);
      q0 = f64x2.add(q0, f64x2.mul(a, a));
      q1 = f64x2.add(q1, f64x2.mul(b, b));
      p += bytes;
    }
    v128.store(s, s0);
    v128.store(s, s1, 16);
    v128.store(q, q0);
    v128.store(q, q1, 16);
  }
}

/**
 * Counts column values by bin: the bin of u is the number of cuts ≤ u. `cuts` holds 2^steps − 1 of them, filled up with
 * +Infinity; `counts` u32 are added to.
 */
export function columnBins_f32(column: usize, n: usize, stride: usize, cuts: usize, steps: u32, counts: usize): void {
  const bytes = stride << 2;
  for (let r: usize = 0; r < n; r++, column += bytes) {
    const value = load<f32>(column);
    let at = cuts;
    for (let half: usize = (<usize>1 << steps) << 1; half >= 4; half >>= 1) {
      at += half & (0 - <usize>(value >= load<f32>(at + half - 4)));
    }
    const slot = counts + (at - cuts);
    store<u32>(slot, load<u32>(slot) + 1);
  }
}
