// SPDX-License-Identifier: Apache-2.0
/**
 * Ranks of a block of rows: i16 from −127 to 127, column after column, `stride` bytes apart. Sums of products of at most
 * 2^16 rows stay within i32: 2 · 127² · 2^16 / 8 < 2^31 a lane.
 */

/** Stands for a value that has no rank. */
const NONE: i16 = i16.MIN_VALUE;

/**
 * Clears every rank of rows in which a column has none, and of the rows from n up to a multiple of 8. The column behind
 * the last becomes 1 for rows that are left, 0 elsewhere.
 */
export function complete(ranks: usize, columns: usize, stride: usize, n: usize): void {
  const none = i16x8.splat(NONE);
  const lanes = i16x8(0, 1, 2, 3, 4, 5, 6, 7);
  const ones = ranks + columns * stride;
  for (let row: usize = 0; row < n; row += 8) {
    const at = row << 1;
    let lacking = i16x8.ge_s(lanes, i16x8.splat(<i16>min<usize>(n - row, 8)));
    for (let p = ranks + at; p < ones; p += stride) lacking = v128.or(lacking, i16x8.eq(v128.load(p), none));
    if (v128.any_true(lacking)) {
      for (let p = ranks + at; p < ones; p += stride) v128.store(p, v128.andnot(v128.load(p), lacking));
    }
    v128.store(ones + at, v128.andnot(i16x8.splat(1), lacking));
  }
}

/**
 * Adds Σ r_i r_j of n rows to the f64 at `out`, `columns` a row, for the pairs i ≤ j and some others. The number of
 * columns is a multiple of 3; ranks are there up to a multiple of 8 rows.
 */
export function products(ranks: usize, columns: usize, stride: usize, n: usize, out: usize): void {
  const step: usize = 3 * stride;
  const length = ((n + 7) >> 3) << 4;
  const end = ranks + columns * stride;
  let row = out;
  for (let a = ranks; a < end; a += step) {
    let cell = row + ((a - ranks) / stride << 3);
    for (let b = a; b < end; b += step) {
      tile(a, b, stride, length, cell, columns << 3);
      cell += 24;
    }
    row += 3 * (columns << 3);
  }
}

/** Three columns by three: nine sums, and the six columns pass once. */
// @ts-ignore: decorator
@inline
function tile(a: usize, b: usize, stride: usize, length: usize, out: usize, line: usize): void {
  const stride2 = stride << 1;
  let s00 = i32x4.splat(0);
  let s01 = s00;
  let s02 = s00;
  let s10 = s00;
  let s11 = s00;
  let s12 = s00;
  let s20 = s00;
  let s21 = s00;
  let s22 = s00;
  for (const to = a + length; a < to; a += 16, b += 16) {
    const a0 = v128.load(a);
    const a1 = v128.load(a + stride);
    const a2 = v128.load(a + stride2);
    const b0 = v128.load(b);
    s00 = i32x4.add(s00, i32x4.dot_i16x8_s(a0, b0));
    s10 = i32x4.add(s10, i32x4.dot_i16x8_s(a1, b0));
    s20 = i32x4.add(s20, i32x4.dot_i16x8_s(a2, b0));
    const b1 = v128.load(b + stride);
    s01 = i32x4.add(s01, i32x4.dot_i16x8_s(a0, b1));
    s11 = i32x4.add(s11, i32x4.dot_i16x8_s(a1, b1));
    s21 = i32x4.add(s21, i32x4.dot_i16x8_s(a2, b1));
    const b2 = v128.load(b + stride2);
    s02 = i32x4.add(s02, i32x4.dot_i16x8_s(a0, b2));
    s12 = i32x4.add(s12, i32x4.dot_i16x8_s(a1, b2));
    s22 = i32x4.add(s22, i32x4.dot_i16x8_s(a2, b2));
  }
  addThree(out, s00, s01, s02);
  addThree(out + line, s10, s11, s12);
  addThree(out + 2 * line, s20, s21, s22);
}

// @ts-ignore: decorator
@inline
function addThree(out: usize, x: v128, y: v128, z: v128): void {
  // [x0+x2 x1+x3 y0+y2 y1+y3] → [Σx Σy]
  const xy = i32x4.add(v128.shuffle<i32>(x, y, 0, 1, 4, 5), v128.shuffle<i32>(x, y, 2, 3, 6, 7));
  const both = i32x4.add(xy, v128.shuffle<i32>(xy, xy, 1, 0, 3, 2));
  const pair = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(both, both, 0, 2, 0, 2));
  v128.store(out, f64x2.add(v128.load(out), pair));
  const half = i32x4.add(z, v128.shuffle<i32>(z, z, 2, 3, 0, 1));
  const last = i32x4.extract_lane(half, 0) + i32x4.extract_lane(half, 1);
  store<f64>(out, load<f64>(out, 16) + <f64>last, 16);
}
