// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, test, vi } from 'vitest';
import { chooseKernels } from './choose.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('wasm where it runs, and says which', async () => {
  const { kernels, reason } = await chooseKernels();
  expect(kernels.name).toMatch(/^wasm/);
  expect(reason).toMatch(/^WebAssembly with (relaxed )?SIMD$/);
});

test('the cpu twin without WebAssembly', async () => {
  vi.stubGlobal('WebAssembly', undefined);
  const { kernels, reason } = await chooseKernels();
  expect(kernels.name).toBe('cpu');
  expect(reason).toBe('no WebAssembly in this host');
});

test('the cpu twin where a policy forbids compiling, with the words of the host', async () => {
  vi.stubGlobal('WebAssembly', {
    ...copyOf(WebAssembly),
    instantiate: () => Promise.reject(new Error('Refused to compile: unsafe-eval is not allowed')),
  });
  const { kernels, reason } = await chooseKernels();
  expect(kernels.name).toBe('cpu');
  expect(reason).toMatch(/unsafe-eval is not allowed/);
});

/** The namespace's members are not enumerable. */
function copyOf(namespace: typeof WebAssembly): typeof WebAssembly {
  const names = Object.getOwnPropertyNames(namespace) as (keyof typeof WebAssembly)[];
  return Object.fromEntries(names.map((name) => [name, namespace[name]])) as unknown as typeof WebAssembly;
}
