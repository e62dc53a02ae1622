// SPDX-License-Identifier: Apache-2.0
/**
 * Symmetric eigenproblems in f64. Matrices have `stride` values a row, an even number, not a power of two, so that
 * columns spread over the cache.
 */
import { fma2, sumLanes } from '../lanes';
import { nfma2 } from './lanes';

/**
 * Householder, step k = 0 … p − 1: matrix = Qᵀ·T·Q with T tridiagonal, value k of its diagonal to `diagonal` and the one beside
 * it to `beside` (the last is 0). The update of the step before and this step's product are one pass over what is left. Columns
 * from p on hold zeros; `scratch` is 5 · (p + 2) values, zeros before the first step. A step is a call of its own because an
 * engine replaces code that it compiled in haste only between calls.
 */
export function reduceColumn_f64(matrix: usize, p: usize, stride: usize, k: usize, diagonal: usize, beside: usize, scratch: usize): void {
  const bytes = stride << 3;
  const room = (p + 2) << 3;
  /** v and w of the step before, from index k on; its update is still to be done. Factors stay for the basis. */
  const oldV = scratch;
  const w = scratch + room;
  const v = scratch + 2 * room;
  const factors = scratch + 3 * room;
  const product = scratch + 4 * room;
  const row = matrix + k * bytes;
  // Vectors are indexed by column, so that all share their alignment.
  const vk = load<f64>(oldV + (k << 3));
  const wk = load<f64>(w + (k << 3));
  for (let j = k; j < p; j++) {
    const at = row + (j << 3);
    store<f64>(at, load<f64>(at) - vk * load<f64>(w + (j << 3)) - wk * load<f64>(oldV + (j << 3)));
  }
  store<f64>(diagonal + (k << 3), load<f64>(row + (k << 3)));
  store<f64>(beside + (k << 3), 0);
  store<f64>(factors + (k << 3), 0);
  if (k + 1 == p) return;
  const next = k + 1;
  const factor = reflect(row, next, p, beside + (k << 3));
  store<f64>(factors + (k << 3), factor);
  // Below, pairs of columns from an even one on: what lies left of `next` meets zeros.
  const start = next & ~1;
  memory.copy(v + (next << 3), row + (next << 3), (p - next) << 3);
  if (start < next) store<f64>(v + (start << 3), 0);
  if (factor == 0) memory.fill(v + (start << 3), 0, (p - start) << 3);
  store<f64>(v + (p << 3), 0);
  store<f64>(w + (p << 3), 0);
  store<f64>(oldV + (p << 3), 0);
  let along: f64 = 0;
  let i = next;
  for (; i + 2 <= p; i += 2) {
    const r0 = matrix + i * bytes;
    const r1 = r0 + bytes;
    const v0 = v128.load64_splat(oldV + (i << 3));
    const v1 = v128.load64_splat(oldV + (i << 3), 8);
    const w0 = v128.load64_splat(w + (i << 3));
    const w1 = v128.load64_splat(w + (i << 3), 8);
    let sum0 = f64x2.splat(0);
    let sum1 = sum0;
    for (let j = start << 3; j < p << 3; j += 16) {
      const wj = v128.load(w + j);
      const vj = v128.load(oldV + j);
      const to = v128.load(v + j);
      const a0 = nfma2(w0, vj, nfma2(v0, wj, v128.load(r0 + j)));
      const a1 = nfma2(w1, vj, nfma2(v1, wj, v128.load(r1 + j)));
      v128.store(r0 + j, a0);
      v128.store(r1 + j, a1);
      sum0 = fma2(a0, to, sum0);
      sum1 = fma2(a1, to, sum1);
    }
    // Not into w, which the pass still needs.
    store<f64>(product + (i << 3), factor * sumLanes(sum0));
    store<f64>(product + (i << 3), factor * sumLanes(sum1), 8);
  }
  for (; i < p; i++) {
    const r0 = matrix + i * bytes;
    const v0 = v128.load64_splat(oldV + (i << 3));
    const w0 = v128.load64_splat(w + (i << 3));
    let sum0 = f64x2.splat(0);
    for (let j = start << 3; j < p << 3; j += 16) {
      const a0 = nfma2(w0, v128.load(oldV + j), nfma2(v0, v128.load(w + j), v128.load(r0 + j)));
      v128.store(r0 + j, a0);
      sum0 = fma2(a0, v128.load(v + j), sum0);
    }
    store<f64>(product + (i << 3), factor * sumLanes(sum0));
  }
  for (i = next; i < p; i++) along += load<f64>(product + (i << 3)) * load<f64>(v + (i << 3));
  const half = 0.5 * factor * along;
  for (i = next; i < p; i++) {
    const each = load<f64>(v + (i << 3));
    store<f64>(w + (i << 3), load<f64>(product + (i << 3)) - half * each);
    store<f64>(oldV + (i << 3), each);
  }
  if (start < next) {
    store<f64>(w + (start << 3), 0);
    store<f64>(oldV + (start << 3), 0);
  }
}

