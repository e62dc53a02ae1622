// SPDX-License-Identifier: Apache-2.0
import { hashText, mix32, SECOND_HALF } from '../baseline/hash.js';
import type { Column, NumberColumn } from '../columns/column.js';

/** 64-bit hashes, one a row, in two halves. Signed words: engines keep those as integers, and unsigned ones as floats. */
export interface Hashes {
  readonly upper: Int32Array;
  readonly lower: Int32Array;
}

/** Hash of a null, unparsable or absent slot; it enters row hashes only. */
const ABSENT = 0x3c6ef372;

/** Hashes of each row's value. Equal numbers hash alike in f32 and f64; −0 as 0, all NaN alike, and alike to absent slots. */
export function hashColumn(column: Column | undefined, into: Hashes): void {
  if (!column) {
    into.upper.fill(ABSENT);
    into.lower.fill(ABSENT);
  } else if (column.type === 'string') hashStrings(column, into);
  else hashNumbers(column, into);
}

let wide = new Float64Array(0);

function hashNumbers({ values }: NumberColumn, { upper, lower }: Hashes): void {
  const n = values.length;
  if (wide.length < n) wide = new Float64Array(n);
  wide.set(values);
  const words = new Int32Array(wide.buffer, 0, 2 * n);
  for (let i = 0; i < n; i++) {
    let low = words[2 * i]!;
    let high = words[2 * i + 1]!;
    if (low === 0 && high === -0x80000000) high = 0;
    else if ((high & 0x7ff00000) === 0x7ff00000 && (low !== 0 || (high & 0xfffff) !== 0)) {
      low = ABSENT;
      high = ABSENT;
    }
    // Two rounds of multiply and shift per half, fed with both words in different order.
    let a = Math.imul(low ^ 0x9e3779b9, 0x85ebca6b);
    a = Math.imul(a ^ (a >>> 15) ^ high, 0xc2b2ae35);
    a = Math.imul(a ^ (a >>> 13), 0x27d4eb2f);
    let b = Math.imul(high ^ 0x165667b1, 0x9e3779b1);
    b = Math.imul(b ^ (b >>> 16) ^ low, 0x85ebca77);
    b = Math.imul(b ^ (b >>> 14), 0xc2b2ae3d);
    upper[i] = a ^ (a >>> 16);
    lower[i] = b ^ (b >>> 15);
  }
}

/** Halves of dictionary entries, kept while the dictionary is the same (it may grow between batches). */
interface DictionaryHashes {
  dictionary: readonly string[];
  upper: Int32Array;
  lower: Int32Array;
  hashed: number;
}

const cache = new WeakMap<readonly string[], DictionaryHashes>();

/** Hashes of dictionary entries, by code. */
export function dictionaryHashes(dictionary: readonly string[]): Hashes {
  let known = cache.get(dictionary);
  if (!known) {
    known = { dictionary, upper: new Int32Array(0), lower: new Int32Array(0), hashed: 0 };
    cache.set(dictionary, known);
  }
  if (known.upper.length < dictionary.length) {
    const size = Math.max(dictionary.length, 2 * known.upper.length);
    for (const half of ['upper', 'lower'] as const) {
      const grown = new Int32Array(size);
      grown.set(known[half]);
      known[half] = grown;
    }
  }
  for (; known.hashed < dictionary.length; known.hashed++) {
    known.upper[known.hashed] = hashText(dictionary[known.hashed]!);
    known.lower[known.hashed] = hashText(dictionary[known.hashed]!, SECOND_HALF);
  }
  return known;
}

function hashStrings({ codes, dictionary }: Column & { type: 'string' }, { upper, lower }: Hashes): void {
  const { upper: uppers, lower: lowers } = dictionaryHashes(dictionary);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    upper[i] = code < 0 ? ABSENT : uppers[code]!;
    lower[i] = code < 0 ? ABSENT : lowers[code]!;
  }
}

/** Mixes a column's hashes into the row hashes; the order of columns matters. */
export function mixRows(rows: Hashes, column: Hashes, n: number): void {
  mixHalf(rows.upper, column.upper, n);
  mixHalf(rows.lower, column.lower, n);
}

function mixHalf(rows: Int32Array, column: Int32Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const hash = rows[i]!;
    rows[i] = Math.imul(((hash << 5) | (hash >>> 27)) ^ column[i]!, 0x9e3779b1);
  }
}

/** Final avalanche of row hashes. */
export function finishRows({ upper, lower }: Hashes, n: number): void {
  for (let i = 0; i < n; i++) {
    const low = lower[i]!;
    upper[i] = mix32(upper[i]! ^ (low >>> 7));
    lower[i] = mix32(low);
  }
}
