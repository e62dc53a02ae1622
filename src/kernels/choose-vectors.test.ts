// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, test, vi } from 'vitest';
import { chooseVectorKernels } from './choose-vectors.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('wasm where it runs, and says which', async () => {
  const { vectors, linear, reason } = await chooseVectorKernels();
  expect(vectors.name).toMatch(/^wasm/);
  expect(linear.name).toBe(vectors.name);
  expect(reason).toMatch(/^WebAssembly with (relaxed )?SIMD$/);
});

test('the cpu twins without WebAssembly', async () => {
  vi.stubGlobal('WebAssembly', undefined);
  const { vectors, linear, reason } = await chooseVectorKernels();
  expect([vectors.name, linear.name, reason]).toEqual(['cpu', 'cpu', 'no WebAssembly in this host']);
});

test('the cpu twins where a policy forbids compiling, with the words of the host', async () => {
  vi.stubGlobal('WebAssembly', {
    Memory: WebAssembly.Memory,
    validate: () => false,
    instantiate: () => Promise.reject(new Error('Refused to compile: unsafe-eval is not allowed')),
  });
  const { vectors, reason } = await chooseVectorKernels();
  expect(vectors.name).toBe('cpu');
  expect(reason).toMatch(/unsafe-eval is not allowed/);
});

test('a host without WebGPU says so when there is work for it; the cpu twins when asked for', async () => {
  vi.stubGlobal('navigator', {});
  const { vectors, reason } = await chooseVectorKernels({ work: 1e15 });
  expect(vectors.name).toMatch(/^wasm/);
  expect(reason).toMatch(/; WebGPU: this host has none/);
  expect((await chooseVectorKernels({ work: 1e15, prefer: 'cpu' })).vectors.name).toBe('cpu');
});
