// SPDX-License-Identifier: Apache-2.0
import type { StringColumn } from '../../columns/column.js';
import type { DictionaryLimits } from '../../columns/dictionary.js';

/** Start value of the running hash: `hash = Math.imul(hash ^ byte, HASH_PRIME)` over the bytes (FNV-1a). */
export const HASH_SEED = 0x811c9dc5 | 0;
export const HASH_PRIME = 0x01000193;

/**
 * `DictionaryEncoder` for UTF-8 bytes: a value seen before costs a hash and a comparison of bytes, and no string is
 * made. Bytes that are not UTF-8 are read as windows-1252, and counted.
 */
export class ByteDictionary {
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  #slots = new Int32Array(64);
  #mask = 63;
  #hashes = new Int32Array(32);
  #starts = new Int32Array(33);
  /** Code of each stored byte sequence: two of them share a code when one was invalid UTF-8. */
  #codes = new Int32Array(32);
  #stored = 0;
  #pool = new Uint8Array(256);
  #values: string[] = [];
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
    let slot = mixed & this.#mask;
    for (;;) {
      const stored = this.#slots[slot] - 1;
      if (stored < 0) break;
      if (this.#hashes[stored] === mixed) {
        const at = this.#starts[stored];
        if (this.#starts[stored + 1] - at === length) {
          const pool = this.#pool;
          let i = 0;
          while (i < length && pool[at + i] === bytes[start + i]) i++;
          if (i === length) return this.#codes[stored];
        }
      }
      slot = (slot + 1) & this.#mask;
    }
    return this.#insert(bytes, start, end, mixed);
  }

  /** As `DictionaryEncoder.finish`. */
  finish(codes: Int32Array): StringColumn {
    if (this.#values.length > this.#maxEntries || this.#starts[this.#stored] > this.#maxBytes) {
      const dictionary = this.#values;
      this.#values = [];
      this.#published = [];
      this.#stored = 0;
      this.#slots.fill(0);
      if (this.#pool.length > 2 * this.#maxBytes) this.#pool = new Uint8Array(256);
      return { type: 'string', codes, dictionary };
    }
    if (this.#published.length !== this.#values.length) this.#published = this.#values.slice();
    return { type: 'string', codes, dictionary: this.#published };
  }

  #insert(bytes: Uint8Array, start: number, end: number, mixed: number): number {
    const text = textOf(bytes, start, end);
    let code = this.#values.length;
    if (text !== undefined) this.#values.push(text);
    else {
      this.#invalid++;
      const fallback = utf8Encoder.encode(windows1252.decode(bytes.subarray(start, end)));
      code = this.encode(fallback, 0, fallback.length, hashOf(fallback, 0, fallback.length));
    }
    if (2 * (this.#stored + 1) > this.#slots.length) this.#grow();
    const stored = this.#stored++;
    const at = this.#starts[stored];
    const needed = at + end - start;
    if (needed > this.#pool.length) {
      const pool = new Uint8Array(Math.max(needed, 2 * this.#pool.length));
      pool.set(this.#pool.subarray(0, at));
      this.#pool = pool;
    }
    for (let i = start, to = at; i < end; i++, to++) this.#pool[to] = bytes[i];
    this.#starts[stored + 1] = needed;
    this.#hashes[stored] = mixed;
    this.#codes[stored] = code;
    this.#place(stored);
    return code;
  }

  #place(stored: number): void {
    let slot = this.#hashes[stored] & this.#mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask;
    this.#slots[slot] = stored + 1;
  }

  #grow(): void {
    const capacity = this.#slots.length;
    this.#slots = new Int32Array(2 * capacity);
    this.#mask = 2 * capacity - 1;
    this.#hashes = enlarged(this.#hashes, capacity);
    this.#starts = enlarged(this.#starts, capacity + 1);
    this.#codes = enlarged(this.#codes, capacity);
    for (let stored = 0; stored < this.#stored; stored++) this.#place(stored);
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

const utf8Encoder = new TextEncoder();
const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const windows1252 = new TextDecoder('windows-1252');
const SHORT = 24;

/** The text of UTF-8 bytes; undefined when they are not UTF-8. Short ASCII avoids the decoder, which costs more than the text. */
function textOf(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start <= SHORT) {
    let text = '';
    let i = start;
    for (; i < end && bytes[i] < 128; i++) text += String.fromCharCode(bytes[i]);
    if (i === end) return text;
  }
  try {
    return utf8Decoder.decode(bytes.subarray(start, end));
  } catch {
    return undefined;
  }
}
