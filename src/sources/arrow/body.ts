// SPDX-License-Identifier: Apache-2.0
import { unpackLz4Frame } from '../lz4.js';
import type { Bytes } from '../source.js';
import { loadZstd } from '../zstd.js';
import { safeInt64 } from './flatbuffer.js';
import type { BatchLayout } from './messages.js';

/** Bodies up to this size are fetched at once; of larger ones only the ranges that are asked for. */
const WHOLE_BODY = 32 * 2 ** 20;
/** A larger body whose buffers are short is read ahead by this much: a request a buffer would cost more than its bytes. */
const READ_AHEAD = 8 * 2 ** 20;
const SHORT_BUFFER = 2 ** 20;
const MAX_BUFFER = 2 ** 30;
/** The most that a byte of input can become: a Zstandard block of at least four bytes makes at most 128 KiB. */
const MAX_RATIO = { lz4: 256, zstd: 32_768 } as const;

/** The buffers of one record batch. */
export class ArrowBody {
  readonly #file: Bytes;
  readonly #layout: BatchLayout;
  readonly #unpacked = new Map<number, Promise<Uint8Array>>();
  #whole: Promise<Uint8Array> | undefined;
  #window: { readonly from: number; readonly to: number; readonly bytes: Promise<Uint8Array> } = {
    from: 0,
    to: 0,
    bytes: Promise.resolve(new Uint8Array(0)),
  };

  constructor(file: Bytes, layout: BatchLayout) {
    this.#file = file;
    this.#layout = layout;
  }

  /** Stored length of a buffer; 0 when it is left out. */
  storedLength(index: number): number {
    const buffer = this.#layout.buffers[index];
    if (!buffer) throw new Error('an Arrow record batch has fewer buffers than its schema needs');
    return buffer.length;
  }

  /** Bytes `from` to `to` of a buffer. Error when it is shorter. */
  async range(index: number, from: number, to: number): Promise<Uint8Array> {
    const length = this.storedLength(index);
    if (this.#layout.compression) {
      const bytes = await this.#unpack(index);
      if (to > bytes.length)
        throw new Error(`an Arrow buffer holds ${bytes.length} bytes, its column needs ${to}`);
      return bytes.subarray(from, to);
    }
    if (to > length) throw new Error(`an Arrow buffer holds ${length} bytes, its column needs ${to}`);
    return this.#stored(index, from, to);
  }

  async #stored(index: number, from: number, to: number): Promise<Uint8Array> {
    const { bodyStart, bodyLength, buffers } = this.#layout;
    const { offset } = buffers[index];
    if (bodyLength > WHOLE_BODY) {
      if (this.storedLength(index) > SHORT_BUFFER)
        return this.#file.slice(bodyStart + offset + from, bodyStart + offset + to);
      return this.#readAhead(offset + from, offset + to);
    }
    this.#whole ??= this.#file.slice(bodyStart, bodyStart + bodyLength);
    return (await this.#whole).subarray(offset + from, offset + to);
  }

  /** Bytes of the body out of a window that moves along it. */
  async #readAhead(from: number, to: number): Promise<Uint8Array> {
    const { bodyStart, bodyLength } = this.#layout;
    if (from < this.#window.from || to > this.#window.to) {
      const end = Math.min(bodyLength, Math.max(to, from + READ_AHEAD));
      this.#window = { from, to: end, bytes: this.#file.slice(bodyStart + from, bodyStart + end) };
    }
    const window = this.#window;
    return (await window.bytes).subarray(from - window.from, to - window.from);
  }

  #unpack(index: number): Promise<Uint8Array> {
    const known = this.#unpacked.get(index);
    if (known) return known;
    const unpacked = this.#unpackNow(index);
    this.#unpacked.set(index, unpacked);
    return unpacked;
  }

  /** A compressed buffer begins with its unpacked length; −1 says that it was stored as it is. */
  async #unpackNow(index: number): Promise<Uint8Array> {
    const stored = this.storedLength(index);
    if (stored === 0) return new Uint8Array(0);
    if (stored < 8) throw new Error('a compressed Arrow buffer is too short');
    const bytes = await this.#stored(index, 0, stored);
    const length = safeInt64(new DataView(bytes.buffer, bytes.byteOffset, 8), 0);
    const packed = bytes.subarray(8);
    if (length === -1) return packed;
    const codec = this.#layout.compression ?? 'lz4';
    if (length < 0 || length > Math.min(MAX_BUFFER, 64 + MAX_RATIO[codec] * packed.length)) {
      throw new Error(`an Arrow buffer of ${packed.length} bytes states that it unpacks to ${length}`);
    }
    if (length === 0) return new Uint8Array(0);
    if (codec === 'lz4') return unpackLz4Frame(packed, length);
    return (await loadZstd())(packed, length);
  }
}
