// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { bins, categoriesByChange } from './shares.js';

test('each side is its own whole; bins beyond the range appear only when something lies there', () => {
  const found = bins({ edges: [0, 1, 2], reference: [0, 1, 2, 1], current: [0, 10, 0, 0] });
  expect(found?.inner.map(({ reference, current }) => [reference, current])).toEqual([
    [0.25, 1],
    [0.5, 0],
  ]);
  expect(found?.below).toBeUndefined();
  expect(found?.above).toEqual({ from: 2, to: Number.POSITIVE_INFINITY, reference: 0.25, current: 0 });
  expect(found?.peak).toBe(1);
});

test('an empty side has shares of 0, and counts that do not fit the edges are no bins', () => {
  expect(bins({ edges: [0, 1], reference: [0, 0, 0], current: [0, 4, 0] })?.inner[0]?.reference).toBe(0);
  expect(bins({ edges: [0, 1], reference: [1, 2], current: [1, 2] })).toBeUndefined();
  expect(bins({ categories: ['a'], reference: [1], current: [1] })).toBeUndefined();
});

test('categories by size of change, unseen ones marked', () => {
  const list = categoriesByChange({
    categories: ['a', 'b', 'c'],
    unseen: ['c'],
    reference: [9, 1, 0],
    current: [5, 2, 3],
  });
  expect(list.map(({ name, unseen }) => [name, unseen])).toEqual([
    ['a', false],
    ['c', true],
    ['b', false],
  ]);
  expect(list[0]?.delta).toBeCloseTo(-0.4);
});
