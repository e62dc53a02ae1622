// SPDX-License-Identifier: Apache-2.0
/**
 * Products of packed panels: c (4·aGroups × 8·bGroups, `stride` floats a row) = or += a · bᵀ, over `depth` columns. Tiles of 4 × 8 stay in
 * eight vector registers; a panel of b (8 × depth) stays in the first-level cache while the rows pass.
 */
import { accumulate, fma4 } from './lanes';

export function gemm_f32(a: usize, aGroups: usize, b: usize, bGroups: usize, depth: usize, c: usize, stride: usize, add: u32): void {
  const bytes = stride << 2;
  for (let j: usize = 0; j < bGroups; j++) {
    const panel = b + j * (depth << 5);
    for (let i: usize = 0; i < aGroups; i++) {
      tile(a + i * (depth << 4), 16, panel, depth, c + i * 4 * bytes + (j << 5), bytes, add);
    }
  }
}

/**
 * out (f64) += pᵀ · p, for `depth` rows p at `panels`: columns in groups of 8, `stride` bytes a group. Of the symmetric result the tiles of 4 rows
 * and 8 columns that reach the diagonal or lie above it, one behind the other: of column group g those of rows 0 … 8g + 7. `scratch`: 128
 * bytes.
 */
export function syrk_f32(panels: usize, stride: usize, depth: usize, groups: usize, out: usize, scratch: usize): void {
  for (let column: usize = 0; column < groups; column++) {
    const panel = panels + column * stride;
    for (let row: usize = 0; row <= 2 * column + 1; row++) {
      tile(panels + (row >> 1) * stride + ((row & 1) << 4), 32, panel, depth, scratch, 32, 0);
      for (let from = scratch; from < scratch + 128; from += 16, out += 32) accumulate(out, v128.load(from));
    }
  }
}

/** 4 × 8 of a · bᵀ; `step` bytes from one column of a to the next. */
// @ts-ignore: decorator
@inline
function tile(a: usize, step: usize, b: usize, depth: usize, c: usize, bytes: usize, add: u32): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const end = b + (depth << 5);
  for (; b < end; a += step, b += 32) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let s = v128.load32_splat(a);
    c00 = fma4(s, b0, c00);
    c01 = fma4(s, b1, c01);
    s = v128.load32_splat(a, 4);
    c10 = fma4(s, b0, c10);
    c11 = fma4(s, b1, c11);
    s = v128.load32_splat(a, 8);
    c20 = fma4(s, b0, c20);
    c21 = fma4(s, b1, c21);
    s = v128.load32_splat(a, 12);
    c30 = fma4(s, b0, c30);
    c31 = fma4(s, b1, c31);
  }
  put(c, c00, c01, add);
  put(c + bytes, c10, c11, add);
  put(c + 2 * bytes, c20, c21, add);
  put(c + 3 * bytes, c30, c31, add);
}

// @ts-ignore: decorator
@inline
function put(c: usize, low: v128, high: v128, add: u32): void {
  if (add) {
    low = f32x4.add(low, v128.load(c));
    high = f32x4.add(high, v128.load(c, 16));
  }
  v128.store(c, low);
  v128.store(c, high, 16);
}
