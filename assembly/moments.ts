// SPDX-License-Identifier: Apache-2.0
/**
 * Counts, extremes and power sums around a shift, added to the ten f64 at `out`:
 * finite, NaN, +Infinity, −Infinity, min, max, Σd, Σd², Σd³, Σd⁴ with d = x − shift.
 *
 * A block is summed without looking at its values; only when its Σd⁴ is not finite (a NaN or an infinity is inside, or
 * the fourth power overflows) is it done again value by value.
 */
import { maxLane, minLane, fma2, sumLanes } from './lanes';

/** Values per block: small enough that its second reading comes from the first-level cache. */
const BLOCK: usize = 512;

export function moments_f32(values: usize, n: usize, shift: f64, out: usize): void {
  run<f32>(values, n, shift, out);
}

export function moments_f64(values: usize, n: usize, shift: f64, out: usize): void {
  run<f64>(values, n, shift, out);
}

// @ts-ignore: decorator
@inline
function run<T>(values: usize, n: usize, shift: f64, out: usize): void {
  const end = values + n * sizeof<T>();
  const shifts = f64x2.splat(shift);
  let from = values;
  for (; from + BLOCK * sizeof<T>() <= end; from += BLOCK * sizeof<T>()) {
    const to = from + BLOCK * sizeof<T>();
    let a1 = f64x2.splat(0);
    let a2 = a1;
    let a3 = a1;
    let a4 = a1;
    let b1 = a1;
    let b2 = a1;
    let b3 = a1;
    let b4 = a1;
    for (let p = from; p < to; p += 4 * sizeof<T>()) {
      const a = f64x2.sub(pair<T>(p), shifts);
      const b = f64x2.sub(pair<T>(p + 2 * sizeof<T>()), shifts);
      const aa = f64x2.mul(a, a);
      const bb = f64x2.mul(b, b);
      a1 = f64x2.add(a1, a);
      b1 = f64x2.add(b1, b);
      a2 = fma2(a, a, a2);
      b2 = fma2(b, b, b2);
      a3 = fma2(aa, a, a3);
      b3 = fma2(bb, b, b3);
      a4 = fma2(aa, aa, a4);
      b4 = fma2(bb, bb, b4);
    }
    const fourth = sumLanes(f64x2.add(a4, b4));
    if (!isFinite(fourth)) {
      careful<T>(from, to, shift, out);
      continue;
    }
    store<f64>(out, load<f64>(out) + <f64>BLOCK);
    store<f64>(out, load<f64>(out, 48) + sumLanes(f64x2.add(a1, b1)), 48);
    store<f64>(out, load<f64>(out, 56) + sumLanes(f64x2.add(a2, b2)), 56);
    store<f64>(out, load<f64>(out, 64) + sumLanes(f64x2.add(a3, b3)), 64);
    store<f64>(out, load<f64>(out, 72) + fourth, 72);
    // In the loop above, extremes would push sums out of registers.
    extremes<T>(from, to, out);
  }
  careful<T>(from, end, shift, out);
}

/** Two values as f64. */
// @ts-ignore: decorator
@inline
function pair<T>(p: usize): v128 {
  if (sizeof<T>() == 8) return v128.load(p);
  return f64x2.promote_low_f32x4(v128.load64_zero(p));
}

// @ts-ignore: decorator
@inline
function extremes<T>(from: usize, to: usize, out: usize): void {
  let low = v128.load(from);
  let high = low;
  let low2 = low;
  let high2 = low;
  for (let p = from; p < to; p += 32) {
    const v = v128.load(p);
    const w = v128.load(p, 16);
    low = v128.pmin<T>(low, v);
    high = v128.pmax<T>(high, v);
    low2 = v128.pmin<T>(low2, w);
    high2 = v128.pmax<T>(high2, w);
  }
  store<f64>(out, min(load<f64>(out, 32), minLane<T>(v128.pmin<T>(low, low2))), 32);
  store<f64>(out, max(load<f64>(out, 40), maxLane<T>(v128.pmax<T>(high, high2))), 40);
}

function careful<T>(from: usize, to: usize, shift: f64, out: usize): void {
  let finite: u32 = 0;
  let nan: u32 = 0;
  let positive: u32 = 0;
  let negative: u32 = 0;
  let low = f64.POSITIVE_INFINITY;
  let high = f64.NEGATIVE_INFINITY;
  let s1: f64 = 0;
  let s2: f64 = 0;
  let s3: f64 = 0;
  let s4: f64 = 0;
  for (let p = from; p < to; p += sizeof<T>()) {
    const value = <f64>load<T>(p);
    if (value != value) {
      nan++;
    } else if (value == Infinity) {
      positive++;
    } else if (value == -Infinity) {
      negative++;
    } else {
      finite++;
      low = min(low, value);
      high = max(high, value);
      const d = value - shift;
      const dd = d * d;
      s1 += d;
      s2 += dd;
      s3 += dd * d;
      s4 += dd * dd;
    }
  }
  store<f64>(out, load<f64>(out) + <f64>finite);
  store<f64>(out, load<f64>(out, 8) + <f64>nan, 8);
  store<f64>(out, load<f64>(out, 16) + <f64>positive, 16);
  store<f64>(out, load<f64>(out, 24) + <f64>negative, 24);
  store<f64>(out, min(load<f64>(out, 32), low), 32);
  store<f64>(out, max(load<f64>(out, 40), high), 40);
  store<f64>(out, load<f64>(out, 48) + s1, 48);
  store<f64>(out, load<f64>(out, 56) + s2, 56);
  store<f64>(out, load<f64>(out, 64) + s3, 64);
  store<f64>(out, load<f64>(out, 72) + s4, 72);
}
