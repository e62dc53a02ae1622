// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bytesFromBuffer } from '../bytes.js';
import { unpackLz4Block, unpackLz4Frame, unpackLz4Hadoop } from '../lz4.js';
import { loadZstd } from '../zstd.js';
import { openArrow } from './arrow.js';
import { FlatTable } from './flatbuffer.js';

const sample = new Uint8Array(readFileSync(new URL('../fixtures/samples/plain-file.arrow', import.meta.url)));
const open = (bytes: Uint8Array) => openArrow(bytesFromBuffer(bytes, 'bad.arrow'));

describe('damaged Arrow data', () => {
  test('a file without its end, a stream without its end', async () => {
    await expect(open(sample.subarray(0, sample.length - 1))).rejects.toMatchObject({
      name: 'SourceError',
      message: 'bad.arrow: the Arrow file is truncated: it does not end with ARROW1',
    });
    // the same messages as a stream, cut within a body
    await expect(open(sample.subarray(8, 20_000))).rejects.toThrow('truncated');
  });

  test('a vector that claims more entries than there are bytes is refused', () => {
    // root table at 12, its vtable at 4 with one field, the vector at 20 claims 2^32 − 1 entries
    const buffer = new DataView(new ArrayBuffer(24));
    buffer.setUint32(0, 12, true);
    buffer.setUint16(4, 6, true);
    buffer.setUint16(8, 4, true);
    buffer.setInt32(12, 8, true);
    buffer.setUint32(16, 4, true);
    buffer.setUint32(20, 0xffff_ffff, true);
    const table = FlatTable.root(new Uint8Array(buffer.buffer));
    expect(() => table.tables(0)).toThrow('beyond its end');
    expect(() => table.string(0)).toThrow('beyond its end');
  });
});

describe('LZ4', () => {
  // "abcabcabcabc" and five literals: the format wants the last five bytes stored
  const block = Uint8Array.from([0x35, 97, 98, 99, 3, 0, 0x50, 120, 121, 122, 49, 50]);
  const text = 'abcabcabcabcxyz12';
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

  test('blocks, plain and in wrapping', () => {
    expect(decode(unpackLz4Block(block, 17))).toBe(text);
    const wrapped = Uint8Array.from([0, 0, 0, 17, 0, 0, 0, block.length, ...block]);
    expect(decode(unpackLz4Hadoop(wrapped, 17))).toBe(text);
    expect(decode(unpackLz4Hadoop(block, 17))).toBe(text);
  });

  test('frames, with stored blocks and checksums', () => {
    const frame = [
      0x04,
      0x22,
      0x4d,
      0x18,
      0x50,
      0x40,
      0,
      block.length,
      0,
      0,
      0,
      ...block,
      1,
      2,
      3,
      4,
      3,
      0,
      0,
      0x80,
      33,
      33,
      33,
      1,
      2,
      3,
      4,
      0,
      0,
      0,
      0,
    ];
    expect(decode(unpackLz4Frame(Uint8Array.from(frame), 20))).toBe(`${text}!!!`);
    expect(() => unpackLz4Frame(Uint8Array.from(frame), 19)).toThrow('damaged');
    expect(() => unpackLz4Frame(Uint8Array.from(frame), 21)).toThrow('20 bytes, not 21');
  });

  test('copies from before the beginning and past the end are refused', () => {
    expect(() => unpackLz4Block(Uint8Array.from([0x10, 97, 9, 0]), 20)).toThrow('damaged');
    expect(() => unpackLz4Block(Uint8Array.from([0x1f, 97, 1, 0, 255, 255]), 20)).toThrow('damaged');
    expect(() => unpackLz4Block(Uint8Array.from([0xf0, 255]), 20)).toThrow('damaged');
  });
});

test('Zstandard data of another size than expected is refused', async () => {
  const unpack = await loadZstd();
  // a frame of one stored block, "hello", whose header states five bytes
  const frame = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, 5, 0x29, 0, 0, 104, 101, 108, 108, 111]);
  expect(new TextDecoder().decode(unpack(frame, 5))).toBe('hello');
  expect(() => unpack(frame, 6)).toThrow('5 bytes, not 6');
  expect(() => unpack(frame.subarray(0, 4), 5)).toThrow('truncated');
});
