// SPDX-License-Identifier: Apache-2.0
import { type DecodeText, decodeBytes, decodeHex, decodeUtf8, type StringCodes } from '../string-codes.js';
import type { ByteValues } from './byte-values.js';
import type { HybridDecoder } from './hybrid.js';
import type { Encoding } from './leaves.js';

/** How the bytes of a leaf become text. */
export function textDecoder(encoding: Encoding): DecodeText {
  return encoding.to === 'utf8' ? decodeUtf8 : encoding.to === 'uuid' ? decodeUuid : decodeHex;
}

function decodeUuid(bytes: Uint8Array, start: number, end: number): string {
  const hex = decodeHex(bytes, start, end);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
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
      out[at + i] = codes.code(this.#key(values), values.bytes, values.start, values.end);
    }
  }

  /** The page becomes text once, and a value's key is a piece of it: far cheaper than decoding value by value. */
  #key(values: ByteValues): string {
    if (values.start === 0) return decodeBytes(values.bytes.subarray(0, values.end));
    if (this.#text === undefined || this.#textOf !== values.bytes) {
      this.#text = decodeBytes(values.bytes);
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
