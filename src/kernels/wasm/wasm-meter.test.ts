// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test, vi } from 'vitest';
import { vectorPlan, vectorRows } from '../testing/vector-rows.js';
import type { VectorPartial, VectorSums } from '../vectors.js';
import { KernelHost } from './host.js';
import type { VectorExports } from './vector-exports.js';
import { createWasmVectorKernels } from './vectors.js';
import { simdBinary } from './vectors-binary.js';
import { decodeHex } from './wasm.js';
import { prepareOnWasm } from './wasm-meter.js';

const start = () => KernelHost.start<VectorExports>(decodeHex(simdBinary));
const taken = (sums: VectorSums) => sums.take() as VectorPartial;

describe('a meter', () => {
  test('keeps its plan in memory of its own, which does not grow with the rows', async () => {
    const host = await start();
    const separate = vi.spyOn(host, 'separate');
    const meter = prepareOnWasm(host, vectorPlan(64));
    const { arena } = separate.mock.results[0]!.value;
    const sums = meter.open();
    sums.add(vectorRows('bell', { n: 10, d: 64, seed: 1 }));
    const before = arena.buffer.byteLength;
    sums.add(vectorRows('bell', { n: 3_000, d: 64, seed: 2 }));
    expect(arena.buffer.byteLength).toBe(before);
    expect(taken(sums).rows).toBe(3_010);
    expect(host.byteLength).toBe(65_536);
  });

  test('once closed opens no more', async () => {
    const meter = prepareOnWasm(await start(), vectorPlan(3));
    meter.close();
    expect(() => meter.open()).toThrow(/closed/);
  });

  test('for which there is no room says so', async () => {
    const host = await start();
    vi.spyOn(host, 'separate').mockImplementation(() => {
      throw new RangeError('could not allocate memory');
    });
    expect(() => prepareOnWasm(host, vectorPlan(3))).toThrow(/vector plan .*could not allocate memory/);
  });
});

test('both forms of the Fourier features say the same', async () => {
  const [structured, dense] = await Promise.all(
    (['structured', 'dense'] as const).map((form) => createWasmVectorKernels({ form })),
  );
  for (const d of [1, 20, 64, 150]) {
    for (const count of [5, 64, 129]) {
      const rows = vectorRows('bell', { n: 65, d, seed: d });
      const [a, b] = [structured!, dense!].map(({ vectors }) => {
        const sums = vectors.prepare(vectorPlan(d, { count })).open();
        sums.add(rows);
        return taken(sums).fourier;
      });
      expect(a!.length).toBe(2 * count);
      a!.forEach((value, at) => {
        expect(Math.abs(value - b![at]!)).toBeLessThan(1e-4);
      });
    }
  }
});
