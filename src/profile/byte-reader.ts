// SPDX-License-Identifier: Apache-2.0
import { fromHalfBits } from '../baseline/half.js';
import { DriftglassError } from '../errors.js';
import { ABSENT, HALF, RAW, SPARSE, VARINT } from './byte-writer.js';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** Bytes that sparse blocks may unfold to in all: a small file must not fill the memory. */
const MAX_UNFOLDED = 2 ** 30;

/** Reads what ByteWriter wrote. Every length is checked against what is left before anything is allocated. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #what: string;
  #at = 0;
  #unfolded = 0;

  /** `what` names the thing in error messages ("baseline"). */
  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#what = what;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  fail(reason: string): DriftglassError {
    return new DriftglassError('CodecError', `${this.#what} is corrupted at byte ${this.#at}: ${reason}`);
  }

  byte(): number {
    this.#need(1);
    return this.#bytes[this.#at++]!;
  }

  flag(): boolean {
    const value = this.byte();
    if (value > 1) throw this.fail(`${value} where a flag was expected`);
    return value === 1;
  }

  u32(): number {
    this.#need(4);
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4, true);
  }

  f64(): number {
    this.#need(8);
    this.#at += 8;
    return this.#view.getFloat64(this.#at - 8, true);
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 8; i++) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
      scale *= 128;
    }
    throw this.fail('a whole number is out of range');
  }

  signed(): number {
    const negative = this.flag();
    const value = this.varint();
    return negative ? -value : value;
  }

  /** How many items follow, each of at least `bytesEach` bytes and at most `most` of them. */
  size(most: number, bytesEach = 1): number {
    const size = this.varint();
    if (size > most || size * bytesEach > this.left) throw this.fail(`${size} items cannot follow`);
    return size;
  }

  /** A copy of the next bytes. */
  raw(length: number): Uint8Array<ArrayBuffer> {
    this.#need(length);
    this.#at += length;
    const copy = new Uint8Array(length);
    copy.set(this.#bytes.subarray(this.#at - length, this.#at));
    return copy;
  }

  text(): string {
    const header = this.varint();
    const length = Math.floor(header / 2);
    if (header % 2 === 1) {
      this.#need(2 * length);
      let text = '';
      for (let i = 0; i < length; i++) text += String.fromCharCode(this.byte() + 256 * this.byte());
      return text;
    }
    const bytes = this.raw(length);
    try {
      return decoder.decode(bytes);
    } catch {
      throw this.fail('a name is not UTF-8');
    }
  }

  doubles(length: number): Float64Array {
    return new Float64Array(this.raw(8 * length).buffer);
  }

  floats(length: number): Float64Array {
    const mode = this.byte();
    if (mode === RAW) return this.doubles(length);
    if (mode !== SPARSE) throw this.fail(`unknown layout ${mode}`);
    this.#unfold(8 * length);
    return this.#sparse(new Float64Array(length), () => this.f64());
  }

  counts(length: number): Float64Array {
    const mode = this.byte();
    if (mode === VARINT) {
      this.#need(length);
      const values = new Float64Array(length);
      for (let i = 0; i < length; i++) values[i] = this.varint();
      return values;
    }
    if (mode !== SPARSE) throw this.fail(`unknown layout ${mode}`);
    this.#unfold(8 * length);
    return this.#sparse(new Float64Array(length), () => this.varint());
  }

  zigzag(length: number): Float64Array {
    this.#need(length);
    const values = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      const value = this.varint();
      values[i] = value % 2 === 1 ? -(value + 1) / 2 : value / 2;
    }
    return values;
  }

  singles(length: number): Float32Array {
    const mode = this.byte();
    if (mode === RAW) return new Float32Array(this.raw(4 * length).buffer);
    if (mode !== HALF) throw this.fail(`unknown layout ${mode}`);
    const scale = 2 ** (this.byte() - 128);
    return Float32Array.from(
      new Uint16Array(this.raw(2 * length).buffer),
      (half) => fromHalfBits(half) / scale,
    );
  }

  registers(length: number): Uint8Array {
    const mode = this.byte();
    if (mode === ABSENT) return new Uint8Array(0);
    if (mode === RAW) return this.raw(length);
    if (mode !== SPARSE) throw this.fail(`unknown layout ${mode}`);
    this.#unfold(length);
    return this.#sparse(new Uint8Array(length), () => this.byte());
  }

  /** Call when everything was read. */
  end(): void {
    if (this.left > 0) throw this.fail(`${this.left} bytes too many`);
  }

  #sparse<T extends Float64Array | Uint8Array>(values: T, read: () => number): T {
    const used = this.size(values.length, 2);
    let next = 0;
    for (let i = 0; i < used; i++) {
      next += this.varint();
      if (next >= values.length) throw this.fail('a place is out of range');
      values[next++] = read();
    }
    return values;
  }

  #unfold(bytes: number): void {
    this.#unfolded += bytes;
    if (this.#unfolded > MAX_UNFOLDED) throw this.fail('its blocks unfold to more than a gigabyte');
  }

  #need(bytes: number): void {
    if (bytes > this.left) throw this.fail(`${bytes} bytes expected, ${this.left} left`);
  }
}
