// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { statisticNull } from '../../baseline/embedding/null-moments.js';
import type { StatisticNull } from '../../baseline/frame.js';
import { cpuLinearKernels as linear } from '../../kernels/cpu/vectors/vectors.js';
import { randomStream } from '../../kernels/random-stream.js';
import { differenceBounds, nullCumulants, upperTail } from './null-law.js';

/** A law on a few points of the plane, skewed, less its mean. */
const POINTS: readonly (readonly [number, number, number])[] = centred([
  [0.5, 0, 0],
  [0.3, 1, 0.4],
  [0.2, -0.5, 2],
]);

function centred(points: readonly (readonly [number, number, number])[]) {
  const x = points.reduce((sum, [p, a]) => sum + p * a, 0);
  const y = points.reduce((sum, [p, , b]) => sum + p * b, 0);
  return points.map(([p, a, b]) => [p, a - x, b - y] as const);
}

/** Its scalars, by summing over points and pairs of points. */
function lawOfPoints(): StatisticNull {
  const h = POINTS.map(([, a, b]) => a * a + b * b);
  const mean = POINTS.reduce((sum, [p], i) => sum + p * h[i]!, 0);
  const over = (of: (k: number, i: number, j: number) => number) =>
    POINTS.reduce(
      (sum, [p, a, b], i) =>
        sum + POINTS.reduce((inner, [q, c, d], j) => inner + p * q * of(a * c + b * d, i, j), 0),
      0,
    );
  const [xx, xy, yy] = [1, 2, 3].map((which) =>
    POINTS.reduce((sum, [p, a, b]) => sum + p * (which === 1 ? a * a : which === 2 ? a * b : b * b), 0),
  ) as [number, number, number];
  const square = xx * xx + 2 * xy * xy + yy * yy;
  return {
    mean,
    variance: POINTS.reduce((sum, [p], i) => sum + p * (h[i]! - mean) ** 2, 0),
    skew: POINTS.reduce((sum, [p], i) => sum + p * (h[i]! - mean) ** 3, 0),
    square,
    cube: xx ** 3 + yy ** 3 + 3 * xy * xy * (xx + yy),
    coupling: over((k, i) => (h[i]! - mean) * k * k),
    cross: over((k, i, j) => (h[i]! - mean) * (h[j]! - mean) * k),
    third: over((k) => k ** 3),
  };
}

test.each([
  [1, 1],
  [2, 3],
  [4, 2],
  [1, 5],
])('cumulants are exact: %i reference and %i current rows, all outcomes listed', (m, n) => {
  const total = m + n;
  const outcomes: [number, number][] = [];
  for (let code = 0; code < 3 ** total; code++) {
    let [chance, x, y, rest] = [1, 0, 0, code];
    for (let i = 0; i < total; i++) {
      const [p, a, b] = POINTS[rest % 3]!;
      rest = Math.floor(rest / 3);
      const weight = i < n ? 1 / n : -1 / m;
      chance *= p;
      x += weight * a;
      y += weight * b;
    }
    outcomes.push([chance, x * x + y * y]);
  }
  const mean = outcomes.reduce((sum, [p, t]) => sum + p * t, 0);
  const central = (power: number) => outcomes.reduce((sum, [p, t]) => sum + p * (t - mean) ** power, 0);
  const { k1, k2, k3 } = nullCumulants(lawOfPoints(), { m, n });
  expect(k1).toBeCloseTo(mean, 12);
  expect(k2).toBeCloseTo(central(2), 12);
  expect(k3).toBeCloseTo(central(3), 12);
});

test('scalars estimated from rows are unbiased, with fewer rows than columns and with more', () => {
  const p = 12;
  const spectrum = Float64Array.from({ length: p }, (_, i) => 1 / (i + 1));
  const traces = [1, 2, 3].map((power) => spectrum.reduce((sum, value) => sum + value ** power, 0));
  for (const n of [8, 30]) {
    const { normal } = randomStream(n);
    const draws = 1_500;
    const sums = { mean: 0, square: 0, cube: 0, variance: 0 };
    for (let draw = 0; draw < draws; draw++) {
      const rows = Float32Array.from({ length: n * p }, (_, i) => 3 + normal() * Math.sqrt(spectrum[i % p]!));
      const law = statisticNull(rows, p, linear);
      for (const key of ['mean', 'square', 'cube', 'variance'] as const) sums[key] += law[key] / draws;
    }
    expect(Math.abs(sums.mean / traces[0]! - 1)).toBeLessThan(0.02);
    // The floor (tr M)²/p and the ceilings bind now and then with eight rows.
    expect(Math.abs(sums.square / traces[1]! - 1)).toBeLessThan(n === 8 ? 0.15 : 0.03);
    expect(Math.abs(sums.cube / traces[2]! - 1)).toBeLessThan(n === 8 ? 0.35 : 0.06);
    // Of normal rows, Var h = 2 tr M².
    expect(Math.abs(sums.variance / (2 * traces[1]!) - 1)).toBeLessThan(n === 8 ? 0.25 : 0.08);
  }
});

test('both ways to tr M³ agree', () => {
  const { normal } = randomStream(3);
  const rows = Float32Array.from({ length: 40 * 20 }, normal);
  const wide = new Float32Array(40 * 60);
  for (let i = 0; i < 40; i++) wide.set(rows.subarray(i * 20, (i + 1) * 20), i * 60);
  const [narrow, padded] = [statisticNull(rows, 20, linear), statisticNull(wide, 60, linear)];
  for (const key of ['mean', 'variance', 'cube', 'coupling', 'third'] as const)
    expect(padded[key] / narrow[key]).toBeCloseTo(1, 3);
});

test('rows that do not vary have a null of zeros', () => {
  const law = statisticNull(new Float32Array(30).fill(2.5), 3, linear);
  expect(Object.values(law).every((value) => value === 0)).toBe(true);
});

test('bounds of the difference: what they leave is what the tails say', () => {
  const law = lawOfPoints();
  const sizes = { m: 400, n: 100 };
  const cumulants = nullCumulants(law, sizes);
  const along = 0.8;
  const c = 1 / sizes.m + 1 / sizes.n;
  const at = (value: number, delta: number) =>
    upperTail(value, {
      k1: cumulants.k1 + delta,
      k2: cumulants.k2 + 4 * c * along * delta,
      k3: cumulants.k3 + 24 * c * c * along * along * delta,
    });
  for (const value of [cumulants.k1, cumulants.k1 * 4, cumulants.k1 * 40]) {
    const { low, high } = differenceBounds(value, cumulants, { sizes, along, share: 0.01 });
    if (low > 0) expect(at(value, low)).toBeCloseTo(0.01, 6);
    else expect(at(value, 0)).toBeGreaterThan(0.01);
    expect(at(value, high)).toBeCloseTo(0.99, 6);
    expect(high).toBeGreaterThan(low);
  }
});
