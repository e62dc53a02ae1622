// SPDX-License-Identifier: Apache-2.0
/**
 * Counts, extremes and power sums around a shift, added to the ten f64 at `out`:
 * finite, NaN, +Infinity, −Infinity, min, max, Σd, Σd², Σd³, Σd⁴ with d = x − shift.
 *
 * A block is summed without looking at its values; only when its Σd⁴ is not finite (a NaN or an infinity is inside, or
 * the fourth power overflows) is it done again value by value.
 */
import { maxLane, minLane, promoteHigh, sumLanes } from './lanes';

const BLOCK: usize = 512;

export function moments_f32(values: usize, n: usize, shift: f64, out: usize): void {
  let at = values;
  const end = values + (n << 2);
  const shifts = f64x2.splat(shift);
  while (at + (BLOCK << 2) <= end) {
    const stop = at + (BLOCK << 2);
    let low = f32x4.splat(f32.POSITIVE_INFINITY);
    let high = f32x4.splat(f32.NEGATIVE_INFINITY);
    let a1 = f64x2.splat(0);
    let a2 = a1;
    let a3 = a1;
    let a4 = a1;
    let b1 = a1;
    let b2 = a1;
    let b3 = a1;
    let b4 = a1;
    for (let p = at; p < stop; p += 16) {
      const v = v128.load(p);
      low = f32x4.pmin(low, v);
      high = f32x4.pmax(high, v);
      const d = f64x2.sub(f64x2.promote_low_f32x4(v), shifts);
      const e = f64x2.sub(promoteHigh(v), shifts);
      const dd = f64x2.mul(d, d);
      const ee = f64x2.mul(e, e);
      a1 = f64x2.add(a1, d);
      b1 = f64x2.add(b1, e);
      a2 = f64x2.add(a2, dd);
      b2 = f64x2.add(b2, ee);
      a3 = f64x2.add(a3, f64x2.mul(dd, d));
      b3 = f64x2.add(b3, f64x2.mul(ee, e));
      a4 = f64x2.add(a4, f64x2.mul(dd, dd));
      b4 = f64x2.add(b4, f64x2.mul(ee, ee));
    }
    if (isFinite(sumLanes(f64x2.add(a4, b4)))) {
      addBlock<f32>(out, low, high, f64x2.add(a1, b1), f64x2.add(a2, b2), f64x2.add(a3, b3), f64x2.add(a4, b4));
    } else {
      careful<f32>(at, stop, shift, out);
    }
    at = stop;
  }
  careful<f32>(at, end, shift, out);
}

export function moments_f64(values: usize, n: usize, shift: f64, out: usize): void {
  let at = values;
  const end = values + (n << 3);
  const shifts = f64x2.splat(shift);
  while (at + (BLOCK << 3) <= end) {
    const stop = at + (BLOCK << 3);
    let low = f64x2.splat(f64.POSITIVE_INFINITY);
    let high = f64x2.splat(f64.NEGATIVE_INFINITY);
    let a1 = f64x2.splat(0);
    let a2 = a1;
    let a3 = a1;
    let a4 = a1;
    let b1 = a1;
    let b2 = a1;
    let b3 = a1;
    let b4 = a1;
    for (let p = at; p < stop; p += 32) {
      const v = v128.load(p);
      const w = v128.load(p, 16);
      low = f64x2.pmin(f64x2.pmin(low, v), w);
      high = f64x2.pmax(f64x2.pmax(high, v), w);
      const d = f64x2.sub(v, shifts);
      const e = f64x2.sub(w, shifts);
      const dd = f64x2.mul(d, d);
      const ee = f64x2.mul(e, e);
      a1 = f64x2.add(a1, d);
      b1 = f64x2.add(b1, e);
      a2 = f64x2.add(a2, dd);
      b2 = f64x2.add(b2, ee);
      a3 = f64x2.add(a3, f64x2.mul(dd, d));
      b3 = f64x2.add(b3, f64x2.mul(ee, e));
      a4 = f64x2.add(a4, f64x2.mul(dd, dd));
      b4 = f64x2.add(b4, f64x2.mul(ee, ee));
    }
    if (isFinite(sumLanes(f64x2.add(a4, b4)))) {
      addBlock<f64>(out, low, high, f64x2.add(a1, b1), f64x2.add(a2, b2), f64x2.add(a3, b3), f64x2.add(a4, b4));
    } else {
      careful<f64>(at, stop, shift, out);
    }
    at = stop;
  }
  careful<f64>(at, end, shift, out);
}

// @ts-ignore: decorator
@inline
function addBlock<T>(out: usize, low: v128, high: v128, s1: v128, s2: v128, s3: v128, s4: v128): void {
  store<f64>(out, load<f64>(out) + <f64>BLOCK);
  store<f64>(out, min(load<f64>(out, 32), minLane<T>(low)), 32);
  store<f64>(out, max(load<f64>(out, 40), maxLane<T>(high)), 40);
  store<f64>(out, load<f64>(out, 48) + sumLanes(s1), 48);
  store<f64>(out, load<f64>(out, 56) + sumLanes(s2), 56);
  store<f64>(out, load<f64>(out, 64) + sumLanes(s3), 64);
  store<f64>(out, load<f64>(out, 72) + sumLanes(s4), 72);
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
