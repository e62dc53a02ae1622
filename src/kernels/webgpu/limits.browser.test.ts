// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { cpuVectorKernels } from '../cpu/vectors/vectors.js';
import { vectorPlan, vectorRows } from '../testing/vector-rows.js';
import { STORAGE } from './flags.js';
import type { DeviceLimits } from './limits.js';
import { expectAlike } from './testing/alike.js';
import { sharedDevice } from './testing/shared-device.js';
import { createWebGpuVectorKernels } from './vectors.js';

/** A device whose storage buffers are measured as they are made. */
async function watchedDevice(sizes: number[]): Promise<GPUDevice> {
  const device = await sharedDevice();
  return new Proxy(device, {
    get(target, key) {
      const value = Reflect.get(target, key, target) as unknown;
      if (key !== 'createBuffer') return typeof value === 'function' ? value.bind(target) : value;
      return (descriptor: GPUBufferDescriptor) => {
        if (descriptor.usage & STORAGE) sizes.push(descriptor.size);
        return target.createBuffer(descriptor);
      };
    },
  });
}

const CASES: readonly (readonly [name: string, limits: Partial<DeviceLimits>, batchBytes: number])[] = [
  ['small buffers', { maxBufferSize: 65_536 }, 2 ** 20],
  ['small bindings', { maxStorageBufferBindingSize: 32_768 }, 2 ** 20],
  ['workgroups of 64 threads', { maxComputeInvocationsPerWorkgroup: 64 }, 2 ** 20],
  [
    'workgroups of 16 threads with little memory, small bindings',
    {
      maxComputeInvocationsPerWorkgroup: 16,
      maxComputeWorkgroupStorageSize: 4096,
      maxStorageBufferBindingSize: 32_768,
    },
    2 ** 20,
  ],
  ['small batches', {}, 20_000],
];

test.each(CASES)(
  '%s split the work and change no result',
  { timeout: 120_000 },
  async (_, limits, batchBytes) => {
    const d = 70;
    const plan = vectorPlan(d, { count: 300, k: 200 });
    const rows = vectorRows('some not finite', { n: 700, d, seed: 6 });
    const sizes: number[] = [];
    const device = await watchedDevice(sizes);
    const kernels = await createWebGpuVectorKernels({ device, limits, batchBytes });
    const meter = kernels.prepare(plan);
    const sums = meter.open();
    sums.add(rows);
    const partial = await sums.take();
    meter.close();
    const twin = cpuVectorKernels.prepare(plan).open();
    twin.add(rows);
    expectAlike(partial, await twin.take());
    expect(kernels.note).toBeNull();
    const most = Math.min(limits.maxBufferSize ?? 2 ** 40, limits.maxStorageBufferBindingSize ?? 2 ** 40);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(most);
  },
);

test('rows too long for a device are the fallback’s', async () => {
  const d = 3000;
  const plan = vectorPlan(d, { count: 5, k: 2 });
  const rows = vectorRows('bell', { n: 3, d, seed: 6 });
  const limits = { maxStorageBufferBindingSize: 65_536 };
  const kernels = await createWebGpuVectorKernels({ device: await sharedDevice(), limits });
  const meter = kernels.prepare(plan);
  const sums = meter.open();
  sums.add(rows);
  const twin = cpuVectorKernels.prepare(plan).open();
  twin.add(rows);
  expectAlike(await sums.take(), await twin.take());
  expect(kernels.note).toMatch(/rows of 3000 values do not fit.*went on with cpu/);
});
