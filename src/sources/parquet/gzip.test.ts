// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { unpackGzipPage } from './gzip.js';

const noise = randomBytes(200_000);
const even = new Uint8Array(300_000).fill(7);
const joined = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;
const [noisePage, evenPage] = [gzipSync(noise), gzipSync(even)];

describe('gzip in pages', () => {
  test('one member, several, an empty one among them', () => {
    expect(same(unpackGzipPage(noisePage, noise.length), noise)).toBe(true);
    const all = joined(noisePage, gzipSync(''), evenPage, noisePage);
    expect(same(unpackGzipPage(all, 700_000), joined(noise, even, noise))).toBe(true);
  });

  test('a bare deflate stream', () => {
    expect(same(unpackGzipPage(deflateRawSync(even), even.length), even)).toBe(true);
  });

  test('an empty page', () => {
    expect(unpackGzipPage(gzipSync(''), 0)).toHaveLength(0);
  });

  test('the rest of a buffer does not matter', () => {
    const wider = joined(Uint8Array.of(1, 2, 3), evenPage, Uint8Array.of(4));
    expect(same(unpackGzipPage(wider.subarray(3, -1), even.length), even)).toBe(true);
  });

  test('more than stated is refused as soon as it shows, fewer are told by the length', () => {
    const bomb = joined(...Array.from({ length: 50 }, () => gzipSync(new Uint8Array(2 ** 20))));
    expect(() => unpackGzipPage(bomb, 1000)).toThrow('a page unpacks to more than 1000 bytes');
    expect(unpackGzipPage(evenPage, 400_000)).toHaveLength(even.length);
  });

  test('damage is an error, or fewer bytes', () => {
    const cut = noisePage.subarray(0, 5_000);
    expect(() => unpackGzipPage(joined(cut, noisePage.subarray(-8)), noise.length)).toThrow();
    expect(unpackGzipPage(Uint8Array.of(0x1f, 0x8b, 8), 10)).toHaveLength(0);
  });
});
