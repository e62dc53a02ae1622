// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { settledWindows } from './settled-outcomes.js';

const settled = (labels: readonly (number | null)[]): number =>
  settledWindows(
    labels.map((rows) => (rows === null ? undefined : { rows })),
    labels.map(() => ({ rows: 100 })),
  );

test('a last window that has half of the usual labels is not settled, nor is one without any', () => {
  expect(settled([100, 100, 100, 50, null])).toBe(3);
  expect(settled([100, 100, 100, 95, null])).toBe(4);
  expect(settled([100, 100])).toBe(2);
});

test('where few labels come at all, few are usual', () => {
  expect(settled([9, 11, 10, 10])).toBe(4);
  expect(settled([9, 11, 10, 3])).toBe(3);
});

test('one window alone is what there is; gaps before settled windows stay where they are', () => {
  expect(settled([20])).toBe(1);
  expect(settled([null, null])).toBe(0);
  expect(settled([])).toBe(0);
  expect(settled([100, 40, null, 100, 10])).toBe(4);
});
