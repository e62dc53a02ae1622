// SPDX-License-Identifier: Apache-2.0
/** Linear algebra on rows: every backend against the cpu twin. */
import { beforeAll, describe, expect, test } from 'vitest';
import { cpuLinearKernels as cpu } from '../cpu/vectors/vectors.js';
import type { LinearKernels } from '../vectors.js';
import { vectorRows } from './vector-rows.js';

const SIZES: readonly (readonly [n: number, m: number, d: number])[] = [
  ...Array.from({ length: 34 }, (_, n) => [n, (n * 7) % 11, (n % 5) + 1] as const),
  [1, 1, 1],
  [3, 9, 64],
  [33, 17, 100],
  [70, 9, 384],
  [66, 31, 768],
  [130, 530, 7],
  [1_000, 3, 2],
];
const ORDERS = [1, 2, 3, 4, 5, 8, 13, 33, 64, 100];

export function linearParityOf(name: LinearKernels['name'], start: () => Promise<LinearKernels>): void {
  describe(`${name} computes as the cpu does`, () => {
    let kernels: LinearKernels;
    beforeAll(async () => {
      kernels = await start();
      expect(kernels.name).toBe(name);
    });

    function eachSize(
      check: (sides: { a: Float32Array; b: Float32Array; n: number; m: number; d: number }) => void,
    ): void {
      for (const [n, m, d] of SIZES) {
        for (const shape of ['bell', 'far from zero']) {
          const a = vectorRows(shape, { n, d, seed: n, offset: 1 });
          check({ a, b: vectorRows(shape, { n: m, d, seed: m + 50 }), n, m, d });
        }
      }
    }

    test('multiply', () => {
      eachSize(({ a, b, m, d }) => {
        const lengths = [norms(a, d), norms(b, d)] as const;
        within(kernels.multiply(a, b, d), cpu.multiply(a, b, d), (at) => {
          return 16 * 2 ** -24 * lengths[0][Math.floor(at / m)]! * lengths[1][at % m]!;
        });
      });
    });

    test('crossProducts', () => {
      eachSize(({ a, d }) => {
        const expected = cpu.crossProducts(a, d);
        within(kernels.crossProducts(a, d), expected, (at) => {
          return (
            16 * 2 ** -24 * Math.sqrt(expected[Math.floor(at / d) * (d + 1)]! * expected[(at % d) * (d + 1)]!)
          );
        });
      });
    });

    test('crossProducts over many blocks, as in f64', () => {
      const rows = vectorRows('bell', { n: 5_003, d: 9, seed: 1 });
      const expected = cpu.crossProducts(rows, 9);
      within(kernels.crossProducts(rows, 9), expected, () => 1e-6 * expected[0]!);
    });

    test('squaredDistances', () => {
      eachSize(({ a, b, d }) => {
        // Far from zero, distances are as good as the values themselves allow.
        within(kernels.squaredDistances(a, b, d), cpu.squaredDistances(a, b, d), () => 3e-6 * d);
      });
    });

    test('gram', () => {
      eachSize(({ a, b, n, m, d }) => {
        const gamma = 1.5 / d;
        within([kernels.gram(a, b, d, gamma)], [cpu.gram(a, b, d, gamma)], () => 2e-6 * n * m);
        within([kernels.gram(a, null, d, gamma)], [cpu.gram(a, null, d, gamma)], () => 2e-6 * n * n);
      });
    });

    test('gram over several tiles, and with every pair far apart', () => {
      const rows = vectorRows('bell', { n: 1_100, d: 3, seed: 2 });
      for (const gamma of [0, 0.4, 1e4]) {
        const expected = cpu.gram(rows, null, 3, gamma);
        within([kernels.gram(rows, null, 3, gamma)], [expected], () => 3e-6 * expected + 1e-3);
      }
    });

    test('distances of denormal and of huge values', () => {
      for (const scale of [1e-39, 1e-25, 1e18]) {
        const [a, b] = [3, 4].map((seed) =>
          vectorRows('bell', { n: 9, d: 5, seed }).map((value) => value * scale),
        );
        const expected = cpu.squaredDistances(a!, b!, 5);
        within(kernels.squaredDistances(a!, b!, 5), expected, (at) => 1e-6 * expected[at]!);
        const gamma = 0.1 / scale ** 2;
        within([kernels.gram(a!, b!, 5, gamma)], [cpu.gram(a!, b!, 5, gamma)], () => 1e-4);
      }
    });

    test('fourierFeatures', () => {
      for (const [n, , d] of SIZES) {
        const rows = vectorRows('bell', { n, d, seed: n });
        for (const count of [1, 70, 130]) {
          const fourier = { dimension: d, count, seed: n, bandwidth: 0.5 * Math.sqrt(d) };
          const unit = 1 / Math.sqrt(count);
          within(
            kernels.fourierFeatures(rows, fourier),
            cpu.fourierFeatures(rows, fourier),
            () => 1e-5 * unit,
          );
        }
      }
    });

    test('eigen', () => {
      for (const p of ORDERS) {
        const matrix = cpu.crossProducts(vectorRows('bell', { n: p, d: p, seed: p }), p);
        const actual = kernels.eigen(matrix, p);
        const expected = cpu.eigen(matrix, p);
        within(actual.values, expected.values, () => 1e-13 * p * expected.values[0]!);
        // Vectors of close values may turn into each other; what they span does not.
        const rebuilt = new Float64Array(p * p);
        for (let i = 0; i < p; i++) {
          for (let j = 0; j < p; j++) {
            for (let v = 0; v < p; v++) {
              rebuilt[i * p + j]! +=
                actual.values[v]! * actual.vectors[v * p + i]! * actual.vectors[v * p + j]!;
            }
          }
        }
        within(rebuilt, matrix, () => 1e-13 * p * expected.values[0]!);
      }
    });

    test('eigen of zeros, of the identity, of rank one, of a matrix that holds NaN', () => {
      for (const p of [1, 3, 10, 33]) {
        expect(kernels.eigen(new Float64Array(p * p), p)).toEqual(cpu.eigen(new Float64Array(p * p), p));
        const identity = Float64Array.from({ length: p * p }, (_, i) => (i % (p + 1) === 0 ? 1 : 0));
        expect(kernels.eigen(identity, p).values).toEqual(new Float64Array(p).fill(1));
        const { values } = kernels.eigen(new Float64Array(p * p).fill(1e200), p);
        within(
          values.map((value) => value / 1e200),
          Float64Array.from({ length: p }, (_, i) => (i === 0 ? p : 0)),
          () => 1e-13 * p,
        );
        expect(() => kernels.eigen(new Float64Array(p * p).fill(Number.NaN), p)).toThrow(/no eigenvalues/);
      }
    });

    test('cholesky and solveLower', () => {
      for (const p of ORDERS) {
        const matrix = cpu.crossProducts(vectorRows('bell', { n: 2 * p + 3, d: p, seed: p }), p);
        const lower = cpu.cholesky(matrix, p)!;
        within(kernels.cholesky(matrix, p)!, lower, () => 1e-12 * p * Math.sqrt(matrix[0]!));
        for (const n of [0, 1, 3, 4, 70]) {
          const b = Float64Array.from(vectorRows('bell', { n, d: p, seed: n }));
          const expected = cpu.solveLower(lower, p, b);
          within(kernels.solveLower(lower, p, b), expected, () => 1e-10);
        }
        matrix[p * p - 1] = -1;
        expect(kernels.cholesky(matrix, p)).toBeNull();
        matrix[p * p - 1] = Number.NaN;
        expect(kernels.cholesky(matrix, p)).toBeNull();
      }
    });

    test('values that are no whole rows are refused', () => {
      const values = new Float32Array(7);
      expect(() => kernels.multiply(values, values, 2)).toThrow(/whole rows/);
      expect(() => kernels.crossProducts(values, 2)).toThrow(/whole rows/);
      expect(() => kernels.gram(values, null, 2, 1)).toThrow(/whole rows/);
      expect(() => kernels.squaredDistances(values, values, 3)).toThrow(/whole rows/);
    });
  });
}

function norms(rows: Float32Array, d: number): Float64Array {
  const lengths = new Float64Array(rows.length / d);
  for (let at = 0; at < rows.length; at++) lengths[Math.floor(at / d)]! += rows[at]! ** 2;
  return lengths.map(Math.sqrt);
}

function within(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  bound: (index: number) => number,
): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    if (Math.abs(actual[i]! - expected[i]!) <= bound(i) + 1e-13 * Math.abs(expected[i]!)) continue;
    expect.fail(`value ${i} of ${expected.length} is ${actual[i]}, expected ${expected[i]} to ${bound(i)}`);
  }
}
