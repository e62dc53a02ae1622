// SPDX-License-Identifier: Apache-2.0
import { gammaP, gammaQ } from './incomplete-gamma.js';

/** Φ(z), standard normal; relative precision in the lower tail. */
export function normalCdf(z: number): number {
  return normalSf(-z);
}

/** 1 − Φ(z); relative precision down to 1e-300. */
export function normalSf(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  const half = (z * z) / 2;
  return z >= 0 ? gammaQ(0.5, half) / 2 : 0.5 + gammaP(0.5, half) / 2;
}

/** Φ⁻¹(p), 0 < p < 1; keeps relative precision for p down to 1e-300. Use −normalQuantile(q) for p = 1 − q. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  if (p > 0.5) return -lowerQuantile(1 - p);
  return lowerQuantile(p);
}

/** Newton on ln Φ, which is concave: starts left of nothing it could overshoot. */
function lowerQuantile(p: number): number {
  const logP = Math.log(p);
  let z = p > 0.02 ? (p - 0.5) * 2.5 : -Math.sqrt(Math.max(0, -2 * logP - Math.log(-4 * Math.PI * logP)));
  for (let i = 0; i < 60; i++) {
    const cdf = normalCdf(z);
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    const step = ((Math.log(cdf) - logP) * cdf) / density;
    z -= step;
    if (Math.abs(step) <= 1e-15 * Math.max(1e-300, Math.abs(z))) break;
  }
  return z;
}
