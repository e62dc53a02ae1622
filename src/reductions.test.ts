// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { fitReduction } from './reductions.js';

const D = 6;
const rows = Float32Array.from({ length: 50 * D }, (_, i) => Math.sin(i * i) * (1 + (i % D)));

test.each([
  [{ kind: 'none' }, D, 'all values'],
  [{ kind: 'pca', components: 3 }, 3, '3 principal components'],
  [{ kind: 'sparse', components: 4 }, 4, '4 sparse random projections'],
  [{ kind: 'matrix', matrix: new Float32Array(2 * D).fill(1) }, 2, 'matrix to 2 values'],
  [
    { kind: 'projections', projections: { norm: 'norm', first: (row: Float32Array) => row[0] ?? 0 } },
    2,
    'norm, first',
  ],
] as const)('%j', async (reduction, dimension, name) => {
  const fitted = await fitReduction(rows, D, reduction);
  expect(fitted).toMatchObject({ dimension, name });
  const reduced = fitted.apply(rows);
  expect(reduced).toHaveLength(50 * dimension);
  expect(reduced.every(Number.isFinite)).toBe(true);
  expect(fitted.apply(rows.subarray(0, D))).toEqual(reduced.slice(0, dimension));
});

test('a reduction that does not fit the rows is refused', async () => {
  await expect(fitReduction(rows, D, { kind: 'matrix', matrix: new Float32Array(7) })).rejects.toThrow(
    'reduction of rows of 6 values: a matrix of 7 values has no rows of 6',
  );
});
