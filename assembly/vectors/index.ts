// SPDX-License-Identifier: Apache-2.0
/** The ABI of the vector kernels; the rules are those of ../index.ts. Blocks start at multiples of 16. */
export { inspect_f32 } from './inspect';
export { packColumns_f32, packRows_f32 } from './pack';
export { gemm_f32, syrk_f32 } from './gemm';
export { columnBins_f32, columnDots_f32, columnMoments_f32, packedSums_f32 } from './columns';
export { denseFeatures_f32, denseSums_f32, structuredFeatures_f32, structuredSums_f32 } from './fourier';
export { gramSum_f32, packedNorms_f32, squaredDistances_f32 } from './distances';
export { formBasis_f64, reduceColumn_f64, rotate_f64 } from './symmetric';
export { choleskyRows_f64, solveLower_f64 } from './triangular';

/** The first address that the host may use. */
export function heapBase(): usize {
  return __heap_base;
}
