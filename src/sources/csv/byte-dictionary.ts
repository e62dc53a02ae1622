// SPDX-License-Identifier: Apache-2.0
import type { StringColumn } from '../../columns/column.js';
import type { DictionaryLimits } from '../../columns/dictionary.js';
import { windows1252ToUtf8 } from './windows-1252.js';

/** Start value of the running hash: `hash = Math.imul(hash ^ byte, HASH_PRIME)` over the bytes (FNV-1a). */
export const HASH_SEED = 0x811c9dc5 | 0;
export const HASH_PRIME = 0x01000193;

const FIRST_SLOTS = 32;
const FIRST_POOL = 128;
const MANY_KEYS = 4096;

/**
 * `DictionaryEncoder` for UTF-8 bytes: a value seen before costs a hash and a comparison of bytes, and no string is
 * made. Bytes that are not UTF-8 are read as windows-1252, and counted.
 */
export class ByteDictionary {
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  /** Open addressing, four words a slot: hash, start and length in the pool, code + 1 (0: free). One cache line answers. */
  #slots = new Int32Array(4 * FIRST_SLOTS);
  #mask = FIRST_SLOTS - 1;
  #starts = new Int32Array(FIRST_SLOTS / 2 + 1);
  /** Code of each stored byte sequence: two of them share a code when one was invalid UTF-8. */
  #codes = new Int32Array(FIRST_SLOTS / 2);
  #stored = 0;
  #pool = new Uint8Array(FIRST_POOL);
  #values: string[] = [];
  /** Stored sequences before this one have their text in `#values`; later ones that are ASCII wait for `#decode`. */
  #decoded = 0;
  #published: readonly string[] = [];
  #invalid = 0;

  constructor({ maxEntries = 65_536, maxChars = 4_194_304 }: DictionaryLimits = {}) {
    this.#maxEntries = maxEntries;
    this.#maxBytes = maxChars;
  }

  get size(): number {
    return this.#values.length;
  }

  /** Distinct values met that were not valid UTF-8. */
  get invalid(): number {
    return this.#invalid;
  }

  /** The code of `bytes[start, end)`, whose running hash is `hash`. */
  encode(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mixed = mix(hash);
    const length = end - start;
    const slots = this.#slots;
    for (let slot = mixed & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const code = slots[4 * slot + 3];
      if (code === 0) break;
      if (slots[4 * slot] !== mixed || slots[4 * slot + 2] !== length) continue;
      const pool = this.#pool;
      const at = slots[4 * slot + 1];
      let i = 0;
      while (i < length && pool[at + i] === bytes[start + i]) i++;
      if (i === length) return code - 1;
    }
    return this.#insert(bytes, start, end, mixed);
  }

