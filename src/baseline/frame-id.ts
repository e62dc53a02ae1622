// SPDX-License-Identifier: Apache-2.0
import type { Frame } from './frame.js';
import { sha256 } from './sha256.js';

type Block = Float64Array | Float32Array | Uint32Array | Int8Array;

/**
 * Content hash of a frame: the first 128 bits of SHA-256 over a canonical JSON text, in which typed arrays stand as
 * their lengths, followed by the arrays' bytes in order of appearance. Hexadecimal.
 */
export function frameId(frame: Omit<Frame, 'id'>): string {
  const blocks: Block[] = [];
  const header = JSON.stringify(canonical(frame, blocks));
  const hash = sha256([
    new TextEncoder().encode(header),
    ...blocks.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)),
  ]);
  return Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The same value with object keys in order, and typed arrays moved to `blocks`. */
function canonical(value: unknown, blocks: Block[]): unknown {
  if (
    value instanceof Float64Array ||
    value instanceof Float32Array ||
    value instanceof Uint32Array ||
    value instanceof Int8Array
  ) {
    blocks.push(value);
    return { [value.constructor.name]: value.length };
  }
  if (Array.isArray(value)) return value.map((item) => canonical(item, blocks));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([key, item]) => key !== 'id' && item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, canonical(item, blocks)]));
}
