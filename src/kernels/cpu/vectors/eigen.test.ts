// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { randomStream } from '../../random-stream.js';
import { eigen } from './eigen.js';

function symmetric(p: number, rank: number, seed: number): Float64Array {
  const stream = randomStream(seed);
  const rows = Array.from({ length: rank }, () => Float64Array.from({ length: p }, stream.normal));
  const matrix = new Float64Array(p * p);
  for (const [r, row] of rows.entries()) {
    for (let i = 0; i < p; i++)
      for (let j = 0; j < p; j++) matrix[i * p + j]! += (r % 3 === 2 ? -1 : 1) * row[i]! * row[j]!;
  }
  return matrix;
}

/** Largest |V·Vᵀ − 1| and largest |A·v − λ·v| over the largest |A|. */
function errors(matrix: Float64Array, p: number): { angle: number; residual: number } {
  const { values, vectors } = eigen(matrix, p);
  let [angle, residual, size] = [0, 0, 0];
  for (const value of matrix) size = Math.max(size, Math.abs(value));
  for (let a = 0; a < p; a++) {
    if (a > 0) expect(values[a]!).toBeLessThanOrEqual(values[a - 1]!);
    for (let b = 0; b < p; b++) {
      let dot = a === b ? -1 : 0;
      for (let i = 0; i < p; i++) dot += vectors[a * p + i]! * vectors[b * p + i]!;
      angle = Math.max(angle, Math.abs(dot));
    }
    for (let i = 0; i < p; i++) {
      let image = -values[a]! * vectors[a * p + i]!;
      for (let j = 0; j < p; j++) image += matrix[i * p + j]! * vectors[a * p + j]!;
      residual = Math.max(residual, Math.abs(image));
    }
  }
  return { angle, residual: size === 0 ? residual : residual / size };
}

describe('eigen', () => {
  test.each([
    [1, 1],
    [2, 2],
    [3, 1],
    [17, 17],
    [40, 3],
    [90, 90],
  ])('order %i, rank %i', (p, rank) => {
    for (const scale of [1, 1e-200, 1e200]) {
      const { angle, residual } = errors(
        symmetric(p, rank, p).map((value) => value * scale),
        p,
      );
      expect(angle).toBeLessThan(1e-12);
      expect(residual).toBeLessThan(1e-11);
    }
  });

  test('zeros, the identity and a diagonal', () => {
    expect(errors(new Float64Array(25), 5)).toEqual({ angle: 0, residual: 0 });
    expect(eigen(Float64Array.of(2, 0, 0, 0, 5, 0, 0, 0, -1), 3)).toEqual({
      values: Float64Array.of(5, 2, -1),
      vectors: Float64Array.of(0, 1, 0, 1, 0, 0, 0, 0, 1),
    });
  });

  test('a graded matrix', () => {
    const p = 30;
    const matrix = new Float64Array(p * p);
    for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) matrix[i * p + j] = 10 ** (-(i + j) / 2);
    const { angle, residual } = errors(matrix, p);
    expect(angle).toBeLessThan(1e-12);
    expect(residual).toBeLessThan(1e-12);
  });

  test('what is not finite is refused', () => {
    expect(() => eigen(Float64Array.of(Number.NaN), 1)).toThrow(/no eigenvalues/);
  });
});
