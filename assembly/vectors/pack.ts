// SPDX-License-Identifier: Apache-2.0
/**
 * Rows cut into panels for `gemm`: groups of 4 or 8 rows, and within a group column by column, so that the kernel reads
 * straight ahead. The last group is filled up with zeros.
 */
import { highHalves, lowHalves, zipHigh, zipLow } from './lanes';

/**
 * Columns from … from + count − 1 of n rows of length d, less `center` (d values, or 0 for none), in groups of `width`
 * (4 or 8): out[group][column][row].
 */
export function packRows_f32(rows: usize, n: usize, d: usize, from: usize, count: usize, center: usize, width: usize, out: usize): void {
  const stride = d << 2;
  const step = width << 2;
  const whole = count & ~3;
  for (let r: usize = 0; r < n; r += 4) {
    const source = rows + r * stride + (from << 2);
    const target = out + (r / width) * count * step + ((r % width) << 2);
    const left = n - r;
    if (left >= 4) {
      for (let c: usize = 0; c < whole; c += 4) {
        const p = source + (c << 2);
        let v0 = v128.load(p);
        let v1 = v128.load(p + stride);
        let v2 = v128.load(p + 2 * stride);
        let v3 = v128.load(p + 3 * stride);
        if (center != 0) {
          const m = v128.load(center + ((from + c) << 2));
          v0 = f32x4.sub(v0, m);
          v1 = f32x4.sub(v1, m);
          v2 = f32x4.sub(v2, m);
          v3 = f32x4.sub(v3, m);
        }
        const a = zipLow(v0, v1);
        const b = zipLow(v2, v3);
        const e = zipHigh(v0, v1);
        const f = zipHigh(v2, v3);
        const q = target + c * step;
        v128.store(q, lowHalves(a, b));
        v128.store(q + step, highHalves(a, b));
        v128.store(q + 2 * step, lowHalves(e, f));
        v128.store(q + 3 * step, highHalves(e, f));
      }
      for (let c = whole; c < count; c++) packColumn(source, stride, c, 4, from, center, target + c * step);
    } else {
      for (let c: usize = 0; c < count; c++) packColumn(source, stride, c, left, from, center, target + c * step);
    }
  }
  // A last group of 8 with at most 4 rows: its other half.
  if (width == 8 && n % 8 != 0 && n % 8 <= 4) {
    const target = out + (n / 8) * count * step + 16;
    for (let c: usize = 0; c < count; c++) v128.store(target + c * step, f32x4.splat(0));
  }
}

// @ts-ignore: decorator
@inline
function packColumn(source: usize, stride: usize, c: usize, left: usize, from: usize, center: usize, target: usize): void {
  const m: f32 = center != 0 ? load<f32>(center + ((from + c) << 2)) : 0;
  for (let lane: usize = 0; lane < 4; lane++) {
    store<f32>(target + (lane << 2), lane < left ? load<f32>(source + lane * stride + (c << 2)) - m : 0);
  }
}

/**
 * All d columns of n rows, less `center` (d values, or 0 for none), in groups of 8, row by row: out[group][row][column], `stride` bytes a
 * group. Eight rows at a time: a line of the cache that holds two groups is read once.
 */
export function packColumns_f32(rows: usize, n: usize, d: usize, center: usize, out: usize, stride: usize): void {
  const bytes = d << 2;
  for (let r: usize = 0; r < n; r += 8) {
    const end = rows + min(n, r + 8) * bytes;
    let target = out + (r << 5);
    for (let from: usize = 0; from < d; from += 8, target += stride) {
      let q = target;
      if (from + 8 <= d) {
        let low = f32x4.splat(0);
        let high = low;
        if (center != 0) {
          low = v128.load(center + (from << 2));
          high = v128.load(center + (from << 2), 16);
        }
        for (let p = rows + r * bytes; p < end; p += bytes, q += 32) {
          v128.store(q, f32x4.sub(v128.load(p + (from << 2)), low));
          v128.store(q, f32x4.sub(v128.load(p + (from << 2), 16), high), 16);
        }
      } else {
        for (let p = rows + r * bytes; p < end; p += bytes, q += 32) {
          for (let c = from; c < from + 8; c++) {
            let value: f32 = 0;
            if (c < d) {
              value = load<f32>(p + (c << 2));
              if (center != 0) value -= load<f32>(center + (c << 2));
            }
            store<f32>(q + ((c - from) << 2), value);
          }
        }
      }
    }
  }
}
