// SPDX-License-Identifier: Apache-2.0
import { type Column, NULL } from '../../columns/column.js';
import { halfTable } from '../half.js';
import { readInt64s } from '../int64.js';
import { decodeBytes, decodeUtf8, StringCodes } from '../string-codes.js';
import type { DType } from './dtype.js';

/** Values at `start`, `start + stride`, … of `bytes` as a column of `count` rows. */
export interface Strided {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly stride: number;
  readonly count: number;
}

export interface NpyColumn {
  readonly column: Column;
  /** True when an integer beyond 2^53 was rounded. */
  readonly rounded: boolean;
}

export function readColumn(dtype: DType, place: Strided): NpyColumn {
  if (dtype.type === 'string') return { column: readStrings(dtype, place), rounded: false };
  if (dtype.kind === 'datetime' || dtype.kind === 'timedelta')
    return { column: readTimes(dtype, place), rounded: false };
  const { count } = place;
  const values =
    dtype.kind === 'float' && dtype.width === 4 ? new Float32Array(count) : new Float64Array(count);
  const rounded = fillNumbers(dtype, place, values);
  return { column: { type: dtype.type, values, status: null }, rounded };
}

/** Numbers of a strided place as floats; true when an integer beyond 2^53 was rounded. */
export function fillNumbers(
  dtype: DType,
  { bytes, start, stride, count }: Strided,
  out: Float32Array | Float64Array,
): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = !dtype.bigEndian;
  const signed = dtype.kind === 'int';
  let rounded = false;
  if (dtype.kind === 'float') {
    if (dtype.width === 8)
      for (let i = 0; i < count; i++) out[i] = view.getFloat64(start + i * stride, little);
    else if (dtype.width === 4)
      for (let i = 0; i < count; i++) out[i] = view.getFloat32(start + i * stride, little);
    else {
      const halves = halfTable();
      for (let i = 0; i < count; i++) out[i] = halves[view.getUint16(start + i * stride, little)];
    }
  } else if (dtype.width === 8) {
    const format = { signed, divisor: 1, bigEndian: dtype.bigEndian };
    if (stride === 8) rounded = readInt64s(view, start, out, 0, count, format);
    else
      for (let i = 0; i < count; i++)
        if (readInt64s(view, start + i * stride, out, i, 1, format)) rounded = true;
  } else if (dtype.width === 4) {
    if (signed) for (let i = 0; i < count; i++) out[i] = view.getInt32(start + i * stride, little);
    else for (let i = 0; i < count; i++) out[i] = view.getUint32(start + i * stride, little);
  } else if (dtype.width === 2) {
    if (signed) for (let i = 0; i < count; i++) out[i] = view.getInt16(start + i * stride, little);
    else for (let i = 0; i < count; i++) out[i] = view.getUint16(start + i * stride, little);
  } else {
    const truth = dtype.kind === 'bool';
    for (let i = 0; i < count; i++) {
      const byte = bytes[start + i * stride];
      out[i] = truth ? (byte ? 1 : 0) : signed ? (byte << 24) >> 24 : byte;
    }
  }
  return rounded;
}

/** datetime64 and timedelta64: int64 in some unit, the smallest integer being "not a time". */
function readTimes(dtype: DType, { bytes, start, stride, count }: Strided): Column {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float64Array(count);
  const unit = dtype.unit!;
  const divisor = 'milliseconds' in unit && unit.milliseconds < 1 ? Math.round(1 / unit.milliseconds) : 1;
  let status: Uint8Array | null = null;
  for (let i = 0; i < count; i++) {
    const at = start + i * stride;
    readInt64s(view, at, values, i, 1, { signed: true, divisor, bigEndian: dtype.bigEndian });
    const high = view.getInt32(dtype.bigEndian ? at : at + 4, !dtype.bigEndian);
    const low = view.getUint32(dtype.bigEndian ? at + 4 : at, !dtype.bigEndian);
    if (high === -0x8000_0000 && low === 0) {
      values[i] = Number.NaN;
      status ??= new Uint8Array(count);
      status[i] = NULL;
    } else if ('months' in unit) {
      values[i] =
        dtype.kind === 'datetime'
          ? Date.UTC(1970, values[i] * unit.months)
          : values[i] * unit.months * 2_629_746_000;
    } else if (divisor === 1) {
      values[i] *= unit.milliseconds;
    }
  }
  return { type: dtype.type as 'time' | 'number', values, status };
}

function readStrings(dtype: DType, { bytes, start, stride, count }: Strided): Column {
  const decode = dtype.kind === 'bytes' ? decodeUtf8 : dtype.bigEndian ? decodeUcs4Big : decodeUcs4Little;
  const step = dtype.kind === 'bytes' ? 1 : 4;
  const strings = new StringCodes(decode);
  const codes = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const from = start + i * stride;
    let to = from + dtype.width;
    // values shorter than the type are padded with NULs
    while (to > from && isZero(bytes, to - step, step)) to -= step;
    codes[i] = strings.code(decodeBytes(bytes.subarray(from, to)), bytes, from, to);
  }
  return { type: 'string', codes, dictionary: strings.dictionary };
}

function isZero(bytes: Uint8Array, at: number, width: number): boolean {
  for (let k = 0; k < width; k++) if (bytes[at + k] !== 0) return false;
  return true;
}

const decodeUcs4Little = (bytes: Uint8Array, start: number, end: number) =>
  decodeUcs4(bytes, start, end, true);
const decodeUcs4Big = (bytes: Uint8Array, start: number, end: number) => decodeUcs4(bytes, start, end, false);

function decodeUcs4(bytes: Uint8Array, start: number, end: number, little: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = start; at < end; at += 4) {
    const point = view.getUint32(at, little);
    text += point > 0x10_ffff ? '\ufffd' : String.fromCodePoint(point);
  }
  return text;
}
