// SPDX-License-Identifier: Apache-2.0
const float = new Float64Array(1);
const bits = new BigInt64Array(float.buffer);

/** The smallest f64 greater than x. NaN stays NaN, +Infinity stays; −Infinity becomes the most negative finite. */
export function nextUp(x: number): number {
  if (Number.isNaN(x) || x === Infinity) return x;
  if (x === 0) return Number.MIN_VALUE;
  float[0] = x;
  // Positive floats grow with their bits read as an integer, negative ones shrink.
  bits[0]! += x > 0 ? 1n : -1n;
  // The step up from −5e-324 is −0; cuts know one zero.
  return float[0]! + 0;
}

/** The greatest f64 smaller than x. NaN stays NaN, −Infinity stays; +Infinity becomes the greatest finite. */
export function nextDown(x: number): number {
  return -nextUp(-x);
}
