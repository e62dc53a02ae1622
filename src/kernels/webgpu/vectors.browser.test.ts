// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { cpuVectorKernels } from '../cpu/vectors/vectors.js';
import { randomStream } from '../random-stream.js';
import type { VectorKernels, VectorPartial, VectorPlan } from '../vectors.js';
import { createWebGpuVectorKernels } from './vectors.js';

function planOf(d: number, { count = 64, k = 20, h = 5 } = {}): VectorPlan {
  const { normal, uniform } = randomStream(d * 7 + count);
  const cuts = (n: number, low: number, high: number) =>
    Float32Array.from({ length: n }, (_, i) => low + ((high - low) * i) / n + 0.003 * uniform());
  return {
    dimension: d,
    fourier: { dimension: d, count, seed: 5, bandwidth: Math.sqrt(d) },
    center: Float32Array.from({ length: d }, () => 0.3 * normal()),
    directions: Float32Array.from({ length: k * d }, () => normal() / Math.sqrt(d)),
    drawn: Array.from({ length: h }, (_, i) => cuts(8 + i, -2, 2)),
    normCuts: cuts(9, 0.5 * Math.sqrt(d), 1.5 * Math.sqrt(d)),
  };
}

function rowsOf(n: number, d: number, seed = 1): Float32Array {
  const { normal } = randomStream(seed);
  return Float32Array.from({ length: n * d }, normal);
}

async function measured(
  kernels: VectorKernels,
  plan: VectorPlan,
  parts: readonly Float32Array[],
): Promise<VectorPartial> {
  const meter = kernels.prepare(plan);
  const sums = meter.open();
  for (const rows of parts) {
    sums.add(rows);
    await sums.room();
  }
  const partial = await sums.take();
  sums.close();
  meter.close();
  return partial;
}

/** Counts but for rows on a cut to the bit, sums to what f32 leaves of n rows. */
function expectClose(got: VectorPartial, wanted: VectorPartial): void {
  const n = Math.max(1, wanted.rows);
  for (const name of ['rows', 'nonFinite', 'zero', 'constant'] as const)
    expect(got[name], name).toBe(wanted[name]);
  const near = (name: string, a: ArrayLike<number>, b: ArrayLike<number>, most: number) => {
    expect(a.length, name).toBe(b.length);
    for (let i = 0; i < b.length; i++) {
      if (!(Math.abs(a[i]! - b[i]!) <= most)) expect(a[i], `${name}[${i}] ± ${most}`).toBe(b[i]);
    }
  };
  near('fourier', got.fourier, wanted.fourier, 2e-6 * n);
  near('sums', got.sums, wanted.sums, 4e-6 * n);
  near('squares', got.squares, wanted.squares, 2e-5 * n);
  near('normSum', [got.normSum], [wanted.normSum], 1e-6 * Math.abs(wanted.normSum));
  near('normSquares', [got.normSquares], [wanted.normSquares], 1e-6 * Math.abs(wanted.normSquares));
  near('norms', got.norms, wanted.norms, 1e-4 * n);
  for (const [i, counts] of got.drawn.entries()) near(`drawn ${i}`, counts, wanted.drawn[i]!, 1e-4 * n);
}

describe('rows on WebGPU', () => {
  test.each([1, 2, 3, 4, 5, 16, 63, 64, 100, 384])('%i dimensions', async (d) => {
    const kernels = await createWebGpuVectorKernels();
    const plan = planOf(d);
    for (const n of [0, 1, 7, 129, 1000]) {
      const rows = [rowsOf(n, d)];
      expectClose(await measured(kernels, plan, rows), await measured(cpuVectorKernels, plan, rows));
    }
    expect(kernels.note).toBeNull();
    kernels.close();
  });
});
