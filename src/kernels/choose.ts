// SPDX-License-Identifier: Apache-2.0
import { cpuKernels } from './cpu/cpu.js';
import type { Kernels } from './kernels.js';
import { createWasmKernels } from './wasm/wasm.js';

export interface ChosenKernels {
  readonly kernels: Kernels;
  /** Why these, in words for the report's engine line. */
  readonly reason: string;
}

/** The fastest kernels that this host can run. Never rejects: where wasm is forbidden or fails, it is the cpu twin. */
export async function chooseKernels(): Promise<ChosenKernels> {
  if (typeof WebAssembly !== 'object') return { kernels: cpuKernels, reason: 'no WebAssembly in this host' };
  try {
    const kernels = await createWasmKernels();
    const simd = kernels.name === 'wasm-relaxed' ? 'relaxed SIMD' : 'SIMD';
    return { kernels, reason: `WebAssembly with ${simd}` };
  } catch (error) {
    return { kernels: cpuKernels, reason: error instanceof Error ? error.message : String(error) };
  }
}
