// SPDX-License-Identifier: Apache-2.0
/**
 * Rows to Fourier features, summed or written out, without a matrix of phases. D is rounded up to `count`: a multiple of 16
 * in the structured form, where frequencies lie in the order that `structured_f32` leaves, and of 8 in the dense one.
 */
import { structured_f32 } from './hadamard';
import { turnFeatures_f32, turnSums_f32 } from './turns';

/** Rows that f32 sums take before they are added to the f64 ones. */
const BLOCK: usize = 64;

/**
 * Adds Σcos, then Σsin (2·count f64) to `sums`. Per block of p frequencies `signs` has 3p masks; `scales` has count f32.
 * `block`: 2·count f32 of zeros, zeros again afterwards; `work`: p f32.
 */
export function structuredSums_f32(rows: usize, n: usize, d: usize, p: usize, count: usize, signs: usize, scales: usize, work: usize, block: usize, sums: usize): void {
  for (let r: usize = 0; r < n; r++) {
    for (let from: usize = 0; from < count; from += p) {
      const wanted = min(p, count - from);
      structured_f32(rows + r * (d << 2), d, p, signs + from * 12, work, wanted);
      turnSums_f32(work, scales + (from << 2), wanted, block + (from << 2), block + ((count + from) << 2));
    }
    if (r % BLOCK == BLOCK - 1) flush(block, 2 * count, sums);
  }
  flush(block, 2 * count, sums);
}

/** Writes unit · (cos…, sin…), 2·count f32 a row. */
export function structuredFeatures_f32(rows: usize, n: usize, d: usize, p: usize, count: usize, signs: usize, scales: usize, work: usize, unit: f32, out: usize): void {
  for (let r: usize = 0; r < n; r++) {
    const to = out + r * (count << 3);
    for (let from: usize = 0; from < count; from += p) {
      const wanted = min(p, count - from);
      structured_f32(rows + r * (d << 2), d, p, signs + from * 12, work, wanted);
      turnFeatures_f32(work, scales + (from << 2), wanted, to + (from << 2), to + ((count + from) << 2), unit);
    }
  }
}

/** The same sums of phases that a product left: n rows of `count`, `scales` all 1. */
export function denseSums_f32(phases: usize, n: usize, count: usize, scales: usize, block: usize, sums: usize): void {
  for (let r: usize = 0; r < n; r++) {
    turnSums_f32(phases + r * (count << 2), scales, count, block, block + (count << 2));
    if (r % BLOCK == BLOCK - 1) flush(block, 2 * count, sums);
  }
  flush(block, 2 * count, sums);
}

/** The same features of phases that a product left. */
export function denseFeatures_f32(phases: usize, n: usize, count: usize, scales: usize, unit: f32, out: usize): void {
  for (let r: usize = 0; r < n; r++) {
    const to = out + r * (count << 3);
    turnFeatures_f32(phases + r * (count << 2), scales, count, to, to + (count << 2), unit);
  }
}

/** f64 at `sums` += f32 at `block`, which becomes zero. */
function flush(block: usize, count: usize, sums: usize): void {
  for (let i: usize = 0; i < count; i += 4) {
    const v = v128.load(block + (i << 2));
    const to = sums + (i << 3);
    v128.store(to, f64x2.add(v128.load(to), f64x2.promote_low_f32x4(v)));
    const high = f64x2.promote_low_f32x4(v128.shuffle<i32>(v, v, 2, 3, 2, 3));
    v128.store(to, f64x2.add(v128.load(to, 16), high), 16);
    v128.store(block + (i << 2), f32x4.splat(0));
  }
}
