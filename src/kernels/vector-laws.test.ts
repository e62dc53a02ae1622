// SPDX-License-Identifier: Apache-2.0
/** What must hold for any rows, on every backend that runs here. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuLinearKernels, cpuVectorKernels } from './cpu/vectors/vectors.js';
import { vectorPlan } from './testing/vector-rows.js';
import type { VectorPartial } from './vectors.js';
import { createWasmVectorKernels } from './wasm/vectors.js';

const wasm = await createWasmVectorKernels();
const BACKENDS = [
  { name: 'cpu', vectors: cpuVectorKernels, linear: cpuLinearKernels },
  { name: 'wasm', ...wasm },
];

/** Ordinary rows with some that hold what they should not. */
const rowsOf = (d: number) =>
  fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: fc.array(fc.double({ min: -2, max: 2 }), { minLength: d, maxLength: d }) },
        { weight: 1, arbitrary: fc.double().map((value) => new Array<number>(d).fill(value)) },
        { weight: 1, arbitrary: fc.constant(new Array<number>(d).fill(0)) },
      ),
      { maxLength: 40 },
    )
    .map((rows) => Float32Array.from(rows.flat()));
/** Finite, so that distances mean something. */
const plainRows = (d: number) =>
  fc
    .array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: d, maxLength: 30 * d })
    .map((values) => Float32Array.from(values.slice(0, values.length - (values.length % d))));
const dimension = fc.constantFrom(1, 2, 3, 5, 9);

describe.each(BACKENDS)('$name', ({ vectors, linear }) => {
  function measured(d: number, rows: Float32Array): VectorPartial {
    const sums = vectors.prepare(vectorPlan(d, { count: 20 })).open();
    sums.add(rows);
    return sums.take() as VectorPartial;
  }

  test('every row is counted once, every finite one in every part', () => {
    const sized = dimension.chain((d) => fc.tuple(fc.constant(d), rowsOf(d)));
    fc.assert(
      fc.property(sized, ([d, rows]) => {
        const partial = measured(d, rows);
        expect(partial.rows + partial.nonFinite).toBe(rows.length / d);
        expect(partial.zero + partial.constant).toBeLessThanOrEqual(partial.rows);
        for (const counts of [partial.norms, ...partial.drawn]) {
          expect(counts.reduce((all, each) => all + each, 0)).toBe(partial.rows);
        }
        for (const value of partial.fourier)
          expect(Math.abs(value)).toBeLessThanOrEqual(partial.rows * 1.0001);
        expect(partial.squares.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('the order of rows does not matter, and parts add', () => {
    const sized = dimension.chain((d) => fc.tuple(fc.constant(d), rowsOf(d), rowsOf(d)));
    fc.assert(
      fc.property(sized, ([d, a, b]) => {
        const whole = measured(d, Float32Array.of(...b, ...a));
        const parts = [measured(d, a), measured(d, b)] as const;
        expect(whole.rows).toBe(parts[0].rows + parts[1].rows);
        expect(whole.nonFinite).toBe(parts[0].nonFinite + parts[1].nonFinite);
        whole.norms.forEach((count, i) => {
          expect(count).toBe(parts[0].norms[i]! + parts[1].norms[i]!);
        });
        whole.fourier.forEach((value, i) => {
          expect(value).toBeCloseTo(parts[0].fourier[i]! + parts[1].fourier[i]!, 4);
        });
      }),
      { numRuns: 40 },
    );
  });

  test('features have length 1, and their products are the kernel on average', () => {
    const d = 6;
    const fourier = { dimension: d, count: 2_000, seed: 5, bandwidth: 2 };
    fc.assert(
      fc.property(plainRows(d), (rows) => {
        const features = linear.fourierFeatures(rows, fourier);
        const products = linear.multiply(features, features, 4_000);
        const distances = linear.squaredDistances(rows, rows, d);
        const n = rows.length / d;
        for (let i = 0; i < n; i++) expect(products[i * (n + 1)]).toBeCloseTo(1, 4);
        products.forEach((value, at) => {
          expect(Math.abs(value - Math.exp(-distances[at]! / 8))).toBeLessThan(0.1);
        });
      }),
      { numRuns: 15 },
    );
  });

  test('distances: symmetric, not negative, zero to itself, and what gram sums', () => {
    const sized = dimension.chain((d) => fc.tuple(fc.constant(d), plainRows(d)));
    fc.assert(
      fc.property(sized, ([d, rows]) => {
        const n = rows.length / d;
        const distances = linear.squaredDistances(rows, rows, d);
        let sum = 0;
        for (let i = 0; i < n; i++) {
          expect(distances[i * (n + 1)]).toBeLessThan(1e-4);
          for (let j = 0; j < i; j++) {
            expect(distances[i * n + j]).toBeGreaterThanOrEqual(0);
            expect(distances[i * n + j]).toBeCloseTo(distances[j * n + i]!, 4);
            sum += Math.exp(-0.3 * distances[i * n + j]!);
          }
        }
        const within = linear.gram(rows, null, d, 0.3);
        expect(Math.abs(within - sum)).toBeLessThan(1e-4 * (1 + sum));
        expect(Math.abs(linear.gram(rows, rows, d, 0.3) - 2 * within - n)).toBeLessThan(1e-4 * (1 + n * n));
      }),
      { numRuns: 40 },
    );
  });

  test('eigen and cholesky rebuild what they took apart; solveLower undoes the product', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 0, max: 1e6 }), (p, seed) => {
        const rows = Float32Array.from({ length: 2 * p * p }, (_, i) => Math.sin(i * 12.9898 + seed) * 3);
        const matrix = linear
          .crossProducts(rows, p)
          .map((value, at) => value + (at % (p + 1) === 0 ? 0.01 : 0));
        const { values, vectors: basis } = linear.eigen(matrix, p);
        const lower = linear.cholesky(matrix, p)!;
        for (let i = 0; i < p; i++) {
          for (let j = 0; j < p; j++) {
            let [fromEigen, fromLower, identity] = [0, 0, 0];
            for (let l = 0; l < p; l++) {
              fromEigen += values[l]! * basis[l * p + i]! * basis[l * p + j]!;
              fromLower += lower[i * p + l]! * lower[j * p + l]!;
              identity += basis[i * p + l]! * basis[j * p + l]!;
            }
            expect(fromEigen).toBeCloseTo(matrix[i * p + j]!, 8);
            expect(fromLower).toBeCloseTo(matrix[i * p + j]!, 8);
            expect(identity).toBeCloseTo(i === j ? 1 : 0, 10);
          }
        }
        const solved = linear.solveLower(lower, p, lower.slice());
        for (let r = 0; r < p; r++) {
          for (let i = 0; i < p; i++) {
            let back = 0;
            for (let l = 0; l <= i; l++) back += lower[i * p + l]! * solved[r * p + l]!;
            expect(back).toBeCloseTo(lower[r * p + i]!, 6);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
