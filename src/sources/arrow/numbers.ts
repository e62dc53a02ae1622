// SPDX-License-Identifier: Apache-2.0
import { halfTable } from '../half.js';
import { readInt64s } from '../int64.js';
import type { ValueType } from './schema.js';

/** Bytes of one value of a fixed-width type; undefined for text, bits and nested types. */
export function valueWidth(values: ValueType): number | undefined {
  switch (values.kind) {
    case 'int':
    case 'float':
    case 'decimal':
    case 'clock':
      return values.bits / 8;
    case 'fixed':
      return values.width;
    default:
      return undefined;
  }
}

export interface Numbers {
  readonly values: Float32Array | Float64Array;
  /** True when an integer beyond 2^53 was rounded. */
  readonly rounded: boolean;
  /** True when `values` is a view of the file's bytes and must not be written to. */
  readonly shared: boolean;
}

/** `count` fixed-width values from `bytes` as floats: a view where the bytes are floats already and lie aligned. */
export function readNumbers(bytes: Uint8Array, count: number, type: ValueType): Numbers {
  if (type.kind === 'float' && type.bits > 16) return readFloats(bytes, count, type.bits);
  const out = new Float64Array(count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let rounded = false;
  if (type.kind === 'float') {
    const halves = halfTable();
    for (let i = 0; i < count; i++) out[i] = halves[view.getUint16(2 * i, true)];
  } else if (type.kind === 'int') {
    rounded = readIntegers(view, out, type.bits, type.signed);
  } else if (type.kind === 'clock') {
    if (type.bits === 64) readInt64s(view, 0, out, 0, count, { signed: true, divisor: type.perMillisecond });
    else if (type.perMillisecond < 1) {
      const factor = Math.round(1 / type.perMillisecond);
      for (let i = 0; i < count; i++) out[i] = view.getInt32(4 * i, true) * factor;
    } else for (let i = 0; i < count; i++) out[i] = view.getInt32(4 * i, true) / type.perMillisecond;
  } else if (type.kind === 'decimal') {
    readDecimals(view, out, type.bits, type.scale);
  } else {
    throw new Error(`${type.kind} values as numbers`);
  }
  return { values: out, rounded, shared: false };
}

function readFloats(bytes: Uint8Array, count: number, bits: number): Numbers {
  const View = bits === 32 ? Float32Array : Float64Array;
  if (bytes.byteOffset % (bits / 8) === 0) {
    return {
      values: new View(bytes.buffer as ArrayBuffer, bytes.byteOffset, count),
      rounded: false,
      shared: true,
    };
  }
  const copy = bytes.slice(0, (count * bits) / 8);
  return { values: new View(copy.buffer, 0, count), rounded: false, shared: false };
}

/** Integers of 8 to 64 bits; returns whether one beyond 2^53 was rounded. */
export function readIntegers(view: DataView, out: Float64Array, bits: number, signed: boolean): boolean {
  const count = out.length;
  if (bits === 64) return readInt64s(view, 0, out, 0, count, { signed, divisor: 1 });
  for (let i = 0; i < count; i++) {
    if (bits === 8) out[i] = signed ? view.getInt8(i) : view.getUint8(i);
    else if (bits === 16) out[i] = signed ? view.getInt16(2 * i, true) : view.getUint16(2 * i, true);
    else out[i] = signed ? view.getInt32(4 * i, true) : view.getUint32(4 * i, true);
  }
  return false;
}

/** Dictionary indices: a view where they are integers of up to 32 bits and lie aligned (all our platforms are little-endian). */
export function readIndices(
  bytes: Uint8Array,
  count: number,
  bits: number,
  signed: boolean,
): Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float64Array {
  if (bits === 64 || bytes.byteOffset % (bits / 8) !== 0) {
    const out = new Float64Array(count);
    readIntegers(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), out, bits, signed);
    return out;
  }
  const { byteOffset } = bytes;
  const buffer = bytes.buffer as ArrayBuffer;
  if (bits === 8) return signed ? new Int8Array(buffer, byteOffset, count) : bytes.subarray(0, count);
  if (bits === 16) return new (signed ? Int16Array : Uint16Array)(buffer, byteOffset, count);
  return new (signed ? Int32Array : Uint32Array)(buffer, byteOffset, count);
}

/** Little-endian two's complement of up to 256 bits, scaled. */
function readDecimals(view: DataView, out: Float64Array, bits: number, scale: number): void {
  const words = bits / 32;
  const divisor = 10 ** scale;
  for (let i = 0; i < out.length; i++) {
    const at = (i * bits) / 8;
    const low = view.getUint32(at, true);
    const second = words > 1 ? view.getInt32(at + 4, true) : low | 0 ? (low | 0) >> 31 : 0;
    const sign = view.getInt32(at + 4 * (words - 1), true) >> 31;
    let small = second >= -0x20_0000 && second < 0x20_0000;
    for (let k = 2; k < words && small; k++) small = view.getInt32(at + 4 * k, true) === sign;
    if (small && second >> 31 === sign) {
      out[i] = (words > 1 ? second * 2 ** 32 + low : low | 0) / divisor;
      continue;
    }
    let value = BigInt(view.getInt32(at + 4 * (words - 1), true));
    for (let k = words - 2; k >= 0; k--) value = (value << 32n) | BigInt(view.getUint32(at + 4 * k, true));
    out[i] = Number(value) / divisor;
  }
}
