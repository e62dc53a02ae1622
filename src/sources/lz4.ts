// SPDX-License-Identifier: Apache-2.0
/**
 * LZ4: single blocks (Parquet's LZ4_RAW), blocks in Hadoop's wrapping (Parquet's old LZ4) and frames (Arrow).
 * The output's length is known beforehand, and every copy is checked against it. Checksums of frames are not verified.
 */

const DAMAGED = 'an LZ4 block is damaged';

/** Unpacks one block into `out` from `at`; returns where it ends. Copies may reach back into earlier blocks. */
function block(input: Uint8Array, out: Uint8Array, at: number): number {
  let pos = 0;
  while (pos < input.length) {
    const token = input[pos++];
    let literals = token >> 4;
    if (literals === 15) {
      for (let byte = 255; byte === 255; literals += byte) {
        if (pos >= input.length) throw new Error(DAMAGED);
        byte = input[pos++];
      }
    }
    if (literals > input.length - pos || literals > out.length - at) throw new Error(DAMAGED);
    if (literals > 16) out.set(input.subarray(pos, pos + literals), at);
    else for (let k = 0; k < literals; k++) out[at + k] = input[pos + k];
    pos += literals;
    at += literals;
    if (pos === input.length) break; // the last sequence has literals only
    if (pos + 2 > input.length) throw new Error(DAMAGED);
    const back = input[pos] | (input[pos + 1] << 8);
    pos += 2;
    let length = (token & 15) + 4;
    if (length === 19) {
      for (let byte = 255; byte === 255; length += byte) {
        if (pos >= input.length) throw new Error(DAMAGED);
        byte = input[pos++];
      }
    }
    if (back === 0 || back > at || length > out.length - at) throw new Error(DAMAGED);
    if (back >= length) out.copyWithin(at, at - back, at - back + length);
    else for (let k = 0; k < length; k++) out[at + k] = out[at + k - back];
    at += length;
  }
  return at;
}

function whole(out: Uint8Array, at: number): Uint8Array {
  if (at !== out.length) throw new Error(`LZ4 data unpacks to ${at} bytes, not ${out.length}`);
  return out;
}

export function unpackLz4Block(input: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  return whole(out, block(input, out, 0));
}

/** Blocks that each begin with two big-endian lengths; some writers left those out, so plain blocks are tried next. */
export function unpackLz4Hadoop(input: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  let pos = 0;
  let at = 0;
  while (pos + 8 <= input.length) {
    const unpacked = view.getUint32(pos);
    const packed = view.getUint32(pos + 4);
    if (packed > input.length - pos - 8 || unpacked > length - at) return unpackLz4Block(input, length);
    const end = block(input.subarray(pos + 8, pos + 8 + packed), out, at);
    if (end !== at + unpacked) throw new Error(DAMAGED);
    pos += 8 + packed;
    at = end;
  }
  return pos === input.length ? whole(out, at) : unpackLz4Block(input, length);
}

export function unpackLz4Frame(input: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (view.getUint32(0, true) !== 0x184d2204) throw new Error('an LZ4 frame has a wrong beginning');
  const flags = view.getUint8(4);
  if (flags >> 6 !== 1) throw new Error('an LZ4 frame is of an unknown version');
  if (flags & 1) throw new Error('an LZ4 frame needs a dictionary');
  const blockChecksum = flags & 16 ? 4 : 0;
  let pos = 7 + (flags & 8 ? 8 : 0);
  let at = 0;
  for (;;) {
    const size = view.getUint32(pos, true);
    pos += 4;
    if (size === 0) return whole(out, at);
    const stored = size >= 0x8000_0000;
    const packed = stored ? size - 0x8000_0000 : size;
    if (packed > input.length - pos) throw new Error('an LZ4 frame is truncated');
    const bytes = input.subarray(pos, pos + packed);
    if (stored) {
      if (packed > length - at) throw new Error(DAMAGED);
      out.set(bytes, at);
      at += packed;
    } else {
      at = block(bytes, out, at);
    }
    pos += packed + blockChecksum;
  }
}
