// SPDX-License-Identifier: Apache-2.0
import { isDriftglassError } from '../errors.js';
import { bytesFromChunks } from './bytes.js';
import { crc32 } from './crc32.js';
import type { Bytes } from './source.js';
import { asSourceError, sourceError, throwIfAborted } from './source-error.js';

/** The unpacked file is held in memory, so its size is bounded: 1 GiB. */
const MAX_UNPACKED = 2 ** 30;
const CHUNK = 2 ** 20;

/**
 * Unpacks gzip into memory, chunk by chunk. The result keeps the file's name without ".gz". Errors: SourceError when
 * the data is damaged or unpacks to more than `limit` bytes.
 */
export async function unpackGzip(bytes: Bytes, signal?: AbortSignal, limit = MAX_UNPACKED): Promise<Bytes> {
  const name = bytes.name.replace(/\.(gz|gzip)$/i, '');
  try {
    if (bytes.size < 18) throw sourceError(bytes.name, 'the gzip data is truncated');
    const collector = await inflateNative(bytes, limit, signal);
    const chunks = (collector ?? (await inflateMembers(bytes, limit, signal))).chunks;
    return bytesFromChunks(chunks, name);
  } catch (error) {
    throw asSourceError(
      bytes.name,
      error,
      isDriftglassError(error) ? '' : 'the gzip data is damaged or cut off: ',
    );
  }
}

class Collector {
  readonly chunks: Uint8Array[] = [];
  size = 0;
  readonly #name: string;
  readonly #limit: number;

  constructor(name: string, limit: number) {
    this.#name = name;
    this.#limit = limit;
  }

  add(chunk: Uint8Array): void {
    if (chunk.byteLength === 0) return;
    this.size += chunk.byteLength;
    if (this.size > this.#limit) {
      const megabytes = Math.round(this.#limit / 2 ** 20);
      throw sourceError(
        this.#name,
        `unpacks to more than ${megabytes} MB: unpack it and give the file itself`,
      );
    }
    this.chunks.push(chunk);
  }
}

/**
 * The platform's unpacker: fast, but it stops at, or does not check, what follows the first member of a file of several,
 * and Node's lets truncated data pass. So its result only counts when the file's last bytes confirm the size; otherwise
 * undefined.
 */
async function inflateNative(
  bytes: Bytes,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<Collector | undefined> {
  const collector = new Collector(bytes.name, limit);
  let at = 0;
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const chunk = await bytes.slice(at, Math.min(at + CHUNK, bytes.size));
      at += chunk.byteLength;
      if (chunk.byteLength > 0) controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
      if (at >= bytes.size || chunk.byteLength === 0) controller.close();
    },
  });
  const reader = packed.pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      throwIfAborted(signal);
      const { done, value } = await reader.read();
      if (done) break;
      collector.add(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    if (isDriftglassError(error)) throw error;
    return undefined;
  }
  const { size } = await trailer(bytes, bytes.size);
  return size === collector.size % 2 ** 32 ? collector : undefined;
}

/** Checksum and size (modulo 2^32) that a member states in its last eight bytes. */
async function trailer(bytes: Bytes, end: number): Promise<{ crc: number; size: number }> {
  const last = await bytes.slice(end - 8, end);
  const view = new DataView(last.buffer, last.byteOffset, 8);
  return { crc: view.getUint32(0, true), size: view.getUint32(4, true) };
}

/** Any number of members, each held against its own checksum. */
async function inflateMembers(
  bytes: Bytes,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<Collector> {
  const { Gunzip } = await import('./inflate.js');
  const collector = new Collector(bytes.name, limit);
  const members: { end: number; crc: number; size: number }[] = [];
  let member = { crc: 0, size: 0 };
  const gunzip = new Gunzip((chunk) => {
    collector.add(chunk);
    member = { crc: crc32(chunk, member.crc), size: member.size + chunk.byteLength };
  });
  gunzip.onmember = (offset) => {
    members.push({ end: offset, ...member });
    member = { crc: 0, size: 0 };
  };
  for (let at = 0; at < bytes.size; at += CHUNK) {
    throwIfAborted(signal);
    const end = Math.min(at + CHUNK, bytes.size);
    gunzip.push((await bytes.slice(at, end)).slice(), end === bytes.size);
  }
  members.push({ end: bytes.size, ...member });
  for (const { end, crc, size } of members) {
    const stated = end < 18 ? undefined : await trailer(bytes, end);
    if (stated?.crc !== crc || stated.size !== size % 2 ** 32)
      throw sourceError(bytes.name, 'the gzip data is damaged or cut off');
  }
  return collector;
}
