// SPDX-License-Identifier: Apache-2.0
import type { NpyArray } from './array.js';
import type { DType } from './dtype.js';
import { fillNumbers } from './values.js';

/** Columns of a Fortran array that are fetched together: as many requests at a time. */
const TOGETHER = 16;

/**
 * Rows `from` to `to` of a two-dimensional array, row-major as f32. In C order f32 comes as a view of the bytes where they lie
 * aligned; in Fortran order every column is fetched by its own range, so ask for many rows at once.
 */
export async function readVectors(array: NpyArray, from: number, to: number): Promise<Float32Array> {
  const { bytes, header, width } = array;
  if (header.fortran) return transposed(array, from, to);
  const rowBytes = header.dtype.width * width;
  const block = await bytes.slice(header.start + from * rowBytes, header.start + to * rowBytes);
  if (block.length < (to - from) * rowBytes) throw new Error('the file ends within its values');
  return floats(header.dtype, block, (to - from) * width);
}

async function transposed(array: NpyArray, from: number, to: number): Promise<Float32Array> {
  const { bytes, header, width, rows } = array;
  const { dtype, start } = header;
  const count = to - from;
  const out = new Float32Array(count * width);
  for (let k = 0; k < width; k += TOGETHER) {
    const length = Math.min(TOGETHER, width - k);
    const offset = (j: number) => start + ((k + j) * rows + from) * dtype.width;
    let columns: Float32Array[];
    if (count === rows) {
      // whole columns lie one behind the other: one range holds them all
      const block = floats(dtype, await bytes.slice(offset(0), offset(length)), length * rows);
      columns = Array.from({ length }, (_, j) => block.subarray(j * rows, (j + 1) * rows));
    } else {
      const column = async (_: unknown, j: number) =>
        floats(dtype, await bytes.slice(offset(j), offset(j) + count * dtype.width), count);
      columns = await Promise.all(Array.from({ length }, column));
    }
    for (let i = 0; i < count; i++)
      for (let j = 0; j < columns.length; j++) out[i * width + k + j] = columns[j][i];
  }
  return out;
}

/** `count` numbers that lie one behind the other, as f32. */
function floats(dtype: DType, bytes: Uint8Array, count: number): Float32Array {
  const native = dtype.kind === 'float' && !dtype.bigEndian && bytes.byteOffset % dtype.width === 0;
  const buffer = bytes.buffer as ArrayBuffer;
  if (native && dtype.width === 4) return new Float32Array(buffer, bytes.byteOffset, count);
  if (native && dtype.width === 8) return new Float32Array(new Float64Array(buffer, bytes.byteOffset, count));
  const out = new Float32Array(count);
  fillNumbers(dtype, { bytes, start: 0, stride: dtype.width, count }, out);
  return out;
}
