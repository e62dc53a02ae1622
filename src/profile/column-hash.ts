// SPDX-License-Identifier: Apache-2.0
import { hashText, mix32, SECOND_HALF } from '../baseline/hash.js';
import {
  type Column,
  NULL,
  type NumberColumn,
  type StringColumn,
  type VectorColumn,
} from '../columns/column.js';
import { addDistinct } from './hyperloglog.js';

/** 64-bit hashes, one a row, in two halves. Signed words: engines keep those as integers, and unsigned ones as floats. */
export interface Hashes {
  readonly upper: Int32Array;
  readonly lower: Int32Array;
}

/** Both words and both halves of a null, unparsable or absent slot, and of NaN; it enters row hashes only. */
const ABSENT = 0x3c6ef372;

/** Hashes of each row's value. Equal numbers hash alike in f32 and f64, and −0 as 0. */
export function hashColumn(column: Column, { upper, lower }: Hashes): void {
  if (column.type === 'string') {
    const entries = dictionaryHashes(column.dictionary);
    column.codes.forEach((code, i) => {
      upper[i] = code < 0 ? ABSENT : entries.upper[code]!;
      lower[i] = code < 0 ? ABSENT : entries.lower[code]!;
    });
    return;
  }
  const words = wordsOf(column);
  for (let i = 0; i < column.values.length; i++) {
    upper[i] = upperHash(words[2 * i]!, words[2 * i + 1]!);
    lower[i] = lowerHash(words[2 * i]!, words[2 * i + 1]!);
  }
}

/**
 * Mixes each row's value into its row hash (the order of columns matters), and values that are there into the distinct
 * registers where those are given; of strings `dictionaryHashes` serves for that. One pass: memory is slower than hashing.
 */
export function mixColumn(rows: Hashes, column: Column | undefined, registers: Uint8Array | null): void {
  if (!column) mixAbsent(rows);
  else if (column.type === 'string') mixStrings(rows, column);
  else if (registers) mixNumbers(rows, column, registers);
  else mixNumbers(rows, column, new Uint8Array(4_096));
}

function mixNumbers({ upper, lower }: Hashes, column: NumberColumn, registers: Uint8Array): void {
  const words = wordsOf(column);
  for (let i = 0; i < column.values.length; i++) {
    const low = words[2 * i]!;
    const high = words[2 * i + 1]!;
    const a = upperHash(low, high);
    const b = lowerHash(low, high);
    upper[i] = mixed(upper[i]!, a);
    lower[i] = mixed(lower[i]!, b);
    if (low !== ABSENT || high !== ABSENT) addDistinct(registers, a, b);
  }
}

function mixStrings({ upper, lower }: Hashes, { codes, dictionary }: StringColumn): void {
  const entries = dictionaryHashes(dictionary);
  const { upper: uppers, lower: lowers } = entries;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    upper[i] = mixed(upper[i]!, code < 0 ? ABSENT : uppers[code]!);
    lower[i] = mixed(lower[i]!, code < 0 ? ABSENT : lowers[code]!);
  }
}

function mixAbsent({ upper, lower }: Hashes): void {
  for (let i = 0; i < upper.length; i++) {
    upper[i] = mixed(upper[i]!, ABSENT);
    lower[i] = mixed(lower[i]!, ABSENT);
  }
}

/** The same for rows of vectors: their bits one after the other. Two rows at a time: a step waits for the one before it. */
export function mixVectors(rows: Hashes, column: VectorColumn | undefined): void {
  if (!column) {
    mixAbsent(rows);
    return;
  }
  const { dimension, values, status } = column;
  const words = new Int32Array(values.buffer, values.byteOffset, values.length);
  const count = rows.upper.length;
  for (let i = 0; i < count; i += 2) {
    const other = Math.min(i + 1, count - 1);
    let a = ABSENT;
    let b = ABSENT;
    let c = ABSENT;
    let d = ABSENT;
    const ahead = (other - i) * dimension;
    for (let j = i * dimension, end = j + dimension; j < end; j++) {
      // −0 and 0 are one value.
      let word = words[j]!;
      if (word === -0x80000000) word = 0;
      a = Math.imul(a ^ word, 0x85ebca6b);
      a ^= a >>> 15;
      b = Math.imul(((b << 7) | (b >>> 25)) ^ word, 0xc2b2ae35);
      word = words[j + ahead]!;
      if (word === -0x80000000) word = 0;
      c = Math.imul(c ^ word, 0x85ebca6b);
      c ^= c >>> 15;
      d = Math.imul(((d << 7) | (d >>> 25)) ^ word, 0xc2b2ae35);
    }
    mixVector(rows, i, status?.[i] === NULL, a, b);
    if (other > i) mixVector(rows, other, status?.[other] === NULL, c, d);
  }
}

function mixVector({ upper, lower }: Hashes, row: number, absent: boolean, a: number, b: number): void {
  upper[row] = mixed(upper[row]!, absent ? ABSENT : a);
  lower[row] = mixed(lower[row]!, absent ? ABSENT : b);
}

/** Final avalanche of row hashes. */
export function finishRows({ upper, lower }: Hashes): void {
  for (let i = 0; i < upper.length; i++) {
    const low = lower[i]!;
    upper[i] = mix32(upper[i]! ^ (low >>> 7));
    lower[i] = mix32(low);
  }
}

function mixed(row: number, value: number): number {
  return Math.imul(((row << 5) | (row >>> 27)) ^ value, 0x9e3779b1);
}

/** Two rounds of multiply and shift per half, fed with both words of the f64 in different order. */
function upperHash(low: number, high: number): number {
  let hash = Math.imul(low ^ 0x9e3779b9, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15) ^ high, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 13), 0x27d4eb2f);
  return hash ^ (hash >>> 16);
}

function lowerHash(low: number, high: number): number {
  let hash = Math.imul(high ^ 0x165667b1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16) ^ low, 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 14), 0xc2b2ae3d);
  return hash ^ (hash >>> 15);
}

let wide = new Float64Array(0);

/** The f64 words of a column, low and high in turn; valid until the next call. */
function wordsOf({ values }: NumberColumn): Int32Array {
  const n = values.length;
  if (wide.length < n) wide = new Float64Array(n);
  wide.set(values);
  const words = new Int32Array(wide.buffer, 0, 2 * n);
  for (let i = 0; i < n; i++) {
    const high = words[2 * i + 1]!;
    // All but −0, ±Infinity and NaN pass on the first test.
    if ((high & 0x7ff00000) !== 0x7ff00000 && high !== -0x80000000) continue;
    if (Number.isNaN(wide[i])) {
      words[2 * i] = ABSENT;
      words[2 * i + 1] = ABSENT;
    } else if (wide[i] === 0) words[2 * i + 1] = 0;
  }
  return words;
}

/** Halves of dictionary entries, kept while the dictionary is the same (it may grow between batches). */
interface DictionaryHashes {
  upper: Int32Array;
  lower: Int32Array;
  hashed: number;
}

const cache = new WeakMap<readonly string[], DictionaryHashes>();

/** Hashes of dictionary entries, by code. */
export function dictionaryHashes(dictionary: readonly string[]): Hashes {
  let known = cache.get(dictionary);
  if (!known) {
    known = { upper: new Int32Array(0), lower: new Int32Array(0), hashed: 0 };
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
