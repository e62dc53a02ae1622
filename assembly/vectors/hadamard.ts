// SPDX-License-Identifier: Apache-2.0
/**
 * One block of structured frequencies: work (p floats, p a power of two ≥ 64) = H·D₁·H·D₂·H·D₃·row, unscaled.
 *
 * A transform is one pass over runs of 16 floats (its four lowest index bits) and passes of radix 8 and 4 over the rest. The
 * first pass turns each run as a 4 × 4 matrix instead of moving lanes: bits 0–1 and 2–3 of the index change places, and
 * three transforms leave them changed. So `signs` (three times p masks of the sign bit, in the order of use: D₃, D₂, D₁)
 * has D₂ with the bits changed, D₃ and D₁ without, and phases come out with them changed (host: `turned`).
 */
import { highHalves, lowHalves, zipHigh, zipLow } from './lanes';

/** `row` has d ≤ p floats. Only the first `wanted` results are promised. */
export function structured_f32(row: usize, d: usize, p: usize, signs: usize, work: usize, wanted: usize): void {
  const bytes = p << 2;
  const rowBytes = d << 2;
  memory.copy(work, row, rowBytes);
  memory.fill(work + rowBytes, 0, bytes - rowBytes);
  runs(work, work + ((rowBytes + 63) & ~63), signs);
  rest(work, bytes, false);
  runs(work, work + bytes, signs + bytes);
  rest(work, bytes, false);
  runs(work, work + bytes, signs + 2 * bytes);
  rest(work, bytes, wanted << 1 <= p);
}

// @ts-ignore: decorator
@inline
function runs(from: usize, end: usize, signs: usize): void {
  for (let at = from; at < end; at += 64, signs += 64) {
    const a = v128.xor(v128.load(at), v128.load(signs));
    const b = v128.xor(v128.load(at, 16), v128.load(signs, 16));
    const c = v128.xor(v128.load(at, 32), v128.load(signs, 32));
    const d = v128.xor(v128.load(at, 48), v128.load(signs, 48));
    const ab = f32x4.add(a, b);
    const ba = f32x4.sub(a, b);
    const cd = f32x4.add(c, d);
    const dc = f32x4.sub(c, d);
    const e = f32x4.add(ab, cd);
    const f = f32x4.add(ba, dc);
    const g = f32x4.sub(ab, cd);
    const h = f32x4.sub(ba, dc);
    const ef = zipLow(e, f);
    const gh = zipLow(g, h);
    const fe = zipHigh(e, f);
    const hg = zipHigh(g, h);
    const s = lowHalves(ef, gh);
    const t = highHalves(ef, gh);
    const u = lowHalves(fe, hg);
    const v = highHalves(fe, hg);
    const st = f32x4.add(s, t);
    const ts = f32x4.sub(s, t);
    const uv = f32x4.add(u, v);
    const vu = f32x4.sub(u, v);
    v128.store(at, f32x4.add(st, uv));
    v128.store(at, f32x4.add(ts, vu), 16);
    v128.store(at, f32x4.sub(st, uv), 32);
    v128.store(at, f32x4.sub(ts, vu), 48);
  }
}

/** All index bits from 4 up. With `half`, the last pass leaves the upper half unset. */
// @ts-ignore: decorator
@inline
function rest(work: usize, bytes: usize, half: bool): void {
  let stride: usize = 64;
  // Radix 8 while three bits are left, and never a single bit at the end.
  while (stride < bytes) {
    const left = bytes / stride;
    if (left == 4 || left == 16) {
      radix4(work, bytes, stride);
      stride <<= 2;
    } else {
      if (left == 8 && half) upperHalfLeftOut(work, stride);
      else radix8(work, bytes, stride);
      stride <<= 3;
    }
  }
}

function radix4(work: usize, bytes: usize, stride: usize): void {
  for (let from = work; from < work + bytes; from += stride << 2) {
    for (let at = from; at < from + stride; at += 16) {
      const p1 = at + stride;
      const p2 = p1 + stride;
      const p3 = p2 + stride;
      const a = v128.load(at);
      const b = v128.load(p1);
      const c = v128.load(p2);
      const d = v128.load(p3);
      const ab = f32x4.add(a, b);
      const ba = f32x4.sub(a, b);
      const cd = f32x4.add(c, d);
      const dc = f32x4.sub(c, d);
      v128.store(at, f32x4.add(ab, cd));
      v128.store(p1, f32x4.add(ba, dc));
      v128.store(p2, f32x4.sub(ab, cd));
      v128.store(p3, f32x4.sub(ba, dc));
    }
  }
}

function radix8(work: usize, bytes: usize, stride: usize): void {
  for (let from = work; from < work + bytes; from += stride << 3) {
    for (let at = from; at < from + stride; at += 16) {
      const p1 = at + stride;
      const p2 = p1 + stride;
      const p3 = p2 + stride;
      const p4 = at + (stride << 2);
      const p5 = p4 + stride;
      const p6 = p5 + stride;
      const p7 = p6 + stride;
      let a = v128.load(at);
      let e = v128.load(p4);
      const a4 = f32x4.add(a, e);
      const e4 = f32x4.sub(a, e);
      a = v128.load(p1);
      e = v128.load(p5);
      const b4 = f32x4.add(a, e);
      const f4 = f32x4.sub(a, e);
      a = v128.load(p2);
      e = v128.load(p6);
      const c4 = f32x4.add(a, e);
      const g4 = f32x4.sub(a, e);
      a = v128.load(p3);
      e = v128.load(p7);
      const d4 = f32x4.add(a, e);
      const h4 = f32x4.sub(a, e);
      four(a4, b4, c4, d4, at, p1, p2, p3);
      four(e4, f4, g4, h4, p4, p5, p6, p7);
    }
  }
}

/** The last radix-8 pass when only the lower half of its results is wanted. */
function upperHalfLeftOut(work: usize, stride: usize): void {
  for (let at = work; at < work + stride; at += 16) {
    const p1 = at + stride;
    const p2 = p1 + stride;
    const p3 = p2 + stride;
    const p4 = at + (stride << 2);
    const a = f32x4.add(v128.load(at), v128.load(p4));
    const b = f32x4.add(v128.load(p1), v128.load(p4 + stride));
    const c = f32x4.add(v128.load(p2), v128.load(p4 + 2 * stride));
    const d = f32x4.add(v128.load(p3), v128.load(p4 + 3 * stride));
    four(a, b, c, d, at, p1, p2, p3);
  }
}

// @ts-ignore: decorator
@inline
function four(a: v128, b: v128, c: v128, d: v128, p0: usize, p1: usize, p2: usize, p3: usize): void {
  const ab = f32x4.add(a, b);
  const ba = f32x4.sub(a, b);
  const cd = f32x4.add(c, d);
  const dc = f32x4.sub(c, d);
  v128.store(p0, f32x4.add(ab, cd));
  v128.store(p1, f32x4.add(ba, dc));
  v128.store(p2, f32x4.sub(ab, cd));
  v128.store(p3, f32x4.sub(ba, dc));
}
