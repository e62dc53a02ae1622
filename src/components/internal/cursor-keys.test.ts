// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { placeAfter } from './cursor-keys.js';

test('keys move a cursor within what is drawn; from nowhere (−1) to an end', () => {
  const keys = ['ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown', 'Home', 'End'];
  expect(keys.map((key) => placeAfter(key, 1, 9))).toEqual([2, 2, 0, 0, 0, 9]);
  expect(placeAfter('ArrowRight', -1, 9)).toBe(0);
  expect(placeAfter('ArrowRight', 9, 9)).toBe(9);
  expect(placeAfter('Tab', 1, 9)).toBeUndefined();
});
