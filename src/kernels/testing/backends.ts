// SPDX-License-Identifier: Apache-2.0
import { cpuKernels } from '../cpu/cpu.js';
import type { Kernels } from '../kernels.js';
import { createWasmKernels } from '../wasm/wasm.js';

/** Every backend that runs in Node, for tests that hold for each of them. */
export async function backends(): Promise<Kernels[]> {
  return [cpuKernels, await createWasmKernels()];
}
