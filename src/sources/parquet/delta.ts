// SPDX-License-Identifier: Apache-2.0
import { unpackBits } from './bits.js';

const MAX_BLOCK = 2 ** 20;

/**
 * DELTA_BINARY_PACKED integers, read piece by piece as doubles divided by `divisor` (1, or the units of a timestamp in
 * a millisecond). Arithmetic is exact: in doubles while nothing can pass 2^53, in BigInt where it could; sums wrap at
 * 32 or 64 bits as the format says.
 */
export class DeltaDecoder {
  readonly #bytes: Uint8Array;
  readonly #bits: 32 | 64;
  readonly #divisor: number;
  readonly #perMini: number;
  readonly #minis: number;
  /** Values that the header announces. */
  readonly total: number;
  #pos: number;
  /** Values not yet unpacked into `#mini`. */
  #pending: number;
  #value: bigint;
  #minDelta = 0n;
  #widths: Uint8Array = new Uint8Array(0);
  #nextMini: number;
  readonly #mini: Float64Array;
  #miniAt = 0;
  #miniEnd = 0;
  /** True once an integer beyond 2^53 was rounded. */
  rounded = false;

  constructor(bytes: Uint8Array, start: number, bits: 32 | 64, divisor: number) {
    this.#bytes = bytes;
    this.#bits = bits;
    this.#divisor = divisor;
    this.#pos = start;
    const block = this.#varint();
    this.#minis = this.#varint();
    this.total = this.#varint();
    this.#value = this.#zigzag();
    this.#perMini = block / this.#minis;
    if (!(block > 0 && block <= MAX_BLOCK && Number.isInteger(this.#perMini)) || this.#perMini % 8 !== 0) {
      throw new Error(`delta blocks of ${block} values in ${this.#minis} parts`);
    }
    this.#mini = new Float64Array(this.#perMini);
    this.#nextMini = this.#minis;
    this.#pending = Math.max(0, this.total - 1);
    if (this.total > 0) {
      this.#mini[0] = this.#divide(this.#value);
      this.#miniEnd = 1;
    }
  }

  read(out: Float64Array, at: number, count: number): void {
    let done = 0;
    while (done < count) {
      if (this.#miniAt === this.#miniEnd) this.#unpackMini();
      const step = Math.min(count - done, this.#miniEnd - this.#miniAt);
      out.set(this.#mini.subarray(this.#miniAt, this.#miniAt + step), at + done);
      this.#miniAt += step;
      done += step;
    }
  }

  /** Where the bytes behind the last value begin. Everything that is left is skipped. */
  skipToEnd(): number {
    while (this.#pending > 0) this.#unpackMini();
    // a last block carries only the parts it needs, but a writer may pad it with the widths' worth of parts
    return this.#pos;
  }

  #unpackMini(): void {
    if (this.#pending === 0) throw new Error('a page holds fewer values than it states');
    if (this.#nextMini === this.#minis) this.#startBlock();
    const width = this.#widths[this.#nextMini++];
    const count = Math.min(this.#perMini, this.#pending);
    if (width > this.#bits) throw new Error(`deltas of ${width} bits`);
    const size = (this.#perMini * width) / 8;
    if (this.#pos + Math.ceil((count * width) / 8) > this.#bytes.length) {
      throw new Error('a page holds fewer values than it states');
    }
    const reach =
      Math.abs(Number(this.#value)) + this.#perMini * (Math.abs(Number(this.#minDelta)) + 2 ** width);
    if (width <= 32 && reach < 2 ** 53) this.#sumDoubles(width, count);
    else this.#sumBigInts(width, count);
    this.#pos = Math.min(this.#pos + size, this.#bytes.length);
    this.#pending -= count;
    this.#miniAt = 0;
    this.#miniEnd = count;
  }

  #startBlock(): void {
    this.#minDelta = this.#zigzag();
    this.#widths = this.#bytes.subarray(this.#pos, this.#pos + this.#minis);
    if (this.#widths.length < this.#minis) throw new Error('a page holds fewer values than it states');
    this.#pos += this.#minis;
    this.#nextMini = 0;
  }

  #sumDoubles(width: number, count: number): void {
    const out = this.#mini;
    unpackBits(this.#bytes, this.#pos, width, out, 0, count);
    const minDelta = Number(this.#minDelta);
    const wraps = this.#bits === 32;
    let value = Number(this.#value);
    for (let i = 0; i < count; i++) {
      value += minDelta + out[i];
      if (wraps) value |= 0;
      out[i] = value;
    }
    this.#value = BigInt(value);
    if (this.#divisor !== 1) for (let i = 0; i < count; i++) out[i] /= this.#divisor;
  }

  #sumBigInts(width: number, count: number): void {
    const wide = BigInt(width);
    const mask = (1n << wide) - 1n;
    let value = this.#value;
    let held = 0n;
    let bits = 0n;
    let pos = this.#pos;
    for (let i = 0; i < count; i++) {
      while (bits < wide) {
        held |= BigInt(this.#bytes[pos++]) << bits;
        bits += 8n;
      }
      value = BigInt.asIntN(this.#bits, value + this.#minDelta + (held & mask));
      held >>= wide;
      bits -= wide;
      this.#mini[i] = this.#divide(value);
    }
    this.#value = value;
  }

  #divide(value: bigint): number {
    const whole = Number(value);
    if (Math.abs(whole) <= Number.MAX_SAFE_INTEGER) return whole / this.#divisor;
    if (this.#divisor === 1) {
      this.rounded = true;
      return whole;
    }
    const divisor = BigInt(this.#divisor);
    return Number(value / divisor) + Number(value % divisor) / this.#divisor;
  }

  #varint(): number {
    const value = Number(this.#varBigInt());
    if (!Number.isSafeInteger(value)) throw new Error('a delta header holds an integer that is too long');
    return value;
  }

  #zigzag(): bigint {
    const n = this.#varBigInt();
    return (n >> 1n) ^ -(n & 1n);
  }

  #varBigInt(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (this.#pos >= this.#bytes.length) throw new Error('a page holds fewer values than it states');
      const byte = this.#bytes[this.#pos++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw new Error('a delta header holds an integer that is too long');
  }
}
