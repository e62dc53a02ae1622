// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { cpuLinearKernels as linear } from '../../kernels/cpu/vectors/vectors.js';
import { randomStream } from '../../kernels/random-stream.js';
import type { EmbeddingFrame } from '../frame.js';
import { fromHalfBits, halfBits, halfScale } from '../half.js';
import { principalComponents } from './components.js';
import { type FitOptions, fitEmbedding } from './fit.js';
import { halves, shuffled } from './halves.js';
import { histogramCuts } from './histogram-cuts.js';
import { clusters } from './testing/clusters.js';

const fitted = (rows: Float32Array, dimension: number, more: Partial<FitOptions> = {}) =>
  fitEmbedding(rows, { dimension, seed: 1, linear, frequencies: 32, ...more });

/** Every number of a frame, so that one NaN anywhere shows. */
function numbers(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (value instanceof Float32Array || value instanceof Float64Array) return [...value];
  if (value !== null && typeof value === 'object') return Object.values(value).flatMap(numbers);
  return [];
}

function expectSound(frame: EmbeddingFrame, d: number): void {
  expect(numbers(frame).every(Number.isFinite)).toBe(true);
  expect(frame.bandwidth).toBeGreaterThan(0);
  expect(frame.center.length).toBe(d);
  expect(frame.directions.length).toBe(frame.variances.length * d);
  for (const cuts of [...frame.drawn, frame.normCuts])
    for (let i = 1; i < cuts.length; i++) expect(cuts[i]!).toBeGreaterThan(cuts[i - 1]!);
}

describe('a frame', () => {
  test('is the same for the same rows and seed, and its large arrays are as half precision holds them', async () => {
    const rows = clusters(12, 3)(400);
    const [a, b] = [await fitted(rows, 12), await fitted(rows, 12)];
    expect(a).toEqual(b);
    expectSound(a, 12);
    for (const array of [a.directions, a.featureCovariance, a.sample]) {
      const scale = halfScale(array);
      const fits = (s: number) => array.every((value) => fromHalfBits(halfBits(value * s)) / s === value);
      expect(fits(scale) || fits(2 * scale)).toBe(true);
    }
  });

  test('standardises fresh rows', async () => {
    const draw = clusters(20, 5);
    const frame = await fitted(draw(800), 20);
    expect(frame.variances.length).toBe(20);
    const fresh = draw(4_000);
    for (let i = 0; i < fresh.length; i++) fresh[i]! -= frame.center[i % 20]!;
    const u = linear.multiply(fresh, frame.directions, 20);
    for (let j = 0; j < 20; j++) {
      let square = 0;
      for (let i = j; i < u.length; i += 20) square += u[i]! ** 2 / 4_000;
      expect(square).toBeGreaterThan(0.75);
      expect(square).toBeLessThan(1.3);
    }
  });

  test('leaves rows that are not finite out', async () => {
    const rows = clusters(6, 1)(200);
    const dirty = new Float32Array(rows.length + 12);
    dirty.set(rows.subarray(0, 300));
    dirty.fill(Number.NaN, 300, 306);
    dirty.set(rows.subarray(300), 306);
    dirty.fill(Number.POSITIVE_INFINITY, rows.length + 6);
    expect(await fitted(dirty, 6)).toEqual(await fitted(rows, 6));
  });

  test('says unit norm only of rows of length 1', async () => {
    const rows = clusters(6, 1)(100);
    for (let i = 0; i < rows.length; i += 6) {
      const length = Math.hypot(...rows.subarray(i, i + 6));
      for (let j = i; j < i + 6; j++) rows[j]! /= length;
    }
    expect((await fitted(rows, 6)).unitNorm).toBe(true);
    rows[3]! += 0.5;
    expect((await fitted(rows, 6)).unitNorm).toBe(false);
  });

  test('keeps as many rows as are asked for, or none', async () => {
    const rows = clusters(6, 1)(100);
    expect((await fitted(rows, 6)).sample.length).toBe(600);
    expect((await fitted(rows, 6, { keepRows: 10 })).sample.length).toBe(60);
    expect((await fitted(rows, 6, { keepRows: 0 })).sample.length).toBe(0);
  });

  test('is under 3 MB at 768 dimensions and under 300 kB in the small size', () => {
    const bytes = (k: number, frequencies: number, rows: number) => {
      const p = 2 * frequencies;
      const halfs = k * 768 + (p * (p + 1)) / 2 + rows * 768;
      return 2 * halfs + 4 * 768 + 8 * 3 * k + 4 * 57 * 9 + 8 * 60;
    };
    expect(bytes(768, 512, 256)).toBeLessThan(3e6);
    expect(bytes(Math.floor(75_000 / 768), 128, Math.floor(20_000 / 768))).toBeLessThan(3e5);
  });
});

