// SPDX-License-Identifier: Apache-2.0
/**
 * A tile of inner products (m × n at `tile`, `stride` floats a row, n rounded up to 4 readable) as squared distances
 * ‖a‖² + ‖b‖² − 2ab, not below 0, or as the sum of exp(−γ·distance). `a` and `b` are squared norms, f32.
 */
import { promoteHigh } from '../lanes';
import { fma4, sum4 } from './lanes';

/** In place. */
export function squaredDistances_f32(tile: usize, m: usize, n: usize, stride: usize, a: usize, b: usize): void {
  for (let i: usize = 0; i < m; i++) {
    const row = tile + i * (stride << 2);
    const norm = v128.load32_splat(a + (i << 2));
    for (let j: usize = 0; j < n; j += 4) {
      const p = row + (j << 2);
      v128.store(p, squared(v128.load(p), norm, v128.load(b + (j << 2))));
    }
  }
}

/** Of row i only the columns from `first` + i on count, all where that is below 0. f32 in a row, f64 across. */
export function gramSum_f32(tile: usize, m: usize, n: usize, stride: usize, a: usize, b: usize, gamma: f32, first: i32): f64 {
  // exp(−γd) = 2^(kd).
  const factor = f32x4.splat(gamma * <f32>-1.4426950408889634);
  let total: f64 = 0;
  for (let i: usize = 0; i < m; i++) {
    const row = tile + i * (stride << 2);
    const norm = v128.load32_splat(a + (i << 2));
    const from = <usize>max<i32>(0, first + <i32>i);
    let sum = f32x4.splat(0);
    for (let j: usize = from & ~3; j < n; j += 4) {
      const d = squared(v128.load(row + (j << 2)), norm, v128.load(b + (j << 2)));
      let e = power(f32x4.mul(d, factor));
      if (j < from || j + 4 > n) {
        const at = i32x4.add(i32x4.splat(<i32>j), i32x4(0, 1, 2, 3));
        e = v128.and(e, v128.and(i32x4.ge_s(at, i32x4.splat(<i32>from)), i32x4.lt_s(at, i32x4.splat(<i32>n))));
      }
      sum = f32x4.add(sum, e);
    }
    total += sum4(sum);
  }
  return total;
}

/** Adds Σx² over the columns of n rows packed in groups of `width` (pack.ts) to `norms`, f64. */
export function packedNorms_f32(panels: usize, n: usize, depth: usize, width: usize, norms: usize): void {
  const step = width << 2;
  for (let r: usize = 0; r < n; r += 4) {
    let p = panels + (r / width) * depth * step + ((r % width) << 2);
    let low = f64x2.splat(0);
    let high = low;
    for (let c: usize = 0; c < depth; c++, p += step) {
      const v = v128.load(p);
      const a = f64x2.promote_low_f32x4(v);
      const b = promoteHigh(v);
      low = f64x2.add(low, f64x2.mul(a, a));
      high = f64x2.add(high, f64x2.mul(b, b));
    }
    const to = norms + (r << 3);
    v128.store(to, f64x2.add(v128.load(to), low));
    v128.store(to, f64x2.add(v128.load(to, 16), high), 16);
  }
}

// @ts-ignore: decorator
@inline
function squared(product: v128, a: v128, b: v128): v128 {
  return f32x4.max(fma4(product, f32x4.splat(-2), f32x4.add(a, b)), f32x4.splat(0));
}

/** 2^x for x ≤ 0, to 8e-8 of it; below 2⁻¹²⁶ it is that. Degree 5 between whole numbers, near-minimax. */
// @ts-ignore: decorator
@inline
function power(x: v128): v128 {
  const t = f32x4.max(x, f32x4.splat(-126));
  const whole = f32x4.nearest(t);
  const f = f32x4.sub(t, whole);
  let e = fma4(f, f32x4.splat(0.0013276471519151245), f32x4.splat(0.009675541330665222));
  e = fma4(f, e, f32x4.splat(0.055507132749620366));
  e = fma4(f, e, f32x4.splat(0.2402211972393427));
  e = fma4(f, e, f32x4.splat(0.693146967063864));
  e = fma4(f, e, f32x4.splat(1.0000000716546562));
  return i32x4.add(e, i32x4.shl(i32x4.trunc_sat_f32x4_s(whole), 23));
}
