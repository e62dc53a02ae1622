// SPDX-License-Identifier: Apache-2.0
import { cpuLinearKernels, cpuVectorKernels } from './cpu/vectors/vectors.js';
import type { LinearKernels, VectorKernels } from './vectors.js';

export interface ChosenVectorKernels {
  readonly vectors: VectorKernels;
  readonly linear: LinearKernels;
  /** Why these, in words for the report's engine line. */
  readonly reason: string;
}

/** The fastest kernels for rows that this host can run, loaded when first asked for. Never rejects. */
export async function chooseVectorKernels(): Promise<ChosenVectorKernels> {
  const twins = { vectors: cpuVectorKernels, linear: cpuLinearKernels };
  if (typeof WebAssembly !== 'object') return { ...twins, reason: 'no WebAssembly in this host' };
  try {
    const { createWasmVectorKernels } = await import('./wasm/vectors.js');
    const { vectors, linear } = await createWasmVectorKernels();
    const simd = vectors.name === 'wasm-relaxed' ? 'relaxed SIMD' : 'SIMD';
    return { vectors, linear, reason: `WebAssembly with ${simd}` };
  } catch (error) {
    return { ...twins, reason: error instanceof Error ? error.message : String(error) };
  }
}
