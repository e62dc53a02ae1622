// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { cpuLinearKernels as linear } from '../../kernels/cpu/vectors/vectors.js';
import { fitReduction, type Reduction } from './reductions.js';
import { clusters } from './testing/clusters.js';

const D = 30;
const rows = clusters(D, 2)(300);
const fitted = (reduction: Reduction, d = D) => fitReduction(rows, d, { reduction, linear });
const squaredLengths = (values: Float32Array, d: number) => {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum / (values.length / d);
};

test('none leaves rows as they are', () => {
  const { apply, dimension } = fitted({ kind: 'none' });
  expect(apply(rows)).toBe(rows);
  expect(dimension).toBe(D);
});

test('principal components hold most of the variance, uncorrelated', () => {
  const { apply, dimension } = fitted({ kind: 'pca', components: 5 });
  expect(dimension).toBe(5);
  const reduced = apply(rows);
  let [cross, first, second] = [0, 0, 0];
  for (let i = 0; i < reduced.length; i += 5) {
    cross += reduced[i]! * reduced[i + 1]!;
    first += reduced[i]! ** 2;
    second += reduced[i + 1]! ** 2;
  }
  expect(Math.abs(cross) / Math.sqrt(first * second)).toBeLessThan(1e-3);
  expect(first).toBeGreaterThan(second);
});

test('sparse projections keep squared lengths on average, with 1/√d of the values used', () => {
  const { apply, dimension } = fitted({ kind: 'sparse', components: 400, seed: 3 });
  expect(dimension).toBe(400);
  expect(squaredLengths(apply(rows), 400) / squaredLengths(rows, D)).toBeCloseTo(1, 0.5);
  const unit = new Float32Array(D * D);
  for (let i = 0; i < D; i++) unit[i * D + i] = 1;
  const entries = apply(unit);
  const used = entries.filter((value) => value !== 0).length / entries.length;
  expect(used).toBeGreaterThan(0.8 / Math.sqrt(D));
  expect(used).toBeLessThan(1.2 / Math.sqrt(D));
  expect(fitted({ kind: 'sparse', components: 400, seed: 3 }).apply(rows)).toEqual(apply(rows));
});

test('a matrix with an offset, a map, and named projections', () => {
  const matrix = new Float32Array(2 * D);
  matrix[0] = 2;
  matrix[D + 1] = -1;
  const offset = new Float32Array(D).fill(1);
  const linearMap = fitted({ kind: 'matrix', matrix, offset });
  expect([...linearMap.apply(rows.subarray(0, D))]).toEqual([
    Math.fround(2 * Math.fround(rows[0]! - 1)),
    Math.fround(-Math.fround(rows[1]! - 1)),
  ]);
  const encoder = fitted({
    kind: 'map',
    name: 'encoder',
    dimension: 1,
    apply: (x) => x.filter((_, i) => i % D === 4),
  });
  expect([...encoder.apply(rows.subarray(0, 2 * D))]).toEqual([rows[4], rows[D + 4]]);
  const named = fitReduction(new Float32Array(0), 4, {
    reduction: {
      kind: 'projections',
      projections: {
        norm: 'norm',
        mean: 'mean',
        deviation: 'deviation',
        nonZero: 'nonZero',
        last: (row) => row[3]!,
      },
    },
    linear,
  });
  expect(named.name).toBe('norm, mean, deviation, nonZero, last');
  expect([...named.apply(Float32Array.of(3, 4, 0, 1))]).toEqual(
    [Math.sqrt(26), 2, Math.sqrt(2.5), 0.75, 1].map(Math.fround),
  );
});

test.each<[string, Reduction]>([
  ['no components', { kind: 'pca', components: 0 }],
  ['half a component', { kind: 'sparse', components: 1.5 }],
  ['a matrix of another width', { kind: 'matrix', matrix: new Float32Array(D + 1) }],
  [
    'an offset of another length',
    { kind: 'matrix', matrix: new Float32Array(D), offset: new Float32Array(2) },
  ],
  ['no projection', { kind: 'projections', projections: {} }],
])('%s is refused with a reason', (_, reduction) => {
  expect(() => fitted(reduction)).toThrow(/reduction of rows of 30 values/);
});

test('a map that gives too few values is refused when it does', () => {
  const { apply } = fitted({ kind: 'map', name: 'encoder', dimension: 3, apply: (x) => x.slice(0, 1) });
  expect(() => apply(rows)).toThrow(/encoder gave 1 values/);
});
