// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from './sha256.js';

const nodes = (parts: readonly Uint8Array[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

test('the examples of FIPS 180-4', () => {
  const text = (value: string) => sha256([new TextEncoder().encode(value)]);
  expect(text('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(text('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(text('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  );
});

test('every length about the size of a block', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7 + length) % 256);
    expect(sha256([bytes])).toBe(nodes([bytes]));
  }
});

test('however the bytes are cut into parts, also as views into something larger', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 150 }), { maxLength: 8 }), (parts) => {
      const views = parts.map((part) => {
        const wider = new Uint8Array(part.length + 5);
        wider.set(part, 3);
        return wider.subarray(3, 3 + part.length);
      });
      expect(sha256(views)).toBe(nodes(parts));
    }),
  );
});

test('megabytes', () => {
  const bytes = Uint8Array.from({ length: 3_000_001 }, (_, i) => (i * i) % 251);
  expect(sha256([bytes.subarray(0, 1_000_003), bytes.subarray(1_000_003)])).toBe(nodes([bytes]));
});
