// SPDX-License-Identifier: Apache-2.0
import type { Bytes } from '../source.js';
import { type DType, parseDType } from './dtype.js';

/** One array: its type and shape, and where its values begin. */
export interface NpyHeader {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly fortran: boolean;
  /** Offset of the first value. */
  readonly start: number;
}

const MAX_HEADER = 2 ** 20;
const MAX_DIMENSIONS = 32;

/** Reads the header of an NPY file of version 1, 2 or 3, and checks that the file holds as many values as it states. */
export async function readNpyHeader(bytes: Bytes): Promise<NpyHeader> {
  const head = await bytes.slice(0, Math.min(12, bytes.size));
  const magic = String.fromCharCode(...head.subarray(0, 6));
  if (magic !== '\x93NUMPY') throw new Error('no NPY array: it does not begin with \\x93NUMPY');
  if (head.length < 10) throw new Error('the NPY header is truncated');
  const version = head[6];
  if (version < 1 || version > 3) throw new Error(`NPY version ${version} is not known`);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const from = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER || from + length > bytes.size) throw new Error('the NPY header is truncated');
  const encoding = version === 3 ? 'utf-8' : 'latin1';
  const text = new TextDecoder(encoding).decode(await bytes.slice(from, from + length));
  const header = { ...parseHeader(text), start: from + length };
  checkSize(header, bytes.size);
  return header;
}

/** The header is a Python dictionary literal; only the three entries that the format knows are looked for. */
function parseHeader(text: string): { dtype: DType; shape: number[]; fortran: boolean } {
  if (/'descr'\s*:\s*[[(]/.test(text))
    throw new Error('a structured array (named fields), which is not supported');
  const descr = /'descr'\s*:\s*(['"])([^'"]*)\1/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text);
  const shape = /'shape'\s*:\s*\(([^)]*)\)/.exec(text);
  if (!descr || !order || !shape) throw new Error('the NPY header is damaged');
  const sizes = shape[1].split(',').map((part) => part.trim().replace(/L$/, ''));
  if (sizes.at(-1) === '') sizes.pop();
  if (sizes.length > MAX_DIMENSIONS || sizes.some((size) => !/^\d{1,15}$/.test(size))) {
    throw new Error(`the NPY header states a shape of (${shape[1]})`);
  }
  return { dtype: parseDType(descr[2]), shape: sizes.map(Number), fortran: order[1] === 'True' };
}

function checkSize({ dtype, shape, start }: NpyHeader, fileSize: number): void {
  if (dtype.width === 0) throw new Error('values of no bytes');
  const values = shape.reduce((product, size) => product * size, 1);
  if (values * dtype.width > fileSize - start) {
    const held = Math.floor((fileSize - start) / dtype.width);
    throw new Error(`truncated: the header states ${values} values, the file holds ${held}`);
  }
}
