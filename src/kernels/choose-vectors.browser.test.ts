// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, test, vi } from 'vitest';
import { chooseVectorKernels } from './choose-vectors.js';
import { WEBGPU_WORK } from './gpu-crossover.js';
import type { WebGpuVectorKernels } from './webgpu/vectors.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('a processor that plays a graphics card is not taken, however much there is to do', async () => {
  const { vectors, reason } = await chooseVectorKernels({ work: 1e15 });
  expect(vectors.name).toMatch(/^wasm/);
  expect(reason).toMatch(/^WebAssembly .*; WebGPU is played by a processor \(.*swiftshader/i);
});

test('it is when asked for', async () => {
  const { vectors, linear, reason } = await chooseVectorKernels({ prefer: 'webgpu' });
  expect(vectors.name).toBe('webgpu');
  expect(linear.name).toMatch(/^wasm/);
  expect(reason).toMatch(/^WebGPU on .*as asked/);
  (vectors as WebGpuVectorKernels).close();
});

test('a graphics card is taken from the crossover on', async () => {
  const info = { vendor: 'maker', architecture: 'gen-1', isFallbackAdapter: false };
  const request = GPU.prototype.requestAdapter;
  vi.spyOn(GPU.prototype, 'requestAdapter').mockImplementation(async function (this: GPU, options) {
    const adapter = await request.call(this, options);
    Object.defineProperty(adapter, 'info', { value: info });
    return adapter;
  });
  const above = await chooseVectorKernels({ work: WEBGPU_WORK });
  expect([above.vectors.name, above.reason]).toEqual([
    'webgpu',
    'WebGPU on maker gen-1 (25 billion multiplications)',
  ]);
  (above.vectors as WebGpuVectorKernels).close();
  for (const choice of [{ work: WEBGPU_WORK - 1 }, {}, { work: 1e15, prefer: 'wasm' as const }]) {
    const { vectors, reason } = await chooseVectorKernels(choice);
    expect(vectors.name).toMatch(/^wasm/);
    expect(reason).toMatch(/^WebAssembly with (relaxed )?SIMD$/);
  }
});

test('without an adapter it says so', async () => {
  vi.spyOn(GPU.prototype, 'requestAdapter').mockResolvedValue(null);
  const { vectors, reason } = await chooseVectorKernels({ work: 1e15 });
  expect(vectors.name).toMatch(/^wasm/);
  expect(reason).toMatch(/; WebGPU: this host offers no adapter/);
});
