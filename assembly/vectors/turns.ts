// SPDX-License-Identifier: Apache-2.0
/**
 * Cosine and sine of phases in turns. The nearest whole number is taken off first, which is exact; then, with h = half of
 * the angle in [−π/2, π/2], cos = 1 − 2 sin²h and sin = 2 sin h cos h need no quadrants. Both polynomials are in r², r
 * the fraction of a turn. Phases of 2²⁰ turns or more, infinite or NaN count as zero: f32 holds nothing of their fraction.
 */
import { fma4 } from './lanes';

/** Constants lie in memory: as literals they would be built anew for each vector. */
const TABLE = memory.data<f32>([1048576, 1, 0.0772201289407076, -0.5980451741163827, 2.550031377279704, -5.1677068789263645, 3.141592580044725, 0.21969679833390837, -1.3318801611136952, 4.05841191414596, -4.934792858674211, 0.9999999534666595]);

/** Adds cos to `count` f32 at `cosines` and sin at `sines`; phase j is phases[j] · scales[j]. `count`: a multiple of 4. */
export function turnSums_f32(phases: usize, scales: usize, count: usize, cosines: usize, sines: usize): void {
  for (let at: usize = 0; at < count << 2; at += 16) {
    const r = fraction(f32x4.mul(v128.load(phases + at), v128.load(scales + at)));
    const rr = f32x4.mul(r, r);
    const s = sineOfHalf(r, rr);
    const twice = f32x4.add(s, s);
    v128.store(cosines + at, f32x4.add(v128.load(cosines + at), f32x4.sub(v128.load32_splat(TABLE, 4), f32x4.mul(twice, s))));
    v128.store(sines + at, fma4(twice, cosineOfHalf(rr), v128.load(sines + at)));
  }
}

/** Stores unit · cos and unit · sin instead of adding them. */
export function turnFeatures_f32(phases: usize, scales: usize, count: usize, cosines: usize, sines: usize, unit: f32): void {
  const units = f32x4.splat(unit);
  for (let at: usize = 0; at < count << 2; at += 16) {
    const r = fraction(f32x4.mul(v128.load(phases + at), v128.load(scales + at)));
    const rr = f32x4.mul(r, r);
    const s = sineOfHalf(r, rr);
    const twice = f32x4.add(s, s);
    v128.store(cosines + at, f32x4.mul(units, f32x4.sub(v128.load32_splat(TABLE, 4), f32x4.mul(twice, s))));
    v128.store(sines + at, f32x4.mul(units, f32x4.mul(twice, cosineOfHalf(rr))));
  }
}

// @ts-ignore: decorator
@inline
function fraction(turns: v128): v128 {
  const known = f32x4.lt(f32x4.abs(turns), v128.load32_splat(TABLE, 0));
  return v128.and(f32x4.sub(turns, f32x4.nearest(turns)), known);
}

/** sin πr for r in [−½, ½], to 4e-9: near-minimax in r². */
// @ts-ignore: decorator
@inline
function sineOfHalf(r: v128, rr: v128): v128 {
  let s = fma4(rr, v128.load32_splat(TABLE, 8), v128.load32_splat(TABLE, 12));
  s = fma4(rr, s, v128.load32_splat(TABLE, 16));
  s = fma4(rr, s, v128.load32_splat(TABLE, 20));
  return f32x4.mul(r, fma4(rr, s, v128.load32_splat(TABLE, 24)));
}

/** cos πr for r in [−½, ½], to 5e-8. */
// @ts-ignore: decorator
@inline
function cosineOfHalf(rr: v128): v128 {
  let c = fma4(rr, v128.load32_splat(TABLE, 28), v128.load32_splat(TABLE, 32));
  c = fma4(rr, c, v128.load32_splat(TABLE, 36));
  c = fma4(rr, c, v128.load32_splat(TABLE, 40));
  return fma4(rr, c, v128.load32_splat(TABLE, 44));
}
