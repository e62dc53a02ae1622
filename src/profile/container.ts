// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../errors.js';
import { crc32 } from '../sources/crc32.js';

/** First bytes of every buffer. The high bit, CR and LF show files that were mangled as text. */
const MAGIC = Uint8Array.of(0x89, 0x64, 0x72, 0x69, 0x66, 0x74, 0x0d, 0x0a);
/** Raised when a reader of the version before could misread a buffer. */
const FORMAT_VERSION = 1;
const CONTENTS = { profile: 1, baseline: 2 } as const;
const HEADER = 24;

export type Content = keyof typeof CONTENTS;

/**
 * Wraps a payload: magic (8 bytes), then little-endian u32 each: CRC-32 of everything after it, version, content, payload
 * length; then the payload.
 */
export function seal(payload: Uint8Array, content: Content): ArrayBuffer {
  const buffer = new ArrayBuffer(HEADER + payload.length);
  const bytes = new Uint8Array(buffer);
  const view = new DataView(buffer);
  bytes.set(MAGIC);
  view.setUint32(12, FORMAT_VERSION, true);
  view.setUint32(16, CONTENTS[content], true);
  view.setUint32(20, payload.length, true);
  bytes.set(payload, HEADER);
  view.setUint32(8, crc32(bytes.subarray(12)), true);
  return buffer;
}

/** The payload of a buffer that `seal` made. CodecError says whether it is foreign, newer, truncated or corrupted. */
export function unseal(buffer: ArrayBuffer | Uint8Array, content: Content): Uint8Array {
  const bytes = buffer instanceof Uint8Array ? buffer : new Uint8Array(buffer);
  const problem = (reason: string) => new DriftglassError('CodecError', `${content}: ${reason}`);
  const start = bytes.subarray(0, MAGIC.length);
  if (start.some((byte, i) => byte !== MAGIC[i])) throw problem(`foreign, not a driftglass ${content}`);
  if (bytes.length < HEADER) throw problem(`truncated, only ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(12, true);
  if (version > FORMAT_VERSION) {
    throw problem(`newer, of format ${version}; this version of driftglass reads up to ${FORMAT_VERSION}`);
  }
  if (version < 1) throw problem('corrupted, it has no format version');
  const length = view.getUint32(20, true);
  const found = bytes.length - HEADER;
  if (found < length) throw problem(`truncated, ${found} of ${length} bytes`);
  if (found > length) throw problem(`corrupted, ${found - length} bytes too many`);
  if (view.getUint32(8, true) !== crc32(bytes.subarray(12)))
    throw problem('corrupted, its checksum does not match');
  const kind = view.getUint32(16, true);
  if (kind !== CONTENTS[content]) throw problem(`foreign, another kind of driftglass file (${kind})`);
  return bytes.subarray(HEADER);
}

/** True when the bytes begin as a file of ours does, whatever follows. */
export function isSealed(head: Uint8Array): boolean {
  return head.length >= MAGIC.length && MAGIC.every((byte, i) => head[i] === byte);
}
