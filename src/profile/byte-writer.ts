// SPDX-License-Identifier: Apache-2.0
import { fromHalfBits, halfBits, halfScale } from '../baseline/half.js';
import { DriftglassError } from '../errors.js';

/** How a block of numbers is stored. */
export const RAW = 0;
export const VARINT = 1;
export const SPARSE = 2;
/** Registers that were not counted. */
export const ABSENT = 3;
/** Numbers that half precision holds once scaled by a power of two: its exponent + 128, then the halves. */
export const HALF = 4;

const encoder = new TextEncoder();

/** A growing buffer, little-endian. Whole numbers are LEB128, so small counts take a byte. */
export class ByteWriter {
  #bytes = new Uint8Array(1_024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  /** The bytes written so far; valid until the next write. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  flag(value: boolean): void {
    this.byte(value ? 1 : 0);
  }

  u32(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.#length, value, true);
    this.#length += 4;
  }

  f64(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  /** A whole number from 0 to 2^53 − 1; CodecError for anything else. */
  varint(value: number): void {
    if (!(Number.isSafeInteger(value) && value >= 0)) {
      throw new DriftglassError('CodecError', `cannot encode ${value} as a count`);
    }
    this.#reserve(8);
    let rest = value;
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  /** A whole number of either sign. */
  signed(value: number): void {
    this.flag(value < 0);
    this.varint(Math.abs(value));
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** UTF-8, or UTF-16 for text with lone surrogates, which UTF-8 cannot hold. */
  text(text: string): void {
    const wide = /\p{Cs}/u.test(text);
    if (wide) {
      this.varint(2 * text.length + 1);
      for (let i = 0; i < text.length; i++) {
        this.byte(text.charCodeAt(i) & 255);
        this.byte(text.charCodeAt(i) >> 8);
      }
    } else {
      const bytes = encoder.encode(text);
      this.varint(2 * bytes.length);
      this.raw(bytes);
    }
  }

  /** The bytes of the values; every host that runs wasm is little-endian. */
  doubles(values: Float64Array): void {
    this.raw(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }

  /** Any numbers, of which many may be +0; the reader must know how many. */
  floats(values: Float64Array): void {
    let zeros = 0;
    for (const value of values) if (Object.is(value, 0)) zeros++;
    if (zeros * 2 <= values.length) {
      this.byte(RAW);
      this.doubles(values);
      return;
    }
    this.#sparse(values, values.length - zeros, (value) => this.f64(value));
  }

  /** Counts: whole numbers from 0; the reader must know how many. */
  counts(values: Float64Array | Uint32Array): void {
    let used = 0;
    for (const value of values) if (value !== 0) used++;
    if (used * 2 > values.length || values.length < 4) {
      this.byte(VARINT);
      for (const value of values) this.varint(value);
    } else this.#sparse(values, used, (value) => this.varint(value));
  }

  /** Whole numbers of either sign below 2^52, most of them small: 0, −1, 1, −2, 2 … as 0, 1, 2, 3, 4. */
  zigzag(values: Float64Array): void {
    for (const value of values) this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** In 16 bits each where that loses nothing; the reader must know how many. */
  singles(values: Float32Array): void {
    let stored: Float32Array | Uint16Array = values;
    const fitting = halfScale(values);
    // Twice the scale where rounding to half precision had raised the largest number to the next power of two.
    for (const scale of [1, fitting, 2 * fitting]) {
      const halves = Uint16Array.from(values, (value) => halfBits(value * scale));
      if (!halves.every((half, i) => Object.is(fromHalfBits(half) / scale, values[i]))) continue;
      stored = halves;
      this.byte(HALF);
      this.byte(Math.log2(scale) + 128);
      break;
    }
    if (stored === values) this.byte(RAW);
    this.raw(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength));
  }

  /** Bytes of which most may be 0; the reader must know how many, or that there may be none. */
  registers(values: Uint8Array): void {
    if (values.length === 0) {
      this.byte(ABSENT);
      return;
    }
    let used = 0;
    for (const value of values) if (value !== 0) used++;
    if (used * 3 > values.length) {
      this.byte(RAW);
      this.raw(values);
    } else this.#sparse(values, used, (value) => this.byte(value));
  }

  /** Non-zero values, each after its distance from the one before. */
  #sparse(values: ArrayLike<number>, used: number, write: (value: number) => void): void {
    this.byte(SPARSE);
    this.varint(used);
    let next = 0;
    for (let i = 0; i < values.length; i++) {
      if (Object.is(values[i], 0)) continue;
      this.varint(i - next);
      write(values[i]!);
      next = i + 1;
    }
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more));
    grown.set(this.bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
