// SPDX-License-Identifier: Apache-2.0
import type { ByteValues } from './byte-values.js';
import type { HybridDecoder } from './hybrid.js';
import type { Encoding } from './leaves.js';

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
/** One character a byte and back: a cheap key for bytes, whatever they mean. */
const byteText = new TextDecoder('latin1');

/** Text of a stored byte string. */
export function textOf(values: ByteValues, encoding: Encoding): string {
  const bytes = values.bytes.subarray(values.start, values.end);
  if (encoding.to === 'utf8') return utf8.decode(bytes);
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  if (encoding.to !== 'uuid') return hex;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * Distinct strings with their codes. Strings are looked up by their bytes (as one-byte text), so that a repeated value
 * is decoded once.
 */
export class StringCodes {
  readonly dictionary: string[];
  readonly #byBytes = new Map<string, number>();
  readonly #byText = new Map<string, number>();
  readonly #encoding: Encoding;

  constructor(encoding: Encoding, dictionary: readonly string[] = []) {
    this.#encoding = encoding;
    this.dictionary = dictionary.slice();
    for (let code = 0; code < dictionary.length; code++) this.#byText.set(dictionary[code], code);
  }

  /** Code of the value whose bytes read `key`; new values are added. */
  code(key: string, values: ByteValues): number {
    const known = this.#byBytes.get(key);
    if (known !== undefined) return known;
    const text = textOf(values, this.#encoding);
    let code = this.#byText.get(text);
    if (code === undefined) {
      code = this.dictionary.push(text) - 1;
      this.#byText.set(text, code);
    }
    this.#byBytes.set(key, code);
    return code;
  }
}

/** The present strings of one page as codes, read piece by piece. */
export interface StringValues {
  /** True when the codes are those of the chunk's dictionary and need no `codes`. */
  readonly indexed: boolean;
  read(out: Int32Array, at: number, count: number, codes: StringCodes | undefined): void;
}

/** Strings stored one by one. */
export class StoredStrings implements StringValues {
  readonly indexed = false;
  readonly #values: ByteValues;
  #text: string | undefined;
  #textOf: Uint8Array | undefined;

  constructor(values: ByteValues) {
    this.#values = values;
  }

  read(out: Int32Array, at: number, count: number, codes: StringCodes): void {
    const values = this.#values;
    for (let i = 0; i < count; i++) {
      values.next();
      out[at + i] = codes.code(this.#key(values), values);
    }
  }

  /** The page becomes text once, and a value's key is a piece of it: far cheaper than decoding value by value. */
  #key(values: ByteValues): string {
    if (values.start === 0) return byteText.decode(values.bytes.subarray(0, values.end));
    if (this.#text === undefined || this.#textOf !== values.bytes) {
      this.#text = byteText.decode(values.bytes);
      this.#textOf = values.bytes;
    }
    return this.#text.slice(values.start, values.end);
  }
}

/** Indices into the dictionary page of the chunk. */
export class IndexedStrings implements StringValues {
  readonly indexed = true;
  readonly #indices: HybridDecoder;
  readonly #codeOf: Int32Array;

  constructor(indices: HybridDecoder, codeOf: Int32Array) {
    this.#indices = indices;
    this.#codeOf = codeOf;
  }

  read(out: Int32Array, at: number, count: number): void {
    const codeOf = this.#codeOf;
    const size = codeOf.length;
    this.#indices.read(out, at, count);
    for (let i = at; i < at + count; i++) {
      if (out[i] >>> 0 >= size) throw new Error(`a page refers to dictionary entry ${out[i]} of ${size}`);
      out[i] = codeOf[out[i]];
    }
  }
}
