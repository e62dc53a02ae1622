// SPDX-License-Identifier: Apache-2.0
import { messageOf } from '../errors.js';
import type { Kernels } from './kernels.js';
import { createWasmKernels } from './wasm/wasm.js';
import { wasmReason } from './wasm-reason.js';

export interface ChosenKernels {
  readonly kernels: Kernels;
  /** Why these, in words for the report's engine line. */
  readonly reason: string;
}

/** The fastest kernels that this host can run. Where wasm is forbidden or fails, it is the cpu twin, loaded then. */
export async function chooseKernels(): Promise<ChosenKernels> {
  if (typeof WebAssembly !== 'object') return onCpu('no WebAssembly in this host');
  try {
    const kernels = await createWasmKernels();
    return { kernels, reason: wasmReason(kernels.name) };
  } catch (error) {
    return onCpu(messageOf(error));
  }
}

async function onCpu(reason: string): Promise<ChosenKernels> {
  return { kernels: (await import('./cpu/cpu.js')).cpuKernels, reason };
}
