// SPDX-License-Identifier: Apache-2.0
/**
 * Radix sort by 11-bit digits of the order-preserving key, lowest digit first. NaN is taken out, −0 becomes +0. Digits
 * that are the same in every key are skipped.
 *
 * The sorted values end in `values` or in `scratch`; the address is returned and the number kept is stored as u32 at
 * `counts`. `counts` has room for SORT_COUNTS u32.
 */
import { increment } from './codes';

const DIGIT: u32 = 11;
const BUCKETS: u32 = 1 << DIGIT;
const MASK: u32 = BUCKETS - 1;
/** Below this, insertion beats clearing the counters. */
const SMALL: usize = 64;

export function sort_f32(values: usize, scratch: usize, n: usize, counts: usize): usize {
  const c0 = counts + 4;
  const c1 = c0 + (BUCKETS << 2);
  const c2 = c1 + (BUCKETS << 2);
  const small = n <= SMALL;
  if (!small) memory.fill(c0, 0, 3 * (BUCKETS << 2));
  let to = values;
  let varying: u32 = 0;
  let first: u32 = 0;
  let previous: u32 = 0;
  let ordered: u32 = 1;
  for (let p = values, end = values + (n << 2); p < end; p += 4) {
    let bits = load<u32>(p);
    if ((bits & 0x7fffffff) > 0x7f800000) continue;
    bits = select<u32>(0, bits, bits == 0x80000000);
    const key = bits ^ (<u32>(<i32>bits >> 31) | 0x80000000);
    if (to == values) first = key;
    varying |= key ^ first;
    ordered &= <u32>(previous <= key);
    previous = key;
    store<u32>(to, key);
    to += 4;
    if (!small) {
      increment(c0 + ((key & MASK) << 2));
      increment(c1 + (((key >> DIGIT) & MASK) << 2));
      increment(c2 + ((key >> (2 * DIGIT)) << 2));
    }
  }
  store<u32>(counts, <u32>((to - values) >> 2));
  let from = values;
  let other = scratch;
  if (!ordered) {
    if (small) {
      repair<u32>(values, to, usize.MAX_VALUE);
    } else {
      for (let pass: u32 = 0; pass < 3; pass++) {
        const shift = pass * DIGIT;
        if (((varying >> shift) & MASK) == 0) continue;
        scatter<u32>(from, from + (to - values), other, shift, c0 + pass * (BUCKETS << 2));
        const swap = from;
        from = other;
        other = swap;
      }
    }
  }
  const stop = from + (to - values);
  for (let p = from; p < stop; p += 4) {
    const key = load<u32>(p);
    store<u32>(p, key ^ (<u32>(<i32>~key >> 31) | 0x80000000));
  }
  return from;
}

export function sort_f64(values: usize, scratch: usize, n: usize, counts: usize): usize {
  let to = values;
  let varying: u64 = 0;
  let first: u64 = 0;
  let previous: u64 = 0;
  let ordered: u32 = 1;
  for (let p = values, end = values + (n << 3); p < end; p += 8) {
    let bits = load<u64>(p);
    if ((bits & 0x7fffffffffffffff) > 0x7ff0000000000000) continue;
    bits = select<u64>(0, bits, bits == 0x8000000000000000);
    const key = bits ^ (<u64>(<i64>bits >> 63) | 0x8000000000000000);
    if (to == values) first = key;
    varying |= key ^ first;
    ordered &= <u32>(previous <= key);
    previous = key;
    store<u64>(to, key);
    to += 8;
  }
  store<u32>(counts, <u32>((to - values) >> 3));
  let from = values;
  if (!ordered) {
    if (n <= SMALL) repair<u64>(values, to, usize.MAX_VALUE);
    else from = sortKeys(values, to, scratch, varying, counts + 4);
  }
  const stop = from + (to - values);
  for (let p = from; p < stop; p += 8) {
    const key = load<u64>(p);
    store<u64>(p, key ^ (<u64>(<i64>~key >> 63) | 0x8000000000000000));
  }
  return from;
}

/**
 * Most columns differ within their 33 highest varying bits: three passes there and a short repair by insertion are
 * half the work of six passes. Where the repair would be long, the full sort runs.
 */
function sortKeys(values: usize, end: usize, scratch: usize, varying: u64, counts: usize): usize {
  const length = end - values;
  const lowest = <u32>ctz(varying);
  const width = 64 - <u32>clz(varying) - lowest;
  let from = values;
  if (width > 3 * DIGIT) {
    from = passes(from, length, scratch, lowest + width - 3 * DIGIT, 3, counts);
    if (repair<u64>(from, from + length, length)) return from;
  }
  const other = from == values ? scratch : values;
  return passes(from, length, other, lowest, (width + DIGIT - 1) / DIGIT, counts);
}

/** `count` passes upwards from bit `lowest`; returns where the keys end. */
function passes(values: usize, length: usize, scratch: usize, lowest: u32, count: u32, counts: usize): usize {
  memory.fill(counts, 0, count * (BUCKETS << 2));
  for (let p = values, end = values + length; p < end; p += 8) {
    let digits = load<u64>(p) >> lowest;
    for (let pass: u32 = 0; pass < count; pass++) {
      increment(counts + (((pass << DIGIT) + (<u32>digits & MASK)) << 2));
      digits >>= DIGIT;
    }
  }
  let from = values;
  let other = scratch;
  for (let pass: u32 = 0; pass < count; pass++) {
    const shift = lowest + pass * DIGIT;
    const table = counts + ((pass << DIGIT) << 2);
    // One bucket holds everything: nothing would move.
    if (<usize>load<u32>(table + ((<u32>(load<u64>(from) >> shift) & MASK) << 2)) << 3 == length) continue;
    scatter<u64>(from, from + length, other, shift, table);
    const swap = from;
    from = other;
    other = swap;
  }
  return from;
}

/** Turns counts into addresses and moves each key to its bucket's next place. */
// @ts-ignore: decorator
@inline
function scatter<T>(from: usize, end: usize, to: usize, shift: u32, counts: usize): void {
  let next = <u32>to;
  for (let slot = counts, last = counts + (BUCKETS << 2); slot < last; slot += 4) {
    const count = load<u32>(slot);
    store<u32>(slot, next);
    next += count * <u32>sizeof<T>();
  }
  for (let p = from; p < end; p += sizeof<T>()) {
    const key = load<T>(p);
    const slot = counts + ((<u32>(key >> <T>shift) & MASK) << 2);
    const at = load<u32>(slot);
    store<u32>(slot, at + <u32>sizeof<T>());
    store<T>(<usize>at, key);
  }
}

/** Insertion sort of nearly sorted keys; false, with the keys still a permutation, after `limit` moved bytes. */
function repair<T>(from: usize, end: usize, limit: usize): bool {
  let moved: usize = 0;
  for (let p = from + sizeof<T>(); p < end; p += sizeof<T>()) {
    const key = load<T>(p);
    if (load<T>(p - sizeof<T>()) <= key) continue;
    let q = p;
    do {
      store<T>(q, load<T>(q - sizeof<T>()));
      q -= sizeof<T>();
    } while (q > from && load<T>(q - sizeof<T>()) > key);
    store<T>(q, key);
    moved += p - q;
    if (moved > limit) return false;
  }
  return true;
}
