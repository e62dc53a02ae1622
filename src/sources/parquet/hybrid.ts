// SPDX-License-Identifier: Apache-2.0
import { unpackBits } from './bits.js';

/**
 * Parquet's hybrid of run-length and bit-packed integers, read piece by piece. Used for definition levels, dictionary
 * indices and booleans.
 */
export class HybridDecoder {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  readonly #width: number;
  #pos: number;
  /** Values left of the current run; for a packed run, of the bytes that are really there. */
  #left = 0;
  #packed = false;
  #value = 0;
  /** Values already taken from the packed run that starts at `#pos`. */
  #taken = 0;

  constructor(bytes: Uint8Array, start: number, end: number, width: number) {
    if (width > 32) throw new Error(`a run of ${width}-bit integers`);
    if (end > bytes.length || start > end) throw new Error('a run of integers lies outside its page');
    this.#bytes = bytes;
    this.#pos = start;
    this.#end = end;
    this.#width = width;
  }

  /** Writes the next `count` integers to `out` from `at`. Error when the runs hold fewer. */
  read(out: Int32Array | Uint8Array, at: number, count: number): void {
    let done = 0;
    while (done < count) {
      if (this.#left === 0) this.#nextRun();
      const step = Math.min(this.#left, count - done);
      if (this.#packed) this.#unpack(out, at + done, step);
      else out.fill(this.#value, at + done, at + done + step);
      this.#left -= step;
      done += step;
    }
  }

  /** How many of the next `count` integers a single run of `value` covers; those are consumed. */
  skipRunOf(value: number, count: number): number {
    if (this.#left === 0) {
      if (count === 0) return 0;
      this.#nextRun();
    }
    if (this.#packed || this.#value !== value) return 0;
    const step = Math.min(this.#left, count);
    this.#left -= step;
    return step;
  }

  #unpack(out: Int32Array | Uint8Array, at: number, count: number): void {
    // values before this piece end on a byte only every eighth: start from the byte, drop what was taken
    const odd = this.#taken % 8;
    const group = this.#pos + ((this.#taken - odd) / 8) * this.#width;
    if (odd === 0) {
      unpackBits(this.#bytes, group, this.#width, out, at, count);
    } else {
      const head = new Int32Array(8);
      unpackBits(this.#bytes, group, this.#width, head, 0, 8);
      const first = Math.min(8 - odd, count);
      for (let i = 0; i < first; i++) out[at + i] = head[odd + i];
      if (count > first)
        unpackBits(this.#bytes, group + this.#width, this.#width, out, at + first, count - first);
    }
    this.#taken += count;
    if (this.#taken === this.#packedTotal) this.#pos += this.#packedBytes;
  }

  #packedTotal = 0;
  #packedBytes = 0;

  #nextRun(): void {
    do {
      const header = this.#varint();
      this.#packed = (header & 1) === 1;
      if (this.#packed) this.#startPacked(header >>> 1);
      else this.#startRepeated(header >>> 1);
    } while (this.#left === 0);
  }

  #startPacked(groups: number): void {
    const available = this.#end - this.#pos;
    this.#packedBytes = Math.min(groups * this.#width, available);
    // the last group of a page may be cut short by its writer
    const present = this.#width === 0 ? groups * 8 : Math.floor((this.#packedBytes * 8) / this.#width);
    this.#left = Math.min(groups * 8, present);
    if (this.#left === 0 && groups > 0) throw new Error('a page holds fewer values than it states');
    this.#packedTotal = this.#left;
    this.#taken = 0;
  }

  #startRepeated(length: number): void {
    const size = (this.#width + 7) >> 3;
    if (this.#pos + size > this.#end) throw new Error('a page holds fewer values than it states');
    let value = 0;
    for (let k = size - 1; k >= 0; k--) value = value * 256 + this.#bytes[this.#pos + k];
    if (value >= 2 ** this.#width) throw new Error(`a run repeats ${value}, beyond its ${this.#width} bits`);
    this.#value = value;
    this.#pos += size;
    this.#left = length;
  }

  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      if (this.#pos >= this.#end) throw new Error('a page holds fewer values than it states');
      const byte = this.#bytes[this.#pos++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
    throw new Error('a run length is too long');
  }
}
