// SPDX-License-Identifier: Apache-2.0
import { half } from '../half.js';
import { readInt64s } from '../int64.js';
import type { ByteValues } from './byte-values.js';
import { DeltaDecoder } from './delta.js';
import type { HybridDecoder } from './hybrid.js';
import type { Encoding } from './leaves.js';

/** The present values of one page as doubles, read piece by piece. */
export interface NumberValues {
  read(out: Float64Array | Float32Array, at: number, count: number): void;
  /** True once an integer beyond 2^53 was rounded to a double. */
  readonly rounded?: boolean;
}

const DAY = 86_400_000;
const TOO_FEW = 'a page holds fewer values than it states';

/** Bytes that one PLAIN value of an encoding takes. */
const WIDTH: Partial<Record<Encoding['to'], number>> = {
  int32: 4,
  uint32: 4,
  days: 4,
  float: 4,
  int64: 8,
  uint64: 8,
  double: 8,
  int96: 12,
};

/** PLAIN numbers of fixed width. */
export class PlainNumbers implements NumberValues {
  readonly #view: DataView;
  readonly #encoding: Encoding;
  readonly #width: number;
  #pos: number;
  rounded = false;

  constructor(bytes: Uint8Array, from: number, encoding: Encoding) {
    const width = WIDTH[encoding.to];
    if (width === undefined) throw new Error(`${encoding.to} values in plain numbers`);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#pos = from;
    this.#encoding = encoding;
    this.#width = width;
  }

  read(out: Float64Array | Float32Array, at: number, count: number): void {
    const view = this.#view;
    const from = this.#pos;
    if (from + count * this.#width > view.byteLength) throw new Error(TOO_FEW);
    this.#pos += count * this.#width;
    const encoding = this.#encoding;
    switch (encoding.to) {
      case 'float':
        for (let i = 0; i < count; i++) out[at + i] = view.getFloat32(from + 4 * i, true);
        break;
      case 'double':
        for (let i = 0; i < count; i++) out[at + i] = view.getFloat64(from + 8 * i, true);
        break;
      case 'int32':
        for (let i = 0; i < count; i++) out[at + i] = view.getInt32(from + 4 * i, true) / encoding.divisor;
        break;
      case 'uint32':
        for (let i = 0; i < count; i++) out[at + i] = view.getUint32(from + 4 * i, true) / encoding.divisor;
        break;
      case 'days':
        for (let i = 0; i < count; i++) out[at + i] = view.getInt32(from + 4 * i, true) * DAY;
        break;
      case 'int64':
      case 'uint64':
        if (
          readInt64s(view, from, out, at, count, {
            signed: encoding.to === 'int64',
            divisor: encoding.divisor,
          })
        ) {
          this.rounded = true;
        }
        break;
      case 'int96':
        for (let i = 0; i < count; i++) out[at + i] = int96(view, from + 12 * i);
        break;
    }
  }
}

/**
 * INT96: nanoseconds of the day, then the Julian day; as milliseconds since 1970. Writers compute the day from 64-bit
 * microseconds that wrapped for years beyond 290,000: they are wrapped back.
 */
function int96(view: DataView, at: number): number {
  const nanoseconds = view.getUint32(at, true) + view.getInt32(at + 4, true) * 2 ** 32;
  const milliseconds = (view.getInt32(at + 8, true) - 2_440_588) * DAY + nanoseconds / 1_000_000;
  return milliseconds < -(2 ** 63) / 1000 ? milliseconds + 2 ** 64 / 1000 : milliseconds;
}

/** DELTA_BINARY_PACKED integers; dates are scaled from days. */
export class DeltaNumbers implements NumberValues {
  readonly #delta: DeltaDecoder;
  readonly #factor: number;
  readonly #unsigned: number;
  #scratch = new Float64Array(0);

