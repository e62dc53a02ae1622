// SPDX-License-Identifier: Apache-2.0
import { messageOf } from '../errors.js';
import { cpuLinearKernels, cpuVectorKernels } from './cpu/vectors/vectors.js';
import { WEBGPU_WORK } from './gpu-crossover.js';
import type { LinearKernels, VectorKernels } from './vectors.js';
import { wasmReason } from './wasm-reason.js';

export interface ChosenVectorKernels {
  readonly vectors: VectorKernels;
  readonly linear: LinearKernels;
  /** Why these, in words for the report's engine line. */
  readonly reason: string;
}

export interface VectorChoice {
  /** What is to come, by `vectorWork`. Without it, WebGPU is not considered. */
  readonly work?: number;
  /** Taken whatever the work, where the host has it: `webgpu` a software adapter too. */
  readonly prefer?: 'webgpu' | 'wasm' | 'cpu';
}

/** The fastest kernels for rows that this host can run, loaded when first asked for. Never rejects. */
export async function chooseVectorKernels({
  work = 0,
  prefer,
}: VectorChoice = {}): Promise<ChosenVectorKernels> {
  if (prefer === 'cpu') return { ...twins, reason: 'the cpu kernels, as asked' };
  const plain = await withoutGpu();
  const isAsked = prefer === 'webgpu';
  if (!isAsked && (prefer === 'wasm' || work < WEBGPU_WORK)) return plain;
  try {
    const { createWebGpuVectorKernels } = await import('./webgpu/vectors.js');
    const vectors = await createWebGpuVectorKernels({ fallback: plain.vectors });
    if (vectors.isSoftware && !isAsked) {
      vectors.close();
      return {
        ...plain,
        reason: `${plain.reason}; WebGPU is played by a processor (${vectors.description})`,
      };
    }
    const { selfTest } = await import('./webgpu/self-test.js');
    const fault = await selfTest(vectors);
    if (fault !== null || vectors.note !== null) {
      const what = fault ?? vectors.note;
      vectors.close();
      return {
        ...plain,
        reason: `${plain.reason}; WebGPU on ${vectors.description} fails its test (${what})`,
      };
    }
    const why = isAsked ? 'as asked' : `${Math.round(work / 1e9)} billion multiplications`;
    return { ...plain, vectors, reason: `WebGPU on ${vectors.description} (${why})` };
  } catch (error) {
    return { ...plain, reason: `${plain.reason}; ${messageOf(error)}` };
  }
}

const twins = { vectors: cpuVectorKernels, linear: cpuLinearKernels };

async function withoutGpu(): Promise<ChosenVectorKernels> {
  if (typeof WebAssembly !== 'object') return { ...twins, reason: 'no WebAssembly in this host' };
  try {
    const { createWasmVectorKernels } = await import('./wasm/vectors.js');
    const { vectors, linear } = await createWasmVectorKernels();
    return { vectors, linear, reason: wasmReason(vectors.name) };
  } catch (error) {
    return { ...twins, reason: messageOf(error) };
  }
}
