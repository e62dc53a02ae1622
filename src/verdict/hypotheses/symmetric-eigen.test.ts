// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { randomFrom } from '../../distances/special/random.js';
import { symmetricEigen } from './symmetric-eigen.js';

test('a 2 × 2 matrix by hand', () => {
  const { values, vectors } = symmetricEigen(Float64Array.from([2, 1, 1, 2]), 2);
  expect(values[0]).toBeCloseTo(3, 12);
  expect(values[1]).toBeCloseTo(1, 12);
  expect(Math.abs(vectors[0]![0]!)).toBeCloseTo(Math.SQRT1_2, 12);
});

test.each([1, 3, 20, 64])('Σ λ v vᵀ gives the matrix back, d = %i', (d) => {
  const random = randomFrom(d);
  const matrix = new Float64Array(d * d);
  for (let i = 0; i < d; i++)
    for (let j = 0; j <= i; j++) matrix[i * d + j] = matrix[j * d + i] = random() - 0.5;
  const { values, vectors } = symmetricEigen(matrix, d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += values[k]! * vectors[k]![i]! * vectors[k]![j]!;
      expect(Math.abs(sum - matrix[i * d + j]!)).toBeLessThan(1e-10);
    }
  }
  for (let k = 1; k < d; k++) expect(values[k]).toBeLessThanOrEqual(values[k - 1]!);
});
