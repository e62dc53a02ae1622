// SPDX-License-Identifier: Apache-2.0
/**
 * Reads FlatBuffers tables where Arrow keeps its metadata. Every read is checked against the buffer (DataView throws)
 * and every vector against the bytes that it would need, so a damaged file cannot ask for memory or time.
 */
export class FlatTable {
  readonly #view: DataView;
  readonly #pos: number;
  readonly #vtable: number;
  readonly #vtableSize: number;

  private constructor(view: DataView, pos: number) {
    this.#view = view;
    this.#pos = pos;
    this.#vtable = pos - view.getInt32(pos, true);
    this.#vtableSize = view.getUint16(this.#vtable, true);
  }

  /** The table that a buffer's first four bytes point to. */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  /** Position of field number `field`, or 0 when the table lacks it. */
  #at(field: number): number {
    const entry = 4 + 2 * field;
    const offset = entry + 2 <= this.#vtableSize ? this.#view.getUint16(this.#vtable + entry, true) : 0;
    return offset === 0 ? 0 : this.#pos + offset;
  }

  uint8(field: number, fallback = 0): number {
    const at = this.#at(field);
    return at ? this.#view.getUint8(at) : fallback;
  }

  int16(field: number, fallback = 0): number {
    const at = this.#at(field);
    return at ? this.#view.getInt16(at, true) : fallback;
  }

  int32(field: number, fallback = 0): number {
    const at = this.#at(field);
    return at ? this.#view.getInt32(at, true) : fallback;
  }

  int64(field: number, fallback = 0): number {
    const at = this.#at(field);
    return at ? safeInt64(this.#view, at) : fallback;
  }

  table(field: number): FlatTable | undefined {
    const at = this.#at(field);
    return at ? new FlatTable(this.#view, at + this.#view.getUint32(at, true)) : undefined;
  }

  string(field: number): string {
    const vector = this.vector(field, 1);
    return new TextDecoder().decode(
      new Uint8Array(this.#view.buffer, this.#view.byteOffset + vector.start, vector.length),
    );
  }

  /** Start and length of a vector of `stride` bytes an entry; length 0 when the table lacks it. */
  vector(field: number, stride: number): { start: number; length: number; view: DataView } {
    const at = this.#at(field);
    if (at === 0) return { start: 0, length: 0, view: this.#view };
    const base = at + this.#view.getUint32(at, true);
    const length = this.#view.getUint32(base, true);
    if (length * stride > this.#view.byteLength - base - 4)
      throw new Error('Arrow metadata states a vector beyond its end');
    return { start: base + 4, length, view: this.#view };
  }

  tables(field: number): FlatTable[] {
    const { start, length } = this.vector(field, 4);
    return Array.from({ length }, (_, i) => {
      const at = start + 4 * i;
      return new FlatTable(this.#view, at + this.#view.getUint32(at, true));
    });
  }
}

/** A little-endian int64 that must be a safe integer. */
export function safeInt64(view: DataView, at: number): number {
  const value = view.getInt32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
  if (!Number.isSafeInteger(value)) throw new Error(`Arrow metadata states a size of ${value}`);
  return value;
}
