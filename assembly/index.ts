// SPDX-License-Identifier: Apache-2.0
/**
 * The ABI. The host owns the memory and passes addresses: f32 and i32 at a multiple of 4, f64 and v128 results at a
 * multiple of 8. n counts elements. Nothing here allocates, traps on any bit pattern, or remembers a call.
 */
export { moments_f32, moments_f64 } from './moments';
export { histogram_f32, histogram_f64 } from './histogram';
export { codes_i32 } from './codes';
export { sort_f32, sort_f64 } from './sort';
export { cdf_f32, cdf_f64 } from './cdf';

/** The first address that the host may use. */
export function heapBase(): usize {
  return __heap_base;
}
