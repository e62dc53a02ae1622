// SPDX-License-Identifier: Apache-2.0
import { betaI } from './incomplete-beta.js';
import { tailQuantile } from './tail-quantile.js';

/** P(T > t) for Student's t with `df` degrees of freedom (any positive real). */
export function studentSf(t: number, df: number): number {
  const square = t * t;
  if (square === Number.POSITIVE_INFINITY) return t > 0 ? 0 : 1;
  const tail = betaI(df / 2, 0.5, df / (df + square), square / (df + square)) / 2;
  return t >= 0 ? tail : 1 - tail;
}

/** The t with P(T ≤ t) = p, 0 < p < 1. */
export function studentQuantile(p: number, df: number): number {
  if (p > 0.5) return -studentQuantile(1 - p, df);
  return -studentUpperQuantile(p, df);
}

/** The t with P(T > t) = q; for q ≤ ½ precise down to 1e-300. */
export function studentUpperQuantile(q: number, df: number): number {
  if (q > 0.5) return -studentUpperQuantile(1 - q, df);
  return tailQuantile((t) => studentSf(t, df), q);
}
