// SPDX-License-Identifier: Apache-2.0
/**
 * Number columns measured together: moments, histogram and ranks of one column in one call, products of the ranks of all.
 * The host owns the memory and passes addresses: values at a multiple of 4, all else at a multiple of 16.
 */
export { column_f32, column_f64, drain } from './column';
export { complete, products } from './ranks';

/** The first address that the host may use. */
export function heapBase(): usize {
  return __heap_base;
}
