// SPDX-License-Identifier: Apache-2.0
/** Why kernels of WebAssembly were taken, in words for the report's engine line. */
export function wasmReason(name: string): string {
  return `WebAssembly with ${name === 'wasm-relaxed' ? 'relaxed SIMD' : 'SIMD'}`;
}
