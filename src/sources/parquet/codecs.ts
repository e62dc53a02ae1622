// SPDX-License-Identifier: Apache-2.0
import { unpackLz4Block, unpackLz4Hadoop } from '../lz4.js';
import { loadZstd } from '../zstd.js';
import type { Codec } from './metadata.js';
import { unpackSnappy } from './snappy.js';

/** Unpacks one page to exactly `length` bytes. */
export type Unpack = (input: Uint8Array, length: number) => Uint8Array;

/** More bytes than this in one page are refused; writers make pages of about a megabyte. */
const MAX_PAGE = 512 * 2 ** 20;
/** The most that a byte of input can become, where the codec has such a bound. */
const MAX_RATIO: Partial<Record<Codec, number>> = {
  UNCOMPRESSED: 1,
  SNAPPY: 64,
  LZ4: 256,
  LZ4_RAW: 256,
  GZIP: 1040,
  // a block of at least four bytes makes at most 128 KiB
  ZSTD: 32_768,
};

/** The unpacker of a codec; the code for it is loaded on first use. Error for a codec that is not supported. */
export async function loadCodec(codec: Codec | number): Promise<Unpack> {
  const unpack = await rawCodec(codec);
  const ratio = typeof codec === 'string' ? (MAX_RATIO[codec] ?? Number.POSITIVE_INFINITY) : 1;
  return (input, length) => {
    if (length > MAX_PAGE || length > 64 + input.length * ratio) {
      throw new Error(`a page of ${input.length} bytes states that it unpacks to ${length}`);
    }
    const out = unpack(input, length);
    if (out.length !== length) throw new Error(`a page unpacks to ${out.length} bytes, not ${length}`);
    return out;
  };
}

async function rawCodec(codec: Codec | number): Promise<Unpack> {
  switch (codec) {
    case 'UNCOMPRESSED':
      return (input) => input;
    case 'SNAPPY':
      return unpackSnappy;
    case 'ZSTD':
      return loadZstd();
    case 'GZIP': {
      const { unpackGzipPage } = await import('./gzip.js');
      return unpackGzipPage;
    }
    // The package's own entry compiles a wasm module on import, which some pages forbid: take its file alone.
    case 'BROTLI': {
      const { decompressBrotli } = await import('hyparquet-compressors/src/brotli.js');
      return decompressBrotli;
    }
    case 'LZ4':
      return unpackLz4Hadoop;
    case 'LZ4_RAW':
      return unpackLz4Block;
    default:
      throw new Error(`compressed with ${codec}, which is not supported`);
  }
}
