// SPDX-License-Identifier: Apache-2.0
/** What waits, and what is read back when. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { cpuVectorKernels } from '../cpu/vectors/vectors.js';
import { vectorPlan, vectorRows } from '../testing/vector-rows.js';
import { expectAlike } from './testing/alike.js';
import { sharedDevice } from './testing/shared-device.js';
import { createWebGpuVectorKernels } from './vectors.js';

const D = 16;
const plan = vectorPlan(D);
const limits = { maxComputeInvocationsPerWorkgroup: 16 };
// 64 bytes a row: 64 rows a batch, 8 batches held, 4 in a result set.
const small = { limits, batchBytes: 4096, keptBytes: 32_768 };

async function start(options = small) {
  return createWebGpuVectorKernels({ device: await sharedDevice(), ...options });
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('rows on their way', () => {
  test('whoever adds is told to wait while too many are held', async () => {
    const meter = (await start()).prepare(plan);
    const sums = meter.open();
    const rows = vectorRows('bell', { n: 3000, d: D, seed: 1 });
    let waited = 0;
    for (let first = 0; first < 3000; first += 100) {
      sums.add(rows.subarray(first * D, (first + 100) * D));
      const room = sums.room();
      if (room !== undefined) waited++;
      await room;
      expect(sums.room()).toBeUndefined();
    }
    expect(waited).toBeGreaterThan(2);
    const twin = cpuVectorKernels.prepare(plan).open();
    twin.add(rows);
    expectAlike(await sums.take(), await twin.take());
    meter.close();
  });

  test('a window within half of what is held is read back once, a longer one once a half', async () => {
    const meter = (await start()).prepare(plan);
    const sums = meter.open();
    const reads = vi.spyOn(GPUBuffer.prototype, 'mapAsync');
    const counts: number[] = [];
    for (const n of [1, 200, 256, 1024]) {
      reads.mockClear();
      for (let first = 0; first < n; first += 64) {
        sums.add(vectorRows('bell', { n: Math.min(64, n - first), d: D, seed: first }));
        await sums.room();
      }
      expect((await sums.take()).rows).toBe(n);
      counts.push(reads.mock.calls.length);
    }
    expect(counts).toEqual([1, 1, 1, 4]);
    meter.close();
  });

  test('windows opened side by side keep apart; a closed one holds nobody up', async () => {
    const meter = (await start()).prepare(plan);
    const [a, b, c] = [meter.open(), meter.open(), meter.open()];
    const rows = vectorRows('bell', { n: 300, d: D, seed: 4 });
    a.add(rows);
    c.add(rows);
    b.add(rows.subarray(0, 70 * D));
    c.close();
    const [first, second] = await Promise.all([a.take(), b.take()]);
    expect([first.rows, second.rows]).toEqual([300, 70]);
    expect((await a.take()).rows).toBe(0);
    meter.close();
  });

  test('a take that is open when the meter closes is refused, not forgotten', async () => {
    const meter = (await start()).prepare(plan);
    const sums = meter.open();
    sums.add(vectorRows('bell', { n: 300, d: D, seed: 4 }));
    const taken = sums.take();
    meter.close();
    await expect(taken).rejects.toMatchObject({
      name: 'EngineError',
      message: expect.stringMatching(/closed/),
    });
  });
});
