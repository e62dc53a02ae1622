// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from './sha256.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('the examples of the standard', () => {
  expect(hex(sha256([new TextEncoder().encode('abc')]))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  expect(hex(sha256([]))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('any parts hash as Node hashes them one after the other', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), (parts) => {
      expect(hex(sha256(parts))).toBe(createHash('sha256').update(Buffer.concat(parts)).digest('hex'));
    }),
  );
});

test('every length about a block, and a view that begins inside its buffer', () => {
  const buffer = Uint8Array.from({ length: 300 }, (_, i) => i);
  for (let length = 0; length < 200; length++) {
    const part = buffer.subarray(3, 3 + length);
    expect(hex(sha256([part]))).toBe(createHash('sha256').update(part).digest('hex'));
  }
});

test('no constant is so near a step that another engine’s cube root could take the other side', () => {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  for (const prime of primes) {
    const bits = (Math.cbrt(prime) % 1) * 2 ** 32;
    // A unit in the last place is 2⁻¹⁸ of a step at most.
    expect(Math.min(bits % 1, 1 - (bits % 1))).toBeGreaterThan(2 ** -14);
  }
});