/** Columns next … p − 1 of `row` become the vector of the reflection that leaves only the first; see cpu/vectors/tridiagonal.ts. */
// @ts-ignore: decorator
@inline
function reflect(row: usize, next: usize, p: usize, length: usize): f64 {
  const head = row + (next << 3);
  const first = load<f64>(head);
  let rest: f64 = 0;
  for (let at = head + 8; at < row + (p << 3); at += 8) rest += load<f64>(at) * load<f64>(at);
  if (rest == 0) {
    store<f64>(length, first);
    return 0;
  }
  const whole = sqrt(first * first + rest);
  const to = first > 0 ? -whole : whole;
  store<f64>(length, to);
  store<f64>(head, first - to);
  return 2 / ((first - to) * (first - to) + rest);
}

/**
 * Step k = p − 1 … 0 of the product of the reflectors, whose vectors `reduceColumn_f64` left in the rows and whose factors in `scratch`: after
 * the last, the matrix is Q, with the basis as its rows.
 */
export function formBasis_f64(matrix: usize, p: usize, stride: usize, k: usize, scratch: usize): void {
  const bytes = stride << 3;
  const room = (p + 2) << 3;
  const v = scratch + 2 * room;
  const next = k + 1;
  const row = matrix + k * bytes;
  const start = next & ~1;
  if (start < next) store<f64>(v + (start << 3), 0);
  memory.copy(v + (next << 3), row + (next << 3), (p - next) << 3);
  store<f64>(v + (p << 3), 0);
  memory.fill(row + (k << 3), 0, (p - k) << 3);
  for (let i = k; i < p; i++) store<f64>(matrix + i * bytes + (k << 3), 0);
  store<f64>(row + (k << 3), 1);
  const factor = load<f64>(scratch + 3 * room + (k << 3));
  if (factor == 0) return;
  for (let i = next; i < p; i++) {
    const at = matrix + i * bytes;
    let a = f64x2.splat(0);
    let b = a;
    let j = start << 3;
    for (; j + 32 <= p << 3; j += 32) {
      a = fma2(v128.load(at + j), v128.load(v + j), a);
      b = fma2(v128.load(at + j, 16), v128.load(v + j, 16), b);
    }
    for (; j < p << 3; j += 16) a = fma2(v128.load(at + j), v128.load(v + j), a);
    const sum = f64x2.splat(factor * sumLanes(f64x2.add(a, b)));
    for (j = start << 3; j < p << 3; j += 16) {
      v128.store(at + j, nfma2(sum, v128.load(v + j), v128.load(at + j)));
    }
  }
}

/** Columns per strip of `rotate_f64`: p of them stay in the second-level cache over all sweeps. */
const STRIP: usize = 64;

/**
 * Applies sweeps of rotations to the rows. A sweep at `sweeps` is i32 first, i32 count; its cosines and sines lie at
 * `pairs`, one after the other, (c, s) for rows first, first + 1, …; a sweep runs from its last row up. Columns: a multiple of 8.
 */
export function rotate_f64(matrix: usize, columns: usize, stride: usize, sweeps: usize, count: usize, pairs: usize): void {
  const bytes = stride << 3;
  for (let strip: usize = 0; strip < columns; strip += STRIP) {
    const stop = min(columns, strip + STRIP);
    let pair = pairs;
    for (let sweep: usize = 0; sweep < count; sweep++) {
      const first = <usize>load<i32>(sweeps + (sweep << 3));
      const length = <usize>load<i32>(sweeps + (sweep << 3), 4);
      for (let column = strip; column < stop; column += 8) {
        const top = matrix + first * bytes + (column << 3);
        let at = top + length * bytes;
        let x0 = v128.load(at);
        let x1 = v128.load(at, 16);
        let x2 = v128.load(at, 32);
        let x3 = v128.load(at, 48);
        for (let turn = pair + (length << 4); turn > pair; ) {
          turn -= 16;
          const c = v128.load64_splat(turn);
          const s = v128.load64_splat(turn, 8);
          const above = at - bytes;
          const y0 = v128.load(above);
          const y1 = v128.load(above, 16);
          const y2 = v128.load(above, 32);
          const y3 = v128.load(above, 48);
          v128.store(at, fma2(s, y0, f64x2.mul(c, x0)));
          v128.store(at, fma2(s, y1, f64x2.mul(c, x1)), 16);
          v128.store(at, fma2(s, y2, f64x2.mul(c, x2)), 32);
          v128.store(at, fma2(s, y3, f64x2.mul(c, x3)), 48);
          x0 = nfma2(s, x0, f64x2.mul(c, y0));
          x1 = nfma2(s, x1, f64x2.mul(c, y1));
          x2 = nfma2(s, x2, f64x2.mul(c, y2));
          x3 = nfma2(s, x3, f64x2.mul(c, y3));
          at = above;
        }
        v128.store(at, x0);
        v128.store(at, x1, 16);
        v128.store(at, x2, 32);
        v128.store(at, x3, 48);
      }
      pair += length << 4;
    }
  }
}
