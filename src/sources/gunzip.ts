// SPDX-License-Identifier: Apache-2.0
import { bytesFromChunks } from './bytes.js';
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
    const chunks = await inflateNative(bytes, limit, signal).catch((error: unknown) => {
      // the platform's unpacker stops after the first member of a file that holds several; the slower one goes on
      if (error instanceof TypeError || (error instanceof Error && 'code' in error))
        return inflateFflate(bytes, limit, signal);
      throw error;
    });
    return bytesFromChunks(chunks, name);
  } catch (error) {
    throw asSourceError(bytes.name, error);
  }
}

class Collector {
  readonly chunks: Uint8Array[] = [];
  #size = 0;
  readonly #name: string;
  readonly #limit: number;

  constructor(name: string, limit: number) {
    this.#name = name;
    this.#limit = limit;
  }

  add(chunk: Uint8Array): void {
    if (chunk.byteLength === 0) return;
    this.#size += chunk.byteLength;
    if (this.#size > this.#limit) {
      const megabytes = Math.round(this.#limit / 2 ** 20);
      throw sourceError(
        this.#name,
        `unpacks to more than ${megabytes} MB: unpack it and give the file itself`,
      );
    }
    this.chunks.push(chunk);
  }
}

async function inflateNative(
  bytes: Bytes,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array[]> {
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
      if (done) return collector.chunks;
      collector.add(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    throw error;
  }
}

async function inflateFflate(
  bytes: Bytes,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array[]> {
  const { Gunzip } = await import('fflate');
  const collector = new Collector(bytes.name, limit);
  let ended = false;
  const gunzip = new Gunzip((chunk, final) => {
    collector.add(chunk);
    ended = final;
  });
  for (let at = 0; at < bytes.size; at += CHUNK) {
    throwIfAborted(signal);
    const end = Math.min(at + CHUNK, bytes.size);
    gunzip.push(await bytes.slice(at, end), end === bytes.size);
  }
  if (!ended) throw sourceError(bytes.name, 'the gzip data is truncated');
  return collector.chunks;
}
