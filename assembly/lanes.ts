// SPDX-License-Identifier: Apache-2.0
/** SIMD helpers. A diagram reads lane 0 first. */

/** [a b] → a + b */
// @ts-ignore: decorator
@inline
export function sumLanes(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** Smallest lane; no lane may be NaN. */
// @ts-ignore: decorator
@inline
export function minLane<T>(v: v128): f64 {
  if (sizeof<T>() == 8) return min(f64x2.extract_lane(v, 0), f64x2.extract_lane(v, 1));
  const half = f32x4.pmin(v, v128.shuffle<i32>(v, v, 2, 3, 0, 1));
  return f64(min(f32x4.extract_lane(half, 0), f32x4.extract_lane(half, 1)));
}

/** Largest lane; no lane may be NaN. */
// @ts-ignore: decorator
@inline
export function maxLane<T>(v: v128): f64 {
  if (sizeof<T>() == 8) return max(f64x2.extract_lane(v, 0), f64x2.extract_lane(v, 1));
  const half = f32x4.pmax(v, v128.shuffle<i32>(v, v, 2, 3, 0, 1));
  return f64(max(f32x4.extract_lane(half, 0), f32x4.extract_lane(half, 1)));
}

/** The two upper f32 as f64: [a b c d] → [c d] */
// @ts-ignore: decorator
@inline
export function promoteHigh(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i32>(v, v, 2, 3, 2, 3));
}

/** Two pairs of f64 as f32: [a b], [c d] → [a b c d] */
// @ts-ignore: decorator
@inline
export function demotePair(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

/** a · b + c; rounded once where the build has relaxed SIMD and the machine a fused multiply-add, twice elsewhere. */
// @ts-ignore: decorator
@inline
export function fma2(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  return f64x2.add(f64x2.mul(a, b), c);
}
