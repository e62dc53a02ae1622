// SPDX-License-Identifier: Apache-2.0
/** Devices that are lost, short of memory or absent, in the middle of a window. */
import { describe, expect, test, vi } from 'vitest';
import { cpuVectorKernels } from '../cpu/vectors/vectors.js';
import { vectorPlan, vectorRows } from '../testing/vector-rows.js';
import type { VectorKernels, VectorPartial } from '../vectors.js';
import { openDevice } from './device.js';
import { expectAlike } from './testing/alike.js';
import { sharedDevice } from './testing/shared-device.js';
import { createWebGpuVectorKernels, type WebGpuOptions } from './vectors.js';

const D = 20;
const plan = vectorPlan(D);
// 4 kB of rows a batch: 51 rows. Small workgroups, which compile sooner where a processor plays the graphics card.
const limits = { maxComputeInvocationsPerWorkgroup: 16 };
const SMALL: WebGpuOptions = { batchBytes: 4096, keptBytes: 32_768, limits };
const rows = vectorRows('some not finite', { n: 1500, d: D, seed: 3 });

/** The cpu twin, and how many rows it was given. */
function countingFallback(): VectorKernels & { rows: number } {
  const counting = {
    name: 'cpu' as const,
    rows: 0,
    prepare: (given: typeof plan) => {
      const meter = cpuVectorKernels.prepare(given);
      return {
        open: () => {
          const sums = meter.open();
          return {
            ...sums,
            add(part: Float32Array) {
              counting.rows += part.length / D;
              sums.add(part);
            },
          };
        },
        close: () => meter.close(),
      };
    },
  };
  return counting;
}

async function expected(): Promise<VectorPartial> {
  const sums = cpuVectorKernels.prepare(plan).open();
  sums.add(rows);
  return sums.take();
}

/** Adds all rows in pieces, `between` being called before each. */
async function measured(kernels: VectorKernels, between: (piece: number) => void): Promise<VectorPartial> {
  const meter = kernels.prepare(plan);
  const sums = meter.open();
  for (let piece = 0; piece < 10; piece++) {
    between(piece);
    sums.add(rows.subarray(piece * 150 * D, (piece + 1) * 150 * D));
    await sums.room();
  }
  const partial = await sums.take();
  meter.close();
  return partial;
}

describe('a device that goes', () => {
  test('is replaced once, and no row is lost or counted twice', { timeout: 120_000 }, async () => {
    const { device } = await openDevice();
    const fallback = countingFallback();
    const kernels = await createWebGpuVectorKernels({ ...SMALL, device, gpu: navigator.gpu, fallback });
    const partial = await measured(kernels, (piece) => {
      if (piece === 5) device.destroy();
    });
    expectAlike(partial, await expected());
    expect(fallback.rows).toBe(0);
    expect(kernels.note).toMatch(/lost.*taken again/);
    kernels.close();
  });

  test.each([0, 3, 9])(
    'leaves the rest to the fallback when there is no other (before piece %i)',
    async (lost) => {
      const { device } = await openDevice();
      const fallback = countingFallback();
      const kernels = await createWebGpuVectorKernels({ ...SMALL, device, fallback });
      const partial = await measured(kernels, (piece) => {
        if (piece === lost) device.destroy();
      });
      expectAlike(partial, await expected());
      expect(fallback.rows).toBeGreaterThan(0);
      if (lost === 9) expect(fallback.rows).toBeLessThan(1500);
      expect(kernels.note).toMatch(/lost.*went on with cpu/);
    },
  );

  test('and whose replacement goes as well leaves the rest to the fallback', async () => {
    const devices: GPUDevice[] = [];
    const gpu = {
      requestAdapter: async () => {
        const adapter = (await navigator.gpu.requestAdapter())!;
        return {
          info: adapter.info,
          requestDevice: async () => {
            devices.push(await adapter.requestDevice());
            return devices.at(-1);
          },
        };
      },
    } as unknown as GPU;
    const fallback = countingFallback();
    const kernels = await createWebGpuVectorKernels({ ...SMALL, gpu, fallback });
    const partial = await measured(kernels, (piece) => {
      if (piece === 2) devices[0]!.destroy();
      if (devices.length === 2) devices[1]!.destroy();
    });
    expectAlike(partial, await expected());
    expect(devices.length).toBe(2);
    expect(fallback.rows).toBeGreaterThan(0);
    expect(kernels.note).toMatch(/lost.*went on with cpu/);
  });

  test('after everything was submitted and before it was read', async () => {
    const { device } = await openDevice();
    const kernels = await createWebGpuVectorKernels({ device, limits });
    const meter = kernels.prepare(plan);
    const sums = meter.open();
    sums.add(rows);
    const taken = sums.take();
    device.destroy();
    expectAlike(await taken, await expected());
    // The next window goes on.
    sums.add(rows);
    expectAlike(await sums.take(), await expected());
    meter.close();
  });
});

