// SPDX-License-Identifier: Apache-2.0
/** A few rows against the cpu twin, before a device that nobody chose by name is trusted: drivers have faults. */
import { messageOf } from '../../errors.js';
import { cpuVectorKernels } from '../cpu/vectors/vectors.js';
import { randomStream } from '../random-stream.js';
import type { VectorKernels, VectorPartial, VectorPlan } from '../vectors.js';

const ROWS = 150;
const D = 36;
/** So many that tiles are of the largest kind. */
const COLUMNS = 128;

/** Null when the sums are right, else what is wrong with them. Never rejects. */
export async function selfTest(kernels: VectorKernels): Promise<string | null> {
  try {
    const { normal } = randomStream(20261123);
    const values = (n: number): Float32Array => Float32Array.from({ length: n }, normal);
    const cuts = Float32Array.from({ length: 9 }, (_, i) => i - 4);
    const plan: VectorPlan = {
      dimension: D,
      fourier: { dimension: D, count: COLUMNS, seed: 1, bandwidth: Math.sqrt(D) },
      center: values(D),
      directions: values(COLUMNS * D),
      drawn: [cuts, cuts],
      normCuts: cuts.map((cut) => Math.sqrt(D) + cut / 4),
    };
    const rows = values(ROWS * D);
    rows[4 * D] = Number.NaN;
    rows.fill(0, 6 * D, 7 * D);
    return difference(await measured(kernels, plan, rows), await measured(cpuVectorKernels, plan, rows));
  } catch (error) {
    return messageOf(error);
  }
}

async function measured(
  kernels: VectorKernels,
  plan: VectorPlan,
  rows: Float32Array,
): Promise<VectorPartial> {
  const meter = kernels.prepare(plan);
  const sums = meter.open();
  sums.add(rows);
  const partial = await sums.take();
  meter.close();
  return partial;
}

/** f32 leaves 1e-6 of the largest sum of squares; one row in a neighbouring bin is rounding. */
function difference(actual: VectorPartial, expected: VectorPartial): string | null {
  for (const key of ['rows', 'nonFinite', 'zero', 'constant'] as const) {
    if (actual[key] !== expected[key]) return `${key}: ${actual[key]} instead of ${expected[key]}`;
  }
  for (const [key, most] of [
    ['fourier', 1e-5 * ROWS],
    ['sums', 1e-4 * ROWS],
    ['squares', 1e-5 * Math.max(...expected.squares)],
    ['norms', 1],
  ] as const) {
    const wrong = actual[key].findIndex((value, i) => !(Math.abs(value - expected[key][i]!) <= most));
    if (wrong >= 0) return `${key}: ${actual[key][wrong]} instead of ${expected[key][wrong]}`;
  }
  for (const [i, counts] of expected.drawn.entries()) {
    if (counts.some((count, bin) => Math.abs(count - actual.drawn[i]![bin]!) > 1))
      return `counts of direction ${i}`;
  }
  return null;
}
