// SPDX-License-Identifier: Apache-2.0
import { expect, test, vi } from 'vitest';
import { cpuVectorKernels } from '../cpu/vectors/vectors.js';
import { bell } from '../testing/samples.js';
import { vectorPlan, vectorRows } from '../testing/vector-rows.js';
import type { VectorKernels, VectorPartial, VectorPlan } from '../vectors.js';
import { ColumnProducts } from './column-products.js';
import { createWasmVectorKernels } from './vectors.js';

function measured(kernels: VectorKernels, plan: VectorPlan, pieces: readonly Float32Array[]): VectorPartial {
  const sums = kernels.prepare(plan).open();
  for (const piece of pieces) sums.add(piece);
  return sums.take() as VectorPartial;
}

/** Rows of n × d whose principal directions lie slantwise, variances from 1 down to `least`; the plan divides by them. */
function slanted(d: number, n: number, least: number): { plan: VectorPlan; rows: Float32Array } {
  const normal = Float64Array.from({ length: d }, (_, i) => bell(i, 3) + 0.1);
  const squares = normal.reduce((sum, value) => sum + value * value, 0);
  const sd = Array.from({ length: d }, (_, j) => least ** (j / (2 * (d - 1))));
  // Reflected axes: e_j − 2 v v_j / |v|².
  const axis = (j: number, i: number) => (i === j ? 1 : 0) - (2 * normal[i]! * normal[j]!) / squares;
  const directions = Float32Array.from(
    { length: d * d },
    (_, at) => axis(Math.floor(at / d), at % d) / sd[Math.floor(at / d)]!,
  );
  const rows = new Float32Array(n * d);
  for (let r = 0; r < n; r++) {
    const along = sd.map((size, j) => size * bell(r * d + j, 7));
    for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) rows[r * d + i]! += along[j]! * axis(j, i);
  }
  return { plan: { ...vectorPlan(d), directions, center: new Float32Array(d), drawn: [] }, rows };
}

test('many rows at a time: squares along directions of little variance are right to thousandths', async () => {
  const { vectors } = await createWasmVectorKernels();
  const [d, n] = [64, 1_500];
  const { plan, rows } = slanted(d, n, 1e-6);
  const add = vi.spyOn(ColumnProducts.prototype, 'add');
  const actual = measured(vectors, plan, [rows]);
  expect(add).toHaveBeenCalled();
  const expected = measured(cpuVectorKernels, plan, [rows]);
  expected.squares.forEach((value, j) => {
    expect(Math.abs(actual.squares[j]! / value - 1)).toBeLessThan(3e-3);
    expect(Math.abs(actual.sums[j]! - expected.sums[j]!) / n).toBeLessThan(1e-4);
  });
  // Along the greater half of them to rounding.
  for (let j = 0; j < d / 2; j++) {
    expect(Math.abs(actual.squares[j]! / expected.squares[j]! - 1)).toBeLessThan(1e-5);
  }
  add.mockRestore();
});

test('directions of yet less variance are projected on one by one', async () => {
  const { vectors } = await createWasmVectorKernels();
  const { plan, rows } = slanted(64, 400, 1e-8);
  const add = vi.spyOn(ColumnProducts.prototype, 'add');
  const actual = measured(vectors, plan, [rows]);
  expect(add).not.toHaveBeenCalled();
  add.mockRestore();
  const expected = measured(cpuVectorKernels, plan, [rows]);
  expected.squares.forEach((value, j) => {
    expect(Math.abs(actual.squares[j]! / value - 1)).toBeLessThan(1e-4);
  });
});

test('few rows at a time are projected one by one, with the same answer', async () => {
  const { vectors } = await createWasmVectorKernels();
  const d = 64;
  const plan = vectorPlan(d, { k: d });
  const rows = vectorRows('bell', { n: 900, d, seed: 2 });
  const add = vi.spyOn(ColumnProducts.prototype, 'add');
  const pieces = Array.from({ length: 18 }, (_, i) => rows.subarray(i * 50 * d, (i + 1) * 50 * d));
  const few = measured(vectors, plan, pieces);
  expect(add).not.toHaveBeenCalled();
  const many = measured(vectors, plan, [rows]);
  expect(add).toHaveBeenCalled();
  expect(many.drawn).toEqual(few.drawn);
  expect(many.rows).toBe(few.rows);
  few.squares.forEach((value, j) => {
    expect(Math.abs(many.squares[j]! / value - 1)).toBeLessThan(1e-5);
  });
  add.mockRestore();
});

test('without room for products of columns rows are projected one by one', async () => {
  const { vectors } = await createWasmVectorKernels();
  const d = 64;
  const plan = vectorPlan(d, { k: d });
  const rows = vectorRows('bell', { n: 700, d, seed: 5 });
  const expected = measured(vectors, plan, [rows]);
  const clear = vi.spyOn(ColumnProducts.prototype, 'clear').mockImplementation(() => {
    throw new Error('no memory');
  });
  const actual = measured(vectors, plan, [rows]);
  clear.mockRestore();
  expect(actual.rows).toBe(700);
  expected.squares.forEach((value, j) => {
    expect(Math.abs(actual.squares[j]! / value - 1)).toBeLessThan(1e-5);
  });
});