  /** As `DictionaryEncoder.finish`. */
  finish(codes: Int32Array): StringColumn {
    this.#decode();
    // A column of keys will not see them again: a small table is a quick one.
    const fresh = this.#values.length - this.#published.length;
    const isKeys = fresh > MANY_KEYS && 2 * fresh > codes.length;
    if (isKeys || this.#values.length > this.#maxEntries || this.#starts[this.#stored] > this.#maxBytes) {
      const dictionary = this.#values;
      this.#forget();
      return { type: 'string', codes, dictionary };
    }
    if (this.#published.length !== this.#values.length) this.#published = this.#values.slice();
    return { type: 'string', codes, dictionary: this.#published };
  }

  #forget(): void {
    this.#values = [];
    this.#published = [];
    this.#stored = 0;
    this.#decoded = 0;
    if (this.#pool.length > 2 * this.#maxBytes) this.#pool = new Uint8Array(FIRST_POOL);
    if (this.#slots.byteLength <= this.#maxBytes) this.#slots.fill(0);
    else {
      this.#slots = new Int32Array(4 * FIRST_SLOTS);
      this.#mask = FIRST_SLOTS - 1;
      this.#starts = new Int32Array(FIRST_SLOTS / 2 + 1);
      this.#codes = new Int32Array(FIRST_SLOTS / 2);
    }
  }

  #insert(bytes: Uint8Array, start: number, end: number, mixed: number): number {
    let high = 0;
    for (let i = start; i < end; i++) high |= bytes[i];
    let code = this.#values.length;
    // ASCII is decoded with its neighbours when the batch closes: a call of the decoder costs more than a text.
    const text = high < 128 ? WAITING : textOf(bytes, start, end);
    if (text !== undefined) this.#values.push(text);
    else {
      this.#invalid++;
      const fallback = windows1252ToUtf8(bytes.subarray(start, end));
      code = this.encode(fallback, 0, fallback.length, hashOf(fallback, 0, fallback.length));
    }
    if (2 * (this.#stored + 1) > this.#mask) this.#grow();
    const stored = this.#stored++;
    const at = this.#starts[stored];
    const needed = at + end - start;
    if (needed > this.#pool.length) {
      const pool = new Uint8Array(Math.max(needed, 2 * this.#pool.length));
      pool.set(this.#pool.subarray(0, at));
      this.#pool = pool;
    }
    const pool = this.#pool;
    for (let i = start, to = at; i < end; i++, to++) pool[to] = bytes[i];
    this.#starts[stored + 1] = needed;
    this.#codes[stored] = code;
    this.#place(mixed, at, end - start, code + 1);
    return code;
  }

  /**
   * Makes the texts that wait, a few kilobytes at a time: they are cut out of one string, which lives as long as any of them does.
   */
  #decode(): void {
    const starts = this.#starts;
    const values = this.#values;
    let first = this.#decoded;
    while (first < this.#stored) {
      let end = first + 1;
      while (end < this.#stored && starts[end + 1] - starts[first] <= DECODED_BYTES) end++;
      const from = starts[first];
      const text = unitsOf(this.#pool.subarray(from, starts[end]));
      for (let stored = first; stored < end; stored++) {
        const code = this.#codes[stored];
        if (values[code] === WAITING)
          values[code] = text.slice(starts[stored] - from, starts[stored + 1] - from);
      }
      first = end;
    }
    this.#decoded = this.#stored;
  }

  #place(mixed: number, at: number, length: number, mark: number): void {
    const slots = this.#slots;
    let slot = mixed & this.#mask;
    while (slots[4 * slot + 3] !== 0) slot = (slot + 1) & this.#mask;
    slots[4 * slot] = mixed;
    slots[4 * slot + 1] = at;
    slots[4 * slot + 2] = length;
    slots[4 * slot + 3] = mark;
  }

  #grow(): void {
    const old = this.#slots;
    const size = 2 * (this.#mask + 1);
    this.#slots = new Int32Array(4 * size);
    this.#mask = size - 1;
    this.#starts = enlarged(this.#starts, size / 2 + 1);
    this.#codes = enlarged(this.#codes, size / 2);
    for (let i = 0; i < old.length; i += 4) {
      if (old[i + 3] !== 0) this.#place(old[i], old[i + 1], old[i + 2], old[i + 3]);
    }
  }
}

export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_SEED;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i], HASH_PRIME);
  return hash;
}

/** Spreads FNV's weak low bits over the word (the finaliser of MurmurHash3). */
function mix(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function enlarged(from: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(length);
  to.set(from);
  return to;
}

const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** One character a byte; which ones stand for bytes above 127 does not matter here. */
const singleByteDecoder = new TextDecoder('windows-1252');
const DECODED_BYTES = 4096;
/** Stands for a text not made yet. The empty text is its own: cutting nothing out gives it again. */
const WAITING = '';

/** One character a byte, right where the byte is ASCII. The UTF-8 decoder is quicker and its strings half the size. */
function unitsOf(bytes: Uint8Array): string {
  let high = 0;
  for (const byte of bytes) high |= byte;
  return high < 128 ? utf8Decoder.decode(bytes) : singleByteDecoder.decode(bytes);
}

/** The text of UTF-8 bytes; undefined when they are not UTF-8. */
function textOf(bytes: Uint8Array, start: number, end: number): string | undefined {
  try {
    return utf8Decoder.decode(bytes.subarray(start, end));
  } catch {
    return undefined;
  }
}
