// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../../errors.js';
import type { LinearKernels, VectorKernels } from '../vectors.js';
import { KernelHost } from './host.js';
import type { VectorExports, VectorHost } from './vector-exports.js';
import { relaxedBinary, simdBinary } from './vectors-binary.js';
import { decodeHex, type WasmOptions } from './wasm.js';
import { gramOnWasm, squaredDistancesOnWasm } from './wasm-distances.js';
import { prepareOnWasm } from './wasm-meter.js';
import { crossProductsOnWasm, fourierFeaturesOnWasm, multiplyOnWasm } from './wasm-products.js';
import { choleskyOnWasm, eigenOnWasm, solveLowerOnWasm } from './wasm-symmetric.js';

export interface WasmVectorOptions extends WasmOptions {
  /** How Fourier features are made; by default the form that is less work. For benches and tests. */
  readonly form?: 'structured' | 'dense';
}

/**
 * The vector kernels in WebAssembly with SIMD. Rejects with EngineError when this host forbids wasm or lacks SIMD. Linear kernels give
 * their memory back after each call; a meter keeps its plan in an instance of its own until it is closed.
 */
export async function createWasmVectorKernels({ relaxed = true, form }: WasmVectorOptions = {}): Promise<{
  vectors: VectorKernels;
  linear: LinearKernels;
}> {
  try {
    const fused = relaxed ? decodeHex(relaxedBinary) : null;
    const useFused = fused !== null && WebAssembly.validate(fused);
    const host = await KernelHost.start<VectorExports>(useFused ? fused : decodeHex(simdBinary));
    const name = useFused ? 'wasm-relaxed' : 'wasm';
    const vectors: VectorKernels = { name, prepare: (plan) => prepareOnWasm(host, plan, form) };
    return { vectors, linear: linearOn(host, name) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DriftglassError('EngineError', `wasm vector kernels cannot start: ${reason}`, { cause });
  }
}

function linearOn(host: VectorHost, name: LinearKernels['name']): LinearKernels {
  return {
    name,
    multiply: (a, b, d) => multiplyOnWasm(host, { a, b, d }),
    crossProducts: (rows, p) => crossProductsOnWasm(host, rows, p),
    gram: (a, b, d, gamma) => gramOnWasm(host, { a, b, d, gamma }),
    squaredDistances: (a, b, d) => squaredDistancesOnWasm(host, { a, b, d }),
    fourierFeatures: (rows, fourier) => fourierFeaturesOnWasm(host, rows, fourier),
    eigen: (matrix, p) => eigenOnWasm(host, matrix, p),
    cholesky: (matrix, p) => choleskyOnWasm(host, matrix, p),
    solveLower: (lower, p, b) => solveLowerOnWasm(host, { lower, p, b }),
  };
}
