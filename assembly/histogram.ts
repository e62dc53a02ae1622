// SPDX-License-Identifier: Apache-2.0
/**
 * Counts and sums per bin. The bin of x is the number of cuts ≤ x.
 *
 * A guide table turns the high bits of x's order-preserving key into the first candidate bin; `steps` halvings over the
 * at most 2^steps − 1 cuts that share a guide cell finish the search. With one cell it is a plain binary search. The
 * key is a monotone function of x, so a cut in an earlier cell is below x and one in a later cell above it: the
 * comparisons alone decide and the result is exact whatever the guide's resolution.
 *
 * Table, written by the host (kernels/wasm/cut-table.ts): u32 base, shift, last cell, steps; then `guide` (u16 per
 * cell, and one more that leads NaN and ±Infinity to a bin of their own behind the last) and `cuts` (padded with NaN,
 * which no x reaches). A bin is two f64, sum and count, so that one vector addition updates both.
 */
import { demotePair, orderedKey, orderedKeys, promoteHigh } from './lanes';

export function histogram_f32(values: usize, n: usize, table: usize, guide: usize, cuts: usize, bins: usize): void {
  const steps = load<u32>(table, 12);
  if (steps <= 1) run<f32>(values, n, table, guide, cuts, bins, 1);
  else if (steps == 2) run<f32>(values, n, table, guide, cuts, bins, 2);
  else if (steps == 3) run<f32>(values, n, table, guide, cuts, bins, 3);
  else run<f32>(values, n, table, guide, cuts, bins, steps);
}

export function histogram_f64(values: usize, n: usize, table: usize, guide: usize, cuts: usize, bins: usize): void {
  const steps = load<u32>(table, 12);
  if (steps <= 1) run<f64>(values, n, table, guide, cuts, bins, 1);
  else if (steps == 2) run<f64>(values, n, table, guide, cuts, bins, 2);
  else if (steps == 3) run<f64>(values, n, table, guide, cuts, bins, 3);
  else run<f64>(values, n, table, guide, cuts, bins, steps);
}

// @ts-ignore: decorator
@inline
function run<T>(values: usize, n: usize, table: usize, guide: usize, cuts: usize, bins: usize, steps: u32): void {
  const base = load<u32>(table);
  const shift = load<u32>(table, 4);
  const lastCell = load<u32>(table, 8);
  const bases = i32x4.splat(base);
  const lastCells = i32x4.splat(lastCell);
  const nowhere = i32x4.splat(lastCell + 1);
  const ones = f64x2.splat(1);
  const end = values + n * sizeof<T>();
  let p = values;
  for (; p + 4 * sizeof<T>() <= end; p += 4 * sizeof<T>()) {
    let low: v128;
    let high: v128;
    let single: v128;
    let finite: v128;
    if (sizeof<T>() == 4) {
      single = v128.load(p);
      finite = f32x4.le(f32x4.abs(single), f32x4.splat(f32.MAX_VALUE));
      low = f64x2.promote_low_f32x4(single);
      high = promoteHigh(single);
    } else {
      low = v128.load(p);
      high = v128.load(p, 16);
      single = demotePair(low, high);
      const limit = f64x2.splat(f64.MAX_VALUE);
      finite = v128.shuffle<i32>(f64x2.le(f64x2.abs(low), limit), f64x2.le(f64x2.abs(high), limit), 0, 2, 4, 6);
    }
    // Adding +0 makes −0 one with +0.
    const keys = i32x4.max_u(orderedKeys(f32x4.add(single, f32x4.splat(0))), bases);
    const cells = i32x4.min_u(i32x4.shr_u(i32x4.sub(keys, bases), shift), lastCells);
    const starts = i32x4.shl(v128.bitselect(cells, nowhere, finite), 1);
    add<T>(p, 0, guide + <usize>i32x4.extract_lane(starts, 0), cuts, bins, steps, v128.shuffle<i64>(low, ones, 0, 2));
    add<T>(p, 1, guide + <usize>i32x4.extract_lane(starts, 1), cuts, bins, steps, v128.shuffle<i64>(low, ones, 1, 2));
    add<T>(p, 2, guide + <usize>i32x4.extract_lane(starts, 2), cuts, bins, steps, v128.shuffle<i64>(high, ones, 0, 2));
    add<T>(p, 3, guide + <usize>i32x4.extract_lane(starts, 3), cuts, bins, steps, v128.shuffle<i64>(high, ones, 1, 2));
  }
  for (; p < end; p += sizeof<T>()) {
    const value = load<T>(p);
    const key = max(orderedKey(<f32>value + <f32>0), base);
    const cell = isFinite(value) ? min((key - base) >> shift, lastCell) : lastCell + 1;
    add<T>(p, 0, guide + (<usize>cell << 1), cuts, bins, steps, f64x2.replace_lane(ones, 0, <f64>value));
  }
}

/** Finds the bin of the value at p + lane and adds [value, 1] to it. */
// @ts-ignore: decorator
@inline
function add<T>(p: usize, lane: usize, start: usize, cuts: usize, bins: usize, steps: u32, pair: v128): void {
  const value = load<T>(p + lane * sizeof<T>());
  let bin = <usize>load<u16>(start);
  for (let half: usize = (<usize>1 << steps) >> 1; half > 0; half >>= 1) {
    bin += half & (0 - <usize>(value >= load<T>(cuts + (bin + half - 1) * sizeof<T>())));
  }
  const slot = bins + (bin << 4);
  v128.store(slot, f64x2.add(v128.load(slot), pair));
}
