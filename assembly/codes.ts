// SPDX-License-Identifier: Apache-2.0
/** Adds occurrences of i32 codes 0…size−1 to the u32 at `counts`; counts[size] takes every other code. */
export function codes_i32(codes: usize, n: usize, size: u32, counts: usize): void {
  const end = codes + (n << 2);
  let p = codes;
  for (; p + 16 <= end; p += 16) {
    // A negative code is a large unsigned one, so one unsigned minimum sends all that is outside to `size`.
    const slots = i32x4.shl(i32x4.min_u(v128.load(p), i32x4.splat(size)), 2);
    increment(counts + <usize>i32x4.extract_lane(slots, 0));
    increment(counts + <usize>i32x4.extract_lane(slots, 1));
    increment(counts + <usize>i32x4.extract_lane(slots, 2));
    increment(counts + <usize>i32x4.extract_lane(slots, 3));
  }
  for (; p < end; p += 4) increment(counts + (<usize>min(load<u32>(p), size) << 2));
}

/** One more in a u32. */
// @ts-ignore: decorator
@inline
export function increment(slot: usize): void {
  store<u32>(slot, load<u32>(slot) + 1);
}
