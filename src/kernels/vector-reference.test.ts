// SPDX-License-Identifier: Apache-2.0
/** Vector kernels against numpy: fixtures made by bench/embeddings/reference.py, which also makes the frequencies a second time. */
import { describe, expect, test } from 'vitest';
import { cpuLinearKernels, cpuVectorKernels } from './cpu/vectors/vectors.js';
import fixture from './fixtures/vectors.json' with { type: 'json' };
import { frequencyMatrix } from './frequencies.js';
import { vectorRows } from './testing/vector-rows.js';
import type { VectorPartial } from './vectors.js';
import { createWasmVectorKernels } from './wasm/vectors.js';

const wasm = await createWasmVectorKernels();
const BACKENDS = [
  { name: 'cpu', vectors: cpuVectorKernels, linear: cpuLinearKernels },
  { name: 'wasm', ...wasm },
];

function expectNear(actual: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(actual[i]! - value), `value ${i}: ${actual[i]}, numpy has ${value}`).toBeLessThan(
      tolerance,
    );
  }
}

const sum = (values: Float32Array | Float64Array, of = (value: number) => value): number => {
  let total = 0;
  for (const value of values) total += of(value);
  return total;
};

describe.each(BACKENDS)('$name', ({ vectors, linear }) => {
  test.each(fixture.cases)('$d dimensions', async (expected) => {
    const { n, m, d, count, seed, bandwidth } = expected;
    const a = vectorRows('bell', { n, d, seed });
    const b = vectorRows('bell', { n: m, d, seed: seed + 50 }).map((value) => value + 0.25);
    const fourier = { dimension: d, count, seed, bandwidth };
    const gamma = 1 / (2 * bandwidth ** 2);

    const w = frequencyMatrix(fourier);
    expectNear([w[0]!, w.at(-1)!], expected.frequencies.slice(0, 2), 1e-6);
    expectNear([sum(w), sum(w, Math.abs)], expected.frequencies.slice(2), 1e-4);

    const none = new Float32Array(0);
    const plan = {
      dimension: d,
      fourier,
      center: new Float32Array(d),
      directions: none,
      drawn: [],
      normCuts: none,
    };
    const meter = vectors.prepare(plan);
    const sums = meter.open();
    sums.add(a);
    const partial: VectorPartial = await sums.take();
    meter.close();
    expectNear(partial.fourier, [...expected.cosines, ...expected.sines], 2e-6 * n);
    const features = linear.fourierFeatures(a, fourier);
    const first = features.filter((_, at) => at % (2 * count) === 0);
    expect(sum(first) * Math.sqrt(count)).toBeCloseTo(expected.cosines[0]!, 3);

    expectNear([linear.gram(a, null, d, gamma)], [expected.gramWithin], 1e-6 * expected.gramWithin);
    expectNear([linear.gram(a, b, d, gamma)], [expected.gramBetween], 1e-6 * expected.gramBetween);
    const distances = linear.squaredDistances(a, b, d);
    expectNear([distances[0]!, distances.at(-1)!], expected.distances.slice(0, 2), 1e-5 * d);
    expect(sum(distances) / expected.distances[2]!).toBeCloseTo(1, 6);
    const product = linear.multiply(a, b, d);
    expectNear([product[0]!, product.at(-1)!], expected.product.slice(0, 2), 1e-6 * d);
    expectNear([sum(product)], expected.product.slice(2), 1e-4 * d);

    const cross = linear.crossProducts(a, d);
    const [head, corner, trace, size] = expected.cross as [number, number, number, number];
    expectNear([cross[0]!, cross[d - 1]!], [head, corner], 1e-5 * head);
    expect(sum(cross.filter((_, at) => at % (d + 1) === 0)) / trace).toBeCloseTo(1, 6);
    expect(sum(cross, Math.abs) / size).toBeCloseTo(1, 6);
    const { values } = linear.eigen(cross, d);
    expectNear(values, expected.eigenvalues, 1e-6 * expected.eigenvalues[0]!);

    const ridge = cross.map((value, at) => value + (at % (d + 1) === 0 ? 1 : 0));
    const lower = linear.cholesky(ridge, d)!;
    const diagonal = lower.filter((_, at) => at % (d + 1) === 0);
    expectNear([lower[d * (d - 1)]!, lower.at(-1)!, sum(diagonal, Math.log)], expected.cholesky, 1e-4);
    const solved = linear.solveLower(lower, d, Float64Array.from(b));
    expect(sum(solved, Math.abs) / expected.solved).toBeCloseTo(1, 5);
  });
});