  constructor(bytes: Uint8Array, from: number, encoding: Encoding) {
    const { to } = encoding;
    const divisor = 'divisor' in encoding ? encoding.divisor : 1;
    if (to !== 'int32' && to !== 'uint32' && to !== 'int64' && to !== 'uint64' && to !== 'days') {
      throw new Error(`${to} values in delta encoding`);
    }
    this.#delta = new DeltaDecoder(bytes, from, to === 'int64' || to === 'uint64' ? 64 : 32, divisor);
    this.#factor = to === 'days' ? DAY : 1;
    this.#unsigned = to === 'uint32' ? 2 ** 32 : to === 'uint64' ? 2 ** 64 : 0;
  }

  get rounded(): boolean {
    return this.#delta.rounded;
  }

  read(out: Float64Array | Float32Array, at: number, count: number): void {
    const direct = out instanceof Float64Array;
    if (!direct && this.#scratch.length < count) this.#scratch = new Float64Array(count);
    const target = direct ? out : this.#scratch;
    const from = direct ? at : 0;
    this.#delta.read(target, from, count);
    for (let i = 0; i < count; i++) {
      let value = target[from + i] * this.#factor;
      if (value < 0) value += this.#unsigned;
      out[at + i] = value;
    }
  }
}

/** PLAIN booleans: one bit each. */
export class BitBooleans implements NumberValues {
  readonly #bytes: Uint8Array;
  #bit: number;

  constructor(bytes: Uint8Array, from: number) {
    this.#bytes = bytes;
    this.#bit = from * 8;
  }

  read(out: Float64Array | Float32Array, at: number, count: number): void {
    if (this.#bit + count > this.#bytes.length * 8) throw new Error(TOO_FEW);
    for (let i = 0; i < count; i++, this.#bit++) {
      out[at + i] = (this.#bytes[Math.floor(this.#bit / 8)] >> (this.#bit % 8)) & 1;
    }
  }
}

/** Numbers behind indices: a dictionary, or the two truth values of run-length booleans. */
export class IndexedNumbers implements NumberValues {
  readonly #indices: HybridDecoder;
  readonly #dictionary: Float64Array;
  #scratch = new Int32Array(0);

  readonly rounded: boolean;

  constructor(indices: HybridDecoder, dictionary: Float64Array, rounded = false) {
    this.#indices = indices;
    this.#dictionary = dictionary;
    this.rounded = rounded;
  }

  read(out: Float64Array | Float32Array, at: number, count: number): void {
    if (this.#scratch.length < count) this.#scratch = new Int32Array(count);
    const indices = this.#scratch;
    const dictionary = this.#dictionary;
    const size = dictionary.length;
    this.#indices.read(indices, 0, count);
    for (let i = 0; i < count; i++) {
      const index = indices[i];
      if (index >>> 0 >= size) throw new Error(`a page refers to dictionary entry ${index} of ${size}`);
      out[at + i] = dictionary[index];
    }
  }
}

/** Numbers stored as byte strings: decimals (big-endian two's complement) and half floats. */
export class ByteNumbers implements NumberValues {
  readonly #values: ByteValues;
  readonly #encoding: Encoding;

  constructor(values: ByteValues, encoding: Encoding) {
    this.#values = values;
    this.#encoding = encoding;
  }

  read(out: Float64Array | Float32Array, at: number, count: number): void {
    const values = this.#values;
    const encoding = this.#encoding;
    for (let i = 0; i < count; i++) {
      values.next();
      if (encoding.to === 'half')
        out[at + i] = half(values.bytes[values.start] | (values.bytes[values.start + 1] << 8));
      else if (encoding.to === 'decimal') out[at + i] = bigEndian(values) / encoding.divisor;
      else throw new Error(`${encoding.to} values in byte strings`);
    }
  }
}

function bigEndian({ bytes, start, end }: ByteValues): number {
  if (start === end) return 0;
  if (end - start > 64) throw new Error(`a decimal of ${end - start} bytes`);
  if (end - start <= 6) {
    let value = (bytes[start] << 24) >> 24;
    for (let k = start + 1; k < end; k++) value = value * 256 + bytes[k];
    return value;
  }
  let value = BigInt((bytes[start] << 24) >> 24);
  for (let k = start + 1; k < end; k++) value = value * 256n + BigInt(bytes[k]);
  return Number(value);
}
