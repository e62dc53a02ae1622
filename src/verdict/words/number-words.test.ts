// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { numbersBeside, shortNumber } from './number-words.js';

test.each([
  [
    [0.000195, 0.334],
    ['0', '0.334'],
  ],
  [
    [0, -2],
    ['0', '−2'],
  ],
  [
    [137, 141],
    ['137', '141'],
  ],
  [
    [1234.567, 1236.1],
    ['1234.6', '1236.1'],
  ],
  [
    [12_345.6, 98_765.4],
    ['12,346', '98,765'],
  ],
  [
    [10.0123, 11.0456],
    ['10', '11'],
  ],
  [
    [0.5012, 0.5031],
    ['0.5012', '0.5031'],
  ],
  [
    [-0.0001, 5],
    ['0', '5'],
  ],
  [
    [1.5e9, 3],
    ['1.5e9', '3'],
  ],
  [
    [Number.NEGATIVE_INFINITY, 2.71128],
    ['−∞', '2.71'],
  ],
  [
    [0.00002, 0.00003],
    ['2.0e−5', '3.0e−5'],
  ],
  [
    [7, 7],
    ['7', '7'],
  ],
  [
    [5, 5.00001],
    ['5', '5.00001'],
  ],
  [
    [1e9, 1_000_000_010],
    ['1000000000', '1000000010'],
  ],
  [[], []],
] as const)('%o beside each other are %o', (values, words) => {
  expect(numbersBeside(...values)).toEqual(words);
});

test('one alone has three digits', () => {
  expect([2015, 12_345, 0.012345, -3].map(shortNumber)).toEqual(['2015', '12,345', '0.0123', '−3']);
});
