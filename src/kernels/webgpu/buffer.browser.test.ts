// SPDX-License-Identifier: Apache-2.0
/** Rows in somebody's buffer, on somebody's device. */
import { afterAll, describe, expect, test, vi } from 'vitest';
import { cpuVectorKernels } from '../cpu/vectors/vectors.js';
import { vectorPlan, vectorRows } from '../testing/vector-rows.js';
import type { VectorPartial, VectorPlan } from '../vectors.js';
import { type BufferShape, forgetBufferStages, measureBuffer } from './buffer.js';
import { openDevice } from './device.js';
import { COPY_DST, COPY_SRC, STORAGE, UNIFORM } from './flags.js';
import { expectAlike } from './testing/alike.js';
import { sharedDevice } from './testing/shared-device.js';

function bufferOf(device: GPUDevice, values: Float32Array<ArrayBuffer>, usage: number): GPUBuffer {
  const buffer = device.createBuffer({ size: Math.max(16, values.byteLength), usage: usage | COPY_DST });
  device.queue.writeBuffer(buffer, 0, values);
  return buffer;
}

async function expected(plan: VectorPlan, rows: Float32Array): Promise<VectorPartial> {
  const sums = cpuVectorKernels.prepare(plan).open();
  sums.add(rows);
  return sums.take();
}

/** Rows laid out in a larger array whose other values must not matter. */
function laidOut(rows: Float32Array, { rows: n, dimension: d, offset = 0, stride = d }: BufferShape) {
  const values = new Float32Array(offset + n * stride + 7).fill(Number.NaN);
  for (let r = 0; r < n; r++) values.set(rows.subarray(r * d, (r + 1) * d), offset + r * stride);
  return values;
}

afterAll(async () => forgetBufferStages(await sharedDevice()));

describe('a model’s buffer', () => {
  const usages = [
    ['storage', STORAGE],
    ['a source of copies', COPY_SRC],
    ['both', STORAGE | COPY_SRC],
  ] as const;
  test.each(usages)('that is %s', { timeout: 120_000 }, async (_, usage) => {
    const device = await sharedDevice();
    for (const [d, n, offset, stride] of [
      [64, 300, 0, 64],
      [64, 130, 64, 128],
      [7, 200, 3, 9],
      [10, 1, 1, 10],
      [32, 0, 0, 32],
    ] as const) {
      const plan = vectorPlan(d);
      const shape = { rows: n, dimension: d, offset, stride };
      const rows = vectorRows('some not finite', { n, d, seed: n });
      const buffer = bufferOf(device, laidOut(rows, shape), usage);
      const measured = measureBuffer(device, buffer, shape, plan);
      // What the owner does next does not matter.
      buffer.destroy();
      expectAlike(await measured, await expected(plan, rows));
    }
  });

  test('many batches, and the next call on the same plan while one runs', async () => {
    const device = await sharedDevice();
    const plan = vectorPlan(16);
    const rows = vectorRows('bell', { n: 70_000, d: 16, seed: 1 });
    const buffer = bufferOf(device, rows.slice(), STORAGE);
    const few = { rows: 100, dimension: 16, offset: 160 };
    const [all, some] = await Promise.all([
      measureBuffer(device, buffer, { rows: 70_000, dimension: 16 }, plan),
      measureBuffer(device, buffer, few, plan),
    ]);
    expectAlike(all, await expected(plan, rows));
    expectAlike(some, await expected(plan, rows.subarray(160, 1760)));
    buffer.destroy();
  });

  test('no row leaves, and the owner’s scopes, errors and device are as they were', async () => {
    const device = await sharedDevice();
    const plan = vectorPlan(64);
    const rows = vectorRows('bell', { n: 2000, d: 64, seed: 9 });
    const buffer = bufferOf(device, rows.slice(), STORAGE | COPY_SRC);
    const maps = vi.spyOn(GPUBuffer.prototype, 'mapAsync');
    const devices = vi.spyOn(GPUAdapter.prototype, 'requestDevice');
    const uncaptured = vi.fn();
    device.addEventListener('uncapturederror', uncaptured);
    device.pushErrorScope('validation');
    await measureBuffer(device, buffer, { rows: 2000, dimension: 64 }, plan);
    expect(await device.popErrorScope()).toBeNull();
    const read = maps.mock.calls.reduce((sum, [, , size]) => sum + (size ?? 0), 0);
    expect(maps).toHaveBeenCalledTimes(1);
    expect(read).toBeLessThan(rows.byteLength / 50);
    expect(devices).not.toHaveBeenCalled();
    expect(uncaptured).not.toHaveBeenCalled();
    vi.restoreAllMocks();
    buffer.destroy();
  });

  test('rows whose squares f32 cannot hold count as non-finite, tiny ones as they are', async () => {
    const device = await sharedDevice();
    const plan = vectorPlan(3);
    const rows = Float32Array.of(1e30, 0, 0, 1e-20, 1e-20, 2e-20, 1, 2, 3);
    const partial = await measureBuffer(
      device,
      bufferOf(device, rows, STORAGE),
      { rows: 3, dimension: 3 },
      plan,
    );
    expectAlike(partial, { ...(await expected(plan, rows.slice(3))), nonFinite: 1 });
  });

  test('what cannot be is refused', async () => {
    const device = await sharedDevice();
    const plan = vectorPlan(8);
    const buffer = bufferOf(device, new Float32Array(80), STORAGE);
    const refusal = (shape: BufferShape, given = buffer) =>
      measureBuffer(device, given, shape, plan).then(
        () => null,
        (error: Error) => `${error.name} ${error.message}`,
      );
    expect(await refusal({ rows: 11, dimension: 8 })).toMatch(/SchemaError .*end at byte 352.*320/);
    expect(await refusal({ rows: 1, dimension: 9 })).toMatch(/SchemaError .*the plan has 8/);
    expect(await refusal({ rows: 1, dimension: 8, stride: 4 })).toMatch(/SchemaError .*stride/);
    expect(await refusal({ rows: 1.5, dimension: 8 })).toMatch(/SchemaError .*whole/);
    const uniform = bufferOf(device, new Float32Array(80), UNIFORM);
    expect(await refusal({ rows: 1, dimension: 8 }, uniform)).toMatch(/SchemaError .*usage/);
    buffer.destroy();
    expect(await refusal({ rows: 1, dimension: 8 })).toMatch(/EngineError .*destroyed/);
  });

  test('a device lost meanwhile rejects, and makes no other', async () => {
    const { device } = await openDevice();
    const plan = vectorPlan(8);
    const buffer = bufferOf(device, new Float32Array(80), STORAGE);
    const measured = measureBuffer(device, buffer, { rows: 10, dimension: 8 }, plan);
    device.destroy();
    await expect(measured).rejects.toMatchObject({ name: 'EngineError' });
  });
});
