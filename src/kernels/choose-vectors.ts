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
  return { vectors: cpuVectorKernels, linear: cpuLinearKernels, reason: 'no WebAssembly for vectors' };
}
