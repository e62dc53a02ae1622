// SPDX-License-Identifier: Apache-2.0
import type { Bytes } from './source.js';

/** Files up to this size are read in one go: a browser takes a millisecond for each range of a blob. */
const WHOLE_BYTES = 32 * 1024 * 1024;
/** Ranges up to this size are no reason to read the rest: formats are told by a few bytes. */
const GLANCE_BYTES = 64 * 1024;
/** Files that are kept whole at a time, the ones read last. */
const MOST_WHOLE = 4;

const whole = new Map<Blob, Promise<Uint8Array>>();

/** Bytes of a File or Blob. Of a large one only the ranges asked for are read; a small one is read whole and kept a while. */
export function bytesFromBlob(blob: Blob, name: string): Bytes {
  return {
    name,
    size: blob.size,
    slice: async (start, end) => {
      const glance = end - start <= GLANCE_BYTES && end - start < blob.size;
      if (blob.size > WHOLE_BYTES || (glance && !whole.has(blob)))
        return new Uint8Array(await blob.slice(start, end).arrayBuffer());
      return (await wholeOf(blob)).subarray(start, end);
    },
  };
}

function wholeOf(blob: Blob): Promise<Uint8Array> {
  const bytes = whole.get(blob) ?? blob.arrayBuffer().then((buffer) => new Uint8Array(buffer));
  // A file that could not be read is tried again when asked again.
  bytes.catch(() => whole.delete(blob));
  // Last in line, so that the first in line is the one not asked for longest.
  whole.delete(blob);
  whole.set(blob, bytes);
  for (const oldest of whole.keys()) if (whole.size > MOST_WHOLE) whole.delete(oldest);
  return bytes;
}

/** Bytes that are in memory already. Slices are views, not copies. */
export function bytesFromBuffer(buffer: ArrayBuffer | Uint8Array, name: string): Bytes {
  const whole = buffer instanceof Uint8Array ? buffer : new Uint8Array(buffer);
  return { name, size: whole.byteLength, slice: async (start, end) => whole.subarray(start, end) };
}

/**
 * Bytes held in several chunks one after the other (an unpacked stream). A slice within one chunk is a view, a slice
 * across chunks is a copy.
 */
export function bytesFromChunks(chunks: readonly Uint8Array[], name: string): Bytes {
  const starts = new Float64Array(chunks.length + 1);
  for (let i = 0; i < chunks.length; i++) starts[i + 1] = starts[i] + chunks[i].byteLength;
  const size = starts[chunks.length];
  const slice = (start: number, end: number): Uint8Array => {
    const from = Math.max(0, Math.min(start, size));
    const to = Math.max(from, Math.min(end, size));
    let k = lastAtMost(starts, from);
    if (k < chunks.length && to <= starts[k + 1]) return chunks[k].subarray(from - starts[k], to - starts[k]);
    const out = new Uint8Array(to - from);
    for (let at = 0; at < out.length; k++) {
      const piece = chunks[k].subarray(from + at - starts[k], to - starts[k]);
      out.set(piece, at);
      at += piece.byteLength;
    }
    return out;
  };
  return { name, size, slice: async (start, end) => slice(start, end) };
}

/** Index of the last element of ascending `starts` that is at most `value`. */
function lastAtMost(starts: Float64Array, value: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (starts[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