describe('a device without memory', () => {
  /** The shared device, whose buffers above `most` bytes fail as they do on a device that is full. */
  async function fullDevice(most: number): Promise<GPUDevice> {
    const device = await sharedDevice();
    let failed = 0;
    return new Proxy(device, {
      get(target, key) {
        const value = Reflect.get(target, key, target) as unknown;
        if (key === 'createBuffer') {
          return (descriptor: GPUBufferDescriptor) => {
            if (descriptor.size > most) failed++;
            return target.createBuffer(descriptor);
          };
        }
        if (key === 'popErrorScope') {
          return async () => {
            const error = await target.popErrorScope();
            if (failed === 0) return error;
            failed = 0;
            return new GPUOutOfMemoryError('no memory left');
          };
        }
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }

  test('takes smaller batches', async () => {
    const fallback = countingFallback();
    const device = await fullDevice(600_000);
    const kernels = await createWebGpuVectorKernels({ device, fallback, limits, batchBytes: 2 ** 20 });
    expectAlike(await measured(kernels, () => {}), await expected());
    expect(fallback.rows).toBe(0);
    expect(kernels.note).toMatch(/batches of 512 KiB/);
  });

  test('leaves rows to the fallback when there is room for none', async () => {
    const fallback = countingFallback();
    const kernels = await createWebGpuVectorKernels({ device: await fullDevice(10), fallback });
    expectAlike(await measured(kernels, () => {}), await expected());
    expect(fallback.rows).toBe(1500);
    expect(kernels.note).toMatch(/no memory.*went on with cpu/);
  });

  test('a fallback that fails as well is told', async () => {
    const fallback: VectorKernels = {
      name: 'cpu',
      prepare() {
        throw new Error('neither here');
      },
    };
    const kernels = await createWebGpuVectorKernels({ device: await fullDevice(10), fallback });
    const sums = kernels.prepare(plan).open();
    sums.add(rows);
    await expect(sums.take()).rejects.toThrow('neither here');
  });
});

describe('no device', () => {
  const errorOf = (gpu: Partial<GPU>) =>
    createWebGpuVectorKernels({ gpu: gpu as GPU }).then(
      () => null,
      (error: Error) => `${error.name} ${error.message}`,
    );

  test('the reason is told', async () => {
    expect(await errorOf({ requestAdapter: async () => null })).toMatch(/^EngineError WebGPU: .*no adapter/);
    const failing = { requestAdapter: () => Promise.reject(new Error('blocked')) };
    expect(await errorOf(failing)).toMatch(/EngineError WebGPU: .*blocked/);
    const poor = { requestDevice: () => Promise.reject(new TypeError('too many')) };
    const adapter = async () => poor as unknown as GPUAdapter;
    expect(await errorOf({ requestAdapter: adapter })).toMatch(/EngineError .*no device: too many/);
  });

  test('a host without WebGPU', async () => {
    vi.stubGlobal('navigator', {});
    try {
      await expect(createWebGpuVectorKernels()).rejects.toMatchObject({
        name: 'EngineError',
        message: expect.stringContaining('navigator.gpu is undefined'),
      });
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
