// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { isNamed, partsOf } from './columns.js';
import type { ReadTensor } from './read-tensor.js';

const tensor = (name: string, shape: readonly number[], values: readonly number[]): ReadTensor => ({
  name,
  shape,
  values: Float32Array.from(values),
});

test('names are the columns of the first tensor, or of as many tensors as there are names', () => {
  const names = ['hour', 'distance'];
  expect(partsOf([tensor('x', [2, 2], [7, 100, 8, 200])], names)).toEqual([
    { matrix: Float32Array.of(7, 100, 8, 200), names },
  ]);
  const each = [tensor('h', [2, 1], [7, 8]), tensor('d', [2], [100, 200])];
  expect(partsOf(each, names)).toEqual([
    { columns: { hour: Float32Array.of(7, 8) } },
    { columns: { distance: Float32Array.of(100, 200) } },
  ]);
  expect(() => partsOf(each.slice(0, 1), names)).toThrow('has 1 values in a row, but 2 names were given');
});

test('only tensors that are spoken of are read', () => {
  const names = ['hour', 'distance'];
  expect([0, 1].map((i) => isNamed(names, 'x', i, 2))).toEqual([true, true]);
  expect([0, 1, 2].map((i) => isNamed(names, 'x', i, 3))).toEqual([true, false, false]);
  expect([0, 1].map((i) => isNamed('score', 'x', i, 2))).toEqual([true, false]);
});
