// SPDX-License-Identifier: Apache-2.0
/**
 * Thrift's compact protocol, as far as Parquet uses it. Every length is checked against the bytes that are left before
 * anything is allocated, and nesting is bounded, so a damaged file cannot ask for memory or time.
 */

export type ThriftValue = number | boolean | Uint8Array | ThriftStruct | ThriftValue[];
export type ThriftStruct = Map<number, ThriftValue>;

const MAX_DEPTH = 24;

export class ThriftReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  /** Position of the next byte; after `struct()` the first byte behind the struct. */
  offset: number;

  constructor(bytes: Uint8Array, offset = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.offset = offset;
  }

  struct(depth = 0): ThriftStruct {
    if (depth > MAX_DEPTH) throw new Error('metadata nested too deeply');
    const fields: ThriftStruct = new Map();
    let id = 0;
    for (;;) {
      const head = this.#byte();
      const type = head & 15;
      if (type === 0) return fields;
      id = head >> 4 ? id + (head >> 4) : this.#int();
      fields.set(id, this.#value(type, depth, type === 1));
    }
  }

  #value(type: number, depth: number, truth: boolean): ThriftValue {
    switch (type) {
      case 1:
      case 2:
        return truth;
      case 3:
        return (this.#byte() << 24) >> 24;
      case 4:
      case 5:
      case 6:
        return this.#int();
      case 7: {
        const value = this.#view.getFloat64(this.offset, true);
        this.offset += 8;
        return value;
      }
      case 8: {
        const length = this.#length();
        this.offset += length;
        return this.#bytes.subarray(this.offset - length, this.offset);
      }
      case 9:
      case 10:
        return this.#list(depth);
      case 12:
        return this.struct(depth + 1);
      default:
        throw new Error(`metadata holds an unknown type ${type}`);
    }
  }

  #list(depth: number): ThriftValue[] {
    if (depth > MAX_DEPTH) throw new Error('metadata nested too deeply');
    const head = this.#byte();
    const type = head & 15;
    // every element takes at least one byte, so a longer list than the bytes left is a lie
    const size = head >> 4 === 15 ? this.#length() : head >> 4;
    const items: ThriftValue[] = [];
    for (let i = 0; i < size; i++) {
      items.push(type <= 2 ? this.#byte() === 1 : this.#value(type, depth + 1, false));
    }
    return items;
  }

  #byte(): number {
    if (this.offset >= this.#bytes.length) throw new Error('a header ends too early');
    return this.#bytes[this.offset++];
  }

  #length(): number {
    const length = this.#varint();
    if (length > this.#bytes.length - this.offset) throw new Error('a header states a length beyond its end');
    return length;
  }

  /** Unsigned varint as a double: exact to 2^53, which is more than any honest size. */
  #varint(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      const byte = this.#byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
    throw new Error('metadata holds an integer that is too long');
  }

  /** Zigzag integer. */
  #int(): number {
    const n = this.#varint();
    return n % 2 === 0 ? n / 2 : -(n + 1) / 2;
  }
}

export function numberField(struct: ThriftStruct, id: number): number | undefined {
  const value = struct.get(id);
  if (value === undefined || typeof value === 'number') return value;
  throw new Error(`metadata field ${id} is not a number`);
}

export function requiredNumber(struct: ThriftStruct, id: number, what: string): number {
  const value = numberField(struct, id);
  if (value === undefined) throw new Error(`${what} is missing from the metadata`);
  return value;
}

export function structField(struct: ThriftStruct, id: number): ThriftStruct | undefined {
  const value = struct.get(id);
  if (value === undefined || value instanceof Map) return value;
  throw new Error(`metadata field ${id} is not a struct`);
}

export function bytesField(struct: ThriftStruct, id: number): Uint8Array | undefined {
  const value = struct.get(id);
  if (value === undefined || value instanceof Uint8Array) return value;
  throw new Error(`metadata field ${id} is not a string`);
}

export function structList(struct: ThriftStruct, id: number): ThriftStruct[] {
  const value = struct.get(id);
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new Error(`metadata field ${id} is not a list`);
  return value.map((item) => {
    if (item instanceof Map) return item;
    throw new Error(`metadata field ${id} does not list structs`);
  });
}
