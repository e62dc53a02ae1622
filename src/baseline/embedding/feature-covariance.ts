// SPDX-License-Identifier: Apache-2.0
import type { LinearKernels } from '../../kernels/vectors.js';
import { roundedToScaledHalf } from '../half.js';
import { columnMeans, without } from './rows.js';

/** Ridges of the whitened statistic, in mean feature variances (tr S / 2D): from sharp to nearly plain. */
const RIDGES = [0.3, 3, 30] as const;

/** Covariance of feature rows (n × p, n ≥ 2), lower triangle by rows, rounded as it is stored. */
export function lowerCovariance(features: Float32Array, p: number, linear: LinearKernels): Float32Array {
  const n = features.length / p;
  const products = linear.crossProducts(without(features, columnMeans(features, p)), p);
  const lower = new Float64Array((p * (p + 1)) / 2);
  for (let i = 0, at = 0; i < p; i++)
    for (let j = 0; j <= i; j++) lower[at++] = products[i * p + j]! / (n - 1);
  return roundedToScaledHalf(lower);
}

/** Full p × p matrix from its lower triangle. */
function fullCovariance(lower: Float32Array, p: number): Float64Array {
  const full = new Float64Array(p * p);
  for (let i = 0, at = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      full[i * p + j] = lower[at]!;
      full[j * p + i] = lower[at++]!;
    }
  }
  return full;
}

/** Cholesky factor of S + ridge · (tr S / p) · I for each of RIDGES; null where features do not vary. */
export function ridgeFactors(
  covariance: Float64Array,
  p: number,
  linear: LinearKernels,
): RidgeFactor[] | null {
  let trace = 0;
  for (let i = 0; i < p; i++) trace += covariance[i * p + i]!;
  if (!(trace > 0)) return null;
  const factors: RidgeFactor[] = [];
  for (const ridge of RIDGES) {
    const raised = covariance.slice();
    for (let i = 0; i < p; i++) raised[i * p + i]! += (ridge * trace) / p;
    const lower = linear.cholesky(raised, p);
    if (lower === null) return null;
    factors.push({ ridge, lower });
  }
  return factors;
}

export interface RidgeFactor {
  readonly ridge: number;
  /** L, p × p, with L·Lᵀ = S + gI. */
  readonly lower: Float64Array;
}

export interface Whitening {
  /** Feature covariance, full, p × p. */
  readonly covariance: Float64Array;
  readonly factors: readonly RidgeFactor[];
}

const whitenings = new WeakMap<Float32Array, Whitening | null>();

/**
 * The factors of a feature covariance, made once for its lower triangle: fitting and testing need the same. Null where there is none. Four p × p
 * matrices of f64.
 */
export function whiteningFrom(lower: Float32Array, p: number, linear: LinearKernels): Whitening | null {
  let whitening = whitenings.get(lower);
  if (whitening === undefined) {
    const covariance = lower.length > 0 ? fullCovariance(lower, p) : null;
    const factors = covariance && ridgeFactors(covariance, p, linear);
    whitening = covariance && factors ? { covariance, factors } : null;
    whitenings.set(lower, whitening);
  }
  return whitening;
}

/** u and u²/√2, so that the statistic of components is the squared length of one difference: n × k to n × 2k. */
export function momentRows(components: Float32Array, k: number): Float32Array {
  const rows = new Float32Array(components.length * 2);
  for (let i = 0, at = 0; i < components.length; i += k, at += 2 * k) {
    for (let j = 0; j < k; j++) {
      const u = components[i + j]!;
      rows[at + j] = u;
      rows[at + k + j] = u * u * Math.SQRT1_2;
    }
  }
  return rows;
}
