// SPDX-License-Identifier: Apache-2.0
/**
 * Counts and sums per bin. The bin of x is the number of cuts ≤ x.
 *
 * A guide turns x into the first bin that it can be in: the high bits of a key that grows with x pick a cell, the guide
 * has the cell's first bin, and `steps` halvings over the at most 2^steps − 1 cuts that share a cell finish the search.
 * With one cell it is a plain binary search. A cut in an earlier cell is below x and one in a later cell above it, so
 * the comparisons alone decide and the result is exact whatever the guide's resolution.
 *
 *   y = x − origin as f32, s = bits(|y| + softness) − bits(softness), key = y < 0 ? −1 − s : s
 *
 * With origin and softness 0 it is the order-preserving key of x. The host chooses both so that cuts spread over cells
 * (kernels/wasm/cut-table.ts).
 *
 * Table: i32 base, shift, last cell, steps at 0; f64 −origin at 16; f32 softness at 24, −origin at 28;
 * scratch for four values at 32. Records of 32 bytes: f64 sum,
 * f64 count, the cut above the bin (T), padding: one vector addition updates sum and count, and the search moves the
 * address that it will add to. Behind the last bin comes one for NaN and ±Infinity, then records whose cut is NaN,
 * which no x reaches. Guide: u16 per cell, and one more for NaN and ±Infinity.
 */
import { demotePair, promoteHigh } from './lanes';

export function histogram_f32(values: usize, n: usize, table: usize, records: usize, guide: usize): void {
  const steps = load<u32>(table, 12);
  if (steps == 1) run<f32, u16>(values, n, table, records, guide, 1, 0);
  else if (steps == 2) run<f32, u16>(values, n, table, records, guide, 2, 0);
  else run<f32, u16>(values, n, table, records, guide, steps, 0);
}

export function histogram_f64(values: usize, n: usize, table: usize, records: usize, guide: usize): void {
  const steps = load<u32>(table, 12);
  if (steps == 1) run<f64, u16>(values, n, table, records, guide, 1, 0);
  else if (steps == 2) run<f64, u16>(values, n, table, records, guide, 2, 0);
  else run<f64, u16>(values, n, table, records, guide, steps, 0);
}

/** The same, and each value's rank, which its record holds as i16 at 24, to `ranks`: up to the next multiple of 4. */
export function bins_f32(values: usize, n: usize, table: usize, records: usize, guide: usize, ranks: usize): void {
  const steps = load<u32>(table, 12);
  if (steps == 1) run<f32, i16>(values, n, table, records, guide, 1, ranks);
  else run<f32, i16>(values, n, table, records, guide, steps, ranks);
}

export function bins_f64(values: usize, n: usize, table: usize, records: usize, guide: usize, ranks: usize): void {
  const steps = load<u32>(table, 12);
  if (steps == 1) run<f64, i16>(values, n, table, records, guide, 1, ranks);
  else run<f64, i16>(values, n, table, records, guide, steps, ranks);
}

// @ts-ignore: decorator
@inline
function run<T, R>(values: usize, n: usize, table: usize, records: usize, guide: usize, steps: u32, ranks: usize): void {
  const base = v128.load32_splat(table);
  const shift = load<u32>(table, 4);
  const lastCell = v128.load32_splat(table, 8);
  const nowhere = i32x4.add(lastCell, i32x4.splat(1));
  const offset = v128.load64_splat(table, 16);
  const offsets = v128.load32_splat(table, 28);
  const softness = v128.load32_splat(table, 24);
  const ones = f64x2.splat(1);
  const tail = (n & 3) * sizeof<T>();
  let p = values;
  let end = values + n * sizeof<T>() - tail;
  // Twice through the same body: whole vectors where they lie, then the rest in a vector filled up with NaN.
  for (let part = 0; part < 2; part++) {
    for (; p < end; p += 4 * sizeof<T>()) {
      let low: v128;
      let high: v128;
      let finite: v128;
      let y: v128;
      if (sizeof<T>() == 4) {
        const v = v128.load(p);
        finite = f32x4.le(f32x4.abs(v), f32x4.splat(f32.MAX_VALUE));
        y = f32x4.add(v, offsets);
        low = f64x2.promote_low_f32x4(v);
        high = promoteHigh(v);
      } else {
        low = v128.load(p);
        high = v128.load(p, 16);
        const limit = f64x2.splat(f64.MAX_VALUE);
        finite = v128.shuffle<i32>(f64x2.le(f64x2.abs(low), limit), f64x2.le(f64x2.abs(high), limit), 0, 2, 4, 6);
        y = demotePair(f64x2.add(low, offset), f64x2.add(high, offset));
      }
      const size = i32x4.sub(f32x4.add(f32x4.abs(y), softness), softness);
      const key = i32x4.max_s(v128.xor(size, i32x4.shr_s(y, 31)), base);
      const cell = i32x4.min_u(i32x4.shr_u(i32x4.sub(key, base), shift), lastCell);
      const start = i32x4.shl(v128.bitselect(cell, nowhere, finite), 1);
      const record0 = add<T>(load<T>(p), guide + <usize>i32x4.extract_lane(start, 0), records, steps, v128.shuffle<i64>(low, ones, 0, 2));
      const record1 = add<T>(load<T>(p, sizeof<T>()), guide + <usize>i32x4.extract_lane(start, 1), records, steps, v128.shuffle<i64>(low, ones, 1, 2));
      const record2 = add<T>(load<T>(p, 2 * sizeof<T>()), guide + <usize>i32x4.extract_lane(start, 2), records, steps, v128.shuffle<i64>(high, ones, 0, 2));
      const record3 = add<T>(load<T>(p, 3 * sizeof<T>()), guide + <usize>i32x4.extract_lane(start, 3), records, steps, v128.shuffle<i64>(high, ones, 1, 2));
      if (isSigned<R>()) {
        store<u16>(ranks, load<u16>(record0, 24));
        store<u16>(ranks, load<u16>(record1, 24), 2);
        store<u16>(ranks, load<u16>(record2, 24), 4);
        store<u16>(ranks, load<u16>(record3, 24), 6);
        ranks += 8;
      }
    }
    if (tail == 0) break;
    for (let lane: usize = 0; lane < 4; lane++) store<T>(table + lane * sizeof<T>(), <T>NaN, 32);
    memory.copy(table + 32, end, tail);
    p = table + 32;
    end = p + 4 * sizeof<T>();
  }
}

/** Adds [value, 1] to the record of the value's bin, and returns it. */
// @ts-ignore: decorator
@inline
function add<T>(value: T, start: usize, records: usize, steps: u32, pair: v128): usize {
  let record = records + (<usize>load<u16>(start) << 5);
  if (steps == 1) {
    record += <usize>(value >= load<T>(record, 16)) << 5;
  } else if (steps == 2) {
    record += <usize>(value >= load<T>(record, 48)) << 6;
    record += <usize>(value >= load<T>(record, 16)) << 5;
  } else {
    for (let half: usize = (<usize>1 << steps) << 4; half >= 32; half >>= 1) {
      record += half & (0 - <usize>(value >= load<T>(record + half - 16)));
    }
  }
  v128.store(record, f64x2.add(v128.load(record), pair));
  return record;
}
