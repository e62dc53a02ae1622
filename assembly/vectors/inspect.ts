// SPDX-License-Identifier: Apache-2.0
/**
 * Norms in f64, and what else is to be known of a row. Rows for the f32 kernels are moved together at the front; their
 * number is returned. Left out are rows with a value that is not finite, and rows longer than `limit`, whose products
 * could leave f32: the host measures those.
 *
 * `norms` gets every row's norm, NaN where a value is not finite. The two u32 at `counts` are added to: rows of zeros, rows
 * of one repeated value (d > 1), among those that are kept.
 */
import { promoteHigh, sumLanes } from '../lanes';

export function inspect_f32(rows: usize, n: usize, d: usize, limit: f64, norms: usize, counts: usize): usize {
  const stride = d << 2;
  let kept: usize = 0;
  for (let r: usize = 0; r < n; r++) {
    const row = rows + r * stride;
    const end = row + stride;
    const first = load<f32>(row);
    const firsts = f32x4.splat(first);
    let same = f32x4.eq(firsts, firsts);
    let low = f64x2.splat(0);
    let high = low;
    let p = row;
    for (; p + 16 <= end; p += 16) {
      const v = v128.load(p);
      same = v128.and(same, f32x4.eq(v, firsts));
      const a = f64x2.promote_low_f32x4(v);
      const b = promoteHigh(v);
      low = f64x2.add(low, f64x2.mul(a, a));
      high = f64x2.add(high, f64x2.mul(b, b));
    }
    let squares = sumLanes(f64x2.add(low, high));
    let repeated = <u32>v128.all_true<i32>(same);
    for (; p < end; p += 4) {
      const value = load<f32>(p);
      repeated &= <u32>(value == first);
      squares += <f64>value * <f64>value;
    }
    if (!isFinite(squares)) {
      store<f64>(norms + (r << 3), NaN);
      continue;
    }
    const norm = sqrt(squares);
    store<f64>(norms + (r << 3), norm);
    if (norm > limit) continue;
    if (repeated) {
      if (first == 0) store<u32>(counts, load<u32>(counts) + 1);
      else if (d > 1) store<u32>(counts, load<u32>(counts, 4) + 1, 4);
    }
    if (kept < r) memory.copy(rows + kept * stride, row, stride);
    kept++;
  }
  return kept;
}
