// SPDX-License-Identifier: Apache-2.0
import { Gunzip, gunzipSync, inflateSync } from '../inflate.js';

/** Bytes unpacked at a time where there are several members: at most a thousandfold comes of them. */
const STEP = 65_536;

/** Unpacks a page to `length` bytes: gzip of one member or several, or a bare deflate stream, which some writers leave. */
export function unpackGzipPage(input: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  if (input[0] !== 0x1f || input[1] !== 0x8b) return inflateSync(input, { out });
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  // The last member states its size; where it is that of the page there is no other.
  if (input.length >= 18 && view.getUint32(input.length - 4, true) === length)
    return gunzipSync(input, { out });
  let size = 0;
  const members = new Gunzip((piece) => {
    if (size + piece.length > length) throw new Error(`a page unpacks to more than ${length} bytes`);
    out.set(piece, size);
    size += piece.length;
  });
  for (let at = 0; at < input.length; at += STEP)
    members.push(input.slice(at, at + STEP), at + STEP >= input.length);
  return out.subarray(0, size);
}
