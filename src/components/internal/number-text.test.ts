// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatBytes,
  formatMilliseconds,
  formatNumber,
  formatP,
  formatPoints,
  formatShare,
  plural,
} from './number-text.js';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

test.each([
  [0, '0'],
  [-2, '−2'],
  [0.04469, '0.0447'],
  [2015, '2015'],
  [1234.6, '1235'],
  [-0, '0'],
  [12_345.6, '12,346'],
  [1_522_089, '1,522,089'],
  [0.00001234, '1.23e-5'],
  [3e20, '3e20'],
  [Number.POSITIVE_INFINITY, '∞'],
  [Number.NEGATIVE_INFINITY, '−∞'],
  [Number.NaN, '–'],
  [undefined, '–'],
])('number %s reads %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test.each([
  [0, '0 %'],
  [0.001, '0.1 %'],
  [0.00002, '< 0.01 %'],
  [0.1234, '12 %'],
  [0.0934, '9.3 %'],
  [0.9999, '> 99.9 %'],
  [0.995, '99.5 %'],
  [1, '100 %'],
  [-0.05, '−5 %'],
])('share %s reads %s', (share, text) => {
  expect(plain(formatShare(share))).toBe(text);
});

test.each([
  [0, '< 1e-300'],
  [3.2e-8, '3e-8'],
  [0.0123, '0.012'],
  [0.5, '0.5'],
  [0.995, '> 0.99'],
  [1, '1'],
  [undefined, '–'],
])('p-value %s reads %s', (p, text) => {
  expect(formatP(p)).toBe(text);
});

test('points, sizes, durations, counts', () => {
  expect([0, 0.0895, -0.001, 0.00001].map(formatPoints)).toEqual(['0', '+8.9', '−0.1', '+<0.01']);
  expect([512, 13_493_022, 2.5e9].map((bytes) => plain(formatBytes(bytes)))).toEqual([
    '512 bytes',
    '13.5 MB',
    '2.5 GB',
  ]);
  expect([0.2, 914, 1840, 24_000].map((ms) => plain(formatMilliseconds(ms)))).toEqual([
    '1 ms',
    '914 ms',
    '1.8 s',
    '24 s',
  ]);
  expect(plain(plural(1, 'row'))).toBe('1 row');
  expect(plain(plural(2, 'row'))).toBe('2 rows');
});

test('a number never reads as another one: within 1 % of itself', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), (value) => {
      const read = Number(formatNumber(value).replace('−', '-').replaceAll(',', ''));
      expect(Math.abs(read - value)).toBeLessThanOrEqual(
        Math.max(0.51 * (Math.abs(value) >= 1000 ? 1 : 0), Math.abs(value) * 0.01),
      );
    }),
  );
});

test('no share but 0 and 1 reads as 0 % or 100 %', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (share) => {
      expect(['0 %', '100 %']).not.toContain(plain(formatShare(share)));
    }),
  );
});
