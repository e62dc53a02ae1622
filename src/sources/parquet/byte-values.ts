// SPDX-License-Identifier: Apache-2.0
import { DeltaDecoder } from './delta.js';

/** Byte strings of one page in order. After `next()` the value is `bytes` from `start` to `end`. */
export interface ByteValues {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  next(): void;
}

const TOO_FEW = 'a page holds fewer values than it states';

/** PLAIN byte arrays: a length of four bytes before each. */
export class PlainByteArrays implements ByteValues {
  readonly bytes: Uint8Array;
  start = 0;
  end: number;

  constructor(bytes: Uint8Array, from: number) {
    this.bytes = bytes;
    this.end = from;
  }

  next(): void {
    const { bytes, end } = this;
    if (end + 4 > bytes.length) throw new Error(TOO_FEW);
    const length = bytes[end] + bytes[end + 1] * 256 + bytes[end + 2] * 65_536 + bytes[end + 3] * 16_777_216;
    if (length > bytes.length - end - 4) throw new Error('a string is longer than its page');
    this.start = end + 4;
    this.end = this.start + length;
  }
}

/** Values of one fixed length, one behind the other. */
export class FixedByteArrays implements ByteValues {
  readonly bytes: Uint8Array;
  start: number;
  end: number;
  readonly #length: number;

  constructor(bytes: Uint8Array, from: number, length: number) {
    this.bytes = bytes;
    this.start = from;
    this.end = from;
    this.#length = length;
  }

  next(): void {
    this.start = this.end;
    this.end += this.#length;
    if (this.end > this.bytes.length) throw new Error(TOO_FEW);
  }
}

/** DELTA_LENGTH_BYTE_ARRAY: all lengths first, then all bytes. */
export class DeltaLengthByteArrays implements ByteValues {
  readonly bytes: Uint8Array;
  start: number;
  end: number;
  readonly #lengths: DeltaDecoder;
  readonly #length = new Float64Array(1);

  constructor(bytes: Uint8Array, from: number) {
    this.bytes = bytes;
    this.#lengths = new DeltaDecoder(bytes, from, 32, 1);
    // a second decoder runs ahead to where the lengths end, so that no list of lengths has to be held
    this.start = new DeltaDecoder(bytes, from, 32, 1).skipToEnd();
    this.end = this.start;
  }

  next(): void {
    this.#lengths.read(this.#length, 0, 1);
    this.start = this.end;
    this.end += this.#length[0];
    if (this.#length[0] < 0 || this.end > this.bytes.length)
      throw new Error('a string is longer than its page');
  }
}

/** DELTA_BYTE_ARRAY: each value is a prefix of the one before and a suffix of its own. */
export class DeltaByteArrays implements ByteValues {
  bytes: Uint8Array = new Uint8Array(64);
  readonly start = 0;
  end = 0;
  readonly #prefixes: DeltaDecoder;
  readonly #prefix = new Float64Array(1);
  readonly #suffixes: DeltaLengthByteArrays;

  constructor(bytes: Uint8Array, from: number) {
    this.#prefixes = new DeltaDecoder(bytes, from, 32, 1);
    this.#suffixes = new DeltaLengthByteArrays(bytes, new DeltaDecoder(bytes, from, 32, 1).skipToEnd());
  }

  next(): void {
    this.#prefixes.read(this.#prefix, 0, 1);
    this.#suffixes.next();
    const prefix = this.#prefix[0];
    const suffix = this.#suffixes.bytes.subarray(this.#suffixes.start, this.#suffixes.end);
    if (prefix < 0 || prefix > this.end) throw new Error('a string repeats more than the one before it has');
    if (prefix + suffix.length > this.bytes.length) {
      const grown = new Uint8Array(2 * (prefix + suffix.length));
      grown.set(this.bytes.subarray(0, prefix));
      this.bytes = grown;
    }
    this.bytes.set(suffix, prefix);
    this.end = prefix + suffix.length;
  }
}
