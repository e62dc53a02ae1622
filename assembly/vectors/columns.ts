// SPDX-License-Identifier: Apache-2.0
/** Sums over the rows of a matrix that `gemm` left. */
import { promoteHigh } from '../lanes';
import { accumulate } from './lanes';

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

/** Σ over `depth` rows of columns in groups of 8 (`packColumns_f32`): 8·groups f64 at `sums` are added to. */
export function packedSums_f32(panels: usize, stride: usize, depth: usize, groups: usize, sums: usize): void {
  for (let to = sums; to < sums + (groups << 6); to += 64, panels += stride) {
    const end = panels + (depth << 5);
    let p = panels;
    while (p < end) {
      // 16 rows in f32: many of one sign would lose digits.
      const stop = min(end, p + 512);
      let low = f32x4.splat(0);
      let high = low;
      for (; p < stop; p += 32) {
        low = f32x4.add(low, v128.load(p));
        high = f32x4.add(high, v128.load(p, 16));
      }
      accumulate(to, low);
      accumulate(to + 32, high);
    }
  }
}

/**
 * Σ over n rows of matrix[row][column] · panel[row][column]: 8·groups f64 at `sums` are added to. The matrix has `stride` floats a row, the panels
 * 8 a row and `step` bytes a group.
 */
export function columnDots_f32(matrix: usize, stride: usize, panels: usize, step: usize, n: usize, groups: usize, sums: usize): void {
  const bytes = stride << 2;
  for (let column: usize = 0; column < groups << 1; column++) {
    const panel = panels + (column >> 1) * step + ((column & 1) << 4);
    const from = matrix + (column << 4);
    const to = sums + (column << 5);
    let low = v128.load(to);
    let high = v128.load(to, 16);
    for (let r: usize = 0; r < n; r++) {
      const a = v128.load(from + r * bytes);
      const b = v128.load(panel + (r << 5));
      low = f64x2.add(low, f64x2.mul(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(b)));
      high = f64x2.add(high, f64x2.mul(promoteHigh(a), promoteHigh(b)));
    }
    v128.store(to, low);
    v128.store(to, high, 16);
  }
}
