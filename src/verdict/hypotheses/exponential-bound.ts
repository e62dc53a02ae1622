// SPDX-License-Identifier: Apache-2.0

/**
 * Chernoff's bound on a tail: exp of the least that `exponent`, convex in θ, comes to for θ > 0; where it falls for good, that at
 * a few times `most`. By ternary search, all of whose points are valid bounds.
 */
export function exponentialBound(exponent: (theta: number) => number, most: number): number {
  let low = 0;
  let high = 1e-3;
  while (high < most && exponent(high * 2) < exponent(high)) high *= 2;
  high *= 2;
  for (let i = 0; i < 60; i++) {
    const left = low + (high - low) / 3;
    const right = high - (high - low) / 3;
    if (exponent(left) < exponent(right)) high = right;
    else low = left;
  }
  return Math.exp(exponent((low + high) / 2));
}