describe('what the rows are like', () => {
  const { normal } = randomStream(1);
  const random = (n: number, d: number) => Float32Array.from({ length: n * d }, normal);
  test.each<[string, Float32Array, number]>([
    ['no row', new Float32Array(0), 5],
    ['NaN only', new Float32Array(50).fill(Number.NaN), 5],
    ['one row', random(1, 5), 5],
    ['two rows', random(2, 5), 5],
    ['ten rows', random(10, 5), 5],
    ['one dimension', random(300, 1), 1],
    ['zeros', new Float32Array(500), 5],
    ['one row repeated', Float32Array.from({ length: 500 }, (_, i) => (i % 5) - 0.3), 5],
    ['a constant column', Float32Array.from({ length: 1_500 }, (_, i) => (i % 5 === 2 ? 7 : normal())), 5],
    ['fewer rows than dimensions', random(80, 200), 200],
    ['many copies of one row', Float32Array.from({ length: 1_500 }, (_, i) => (i < 1_200 ? 1 : normal())), 5],
    ['tiny numbers', random(300, 5).map((value) => value * 1e-12), 5],
    ['huge numbers', random(300, 5).map((value) => value * 1e12), 5],
    ['an offset a thousand times the spread', random(300, 5).map((value) => value + 1_000), 5],
  ])('%s', async (_, rows, d) => {
    expectSound(await fitted(rows, d), d);
  });
});

test('the bandwidth is the median distance', async () => {
  const rows = clusters(4, 9)(101);
  const distances: number[] = [];
  for (let i = 0; i < 101; i++)
    for (let j = 0; j < i; j++)
      distances.push(Math.hypot(...[0, 1, 2, 3].map((k) => rows[i * 4 + k]! - rows[j * 4 + k]!)));
  distances.sort((a, b) => a - b);
  const { length } = distances;
  const median = (distances[(length - 1) >> 1]! + distances[length >> 1]!) / 2;
  expect((await fitted(rows, 4)).bandwidth / median).toBeCloseTo(1, 5);
});

test('halves share no row and are drawn by number and seed alone', () => {
  const { fitted, held } = halves(1_001, 4);
  expect(fitted.length).toBe(500);
  expect(new Set([...fitted, ...held]).size).toBe(1_001);
  expect(halves(1_001, 5).fitted).not.toEqual(fitted);
  expect(halves(100_000, 4).fitted.length).toBe(4_096);
  expect(Float64Array.from(shuffled(50, 2)).sort()).toEqual(Float64Array.from({ length: 50 }, (_, i) => i));
});

test('all three ways to principal directions lead to one subspace', () => {
  const d = 40;
  const { normal } = randomStream(8);
  const rows = Float32Array.from(
    { length: 60 * d },
    (_, i) => normal() * (i % d < 3 ? 10 - 3 * (i % d) : 0.3),
  );
  const wide = new Float32Array(60 * 200);
  for (let i = 0; i < 60; i++) wide.set(rows.subarray(i * d, (i + 1) * d), i * 200);
  const a = principalComponents(rows, d, { k: 3, linear, seed: 1 });
  const b = principalComponents(wide, 200, { k: 3, linear, seed: 1 });
  const c = principalComponents(rows, d, { k: 3, linear, seed: 1, largest: 20 });
  for (let i = 0; i < 3; i++) {
    const along = (other: Float64Array, width: number) => {
      let dot = 0;
      for (let j = 0; j < d; j++) dot += a.directions[i * d + j]! * other[i * width + j]!;
      return Math.abs(dot);
    };
    expect(along(b.directions, 200)).toBeGreaterThan(0.9999);
    expect(along(c.directions, d)).toBeGreaterThan(0.999);
  }
});

test('histogram cuts hold the bulk and stay apart around one value', () => {
  const { normal } = randomStream(2);
  const cuts = histogramCuts(Float64Array.from({ length: 5_000 }, normal));
  expect(cuts[0]!).toBeLessThan(-2.9);
  expect(cuts[cuts.length - 1]!).toBeGreaterThan(2.9);
  for (const value of [0, 1, -3e10, 1e-20]) {
    const narrow = histogramCuts(new Float64Array(10).fill(value));
    for (let i = 1; i < narrow.length; i++) expect(narrow[i]!).toBeGreaterThan(narrow[i - 1]!);
    expect(narrow[0]!).toBeLessThanOrEqual(value);
    expect(narrow[narrow.length - 1]!).toBeGreaterThanOrEqual(Math.fround(value));
  }
});
