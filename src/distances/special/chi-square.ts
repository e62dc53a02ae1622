// SPDX-License-Identifier: Apache-2.0
import { gammaQ } from './incomplete-gamma.js';
import { tailQuantile } from './tail-quantile.js';

/** P(χ²_df > x). */
export function chiSquareSf(x: number, df: number): number {
  return x <= 0 ? 1 : gammaQ(df / 2, x / 2);
}

/** The x with P(χ²_df > x) = p. */
export function chiSquareUpperQuantile(p: number, df: number): number {
  return tailQuantile((x) => chiSquareSf(x, df), p);
}
