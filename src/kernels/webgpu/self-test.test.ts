// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { cpuVectorKernels } from '../cpu/vectors/vectors.js';
import type { VectorKernels, VectorPartial, VectorSums } from '../vectors.js';
import { selfTest } from './self-test.js';

/** The cpu twin with something wrong about its sums. */
function faulty(fault: (partial: VectorPartial) => void): VectorKernels {
  return {
    name: 'cpu',
    prepare(plan) {
      const meter = cpuVectorKernels.prepare(plan);
      const open = (): VectorSums => {
        const sums = meter.open();
        const take = async (): Promise<VectorPartial> => {
          const partial = await sums.take();
          fault(partial);
          return partial;
        };
        return { ...sums, take };
      };
      return { open, close: () => meter.close() };
    },
  };
}

test('right sums pass, rounding included', async () => {
  expect(await selfTest(cpuVectorKernels)).toBeNull();
  const rounded = faulty(({ squares }) => squares.set(Float32Array.from(squares)));
  expect(await selfTest(rounded)).toBeNull();
});

test('wrong ones are named', async () => {
  expect(await selfTest(faulty((partial) => partial.rows--))).toBe('rows: 148 instead of 149');
  expect(await selfTest(faulty(({ fourier }) => fourier.fill(0, 7, 8)))).toMatch(/^fourier: 0 instead/);
  expect(await selfTest(faulty(({ sums }) => sums.fill(Number.NaN)))).toMatch(/^sums: NaN/);
  expect(await selfTest(faulty(({ drawn }) => drawn[1]!.reverse()))).toBe('counts of direction 1');
  const throwing = faulty(() => {
    throw new Error('gone');
  });
  expect(await selfTest(throwing)).toBe('gone');
});
