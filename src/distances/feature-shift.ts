// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingPart } from '../profile/parts.js';

/** Mean Fourier features of a part: Σ(cos, sin) over rows and √D, so that a row's features have length 1. */
export function meanFeatures({ fourier, measured }: EmbeddingPart): Float64Array {
  const scale = Math.max(1, measured) * Math.sqrt(fourier.length / 2);
  return fourier.map((sum) => sum / scale);
}

/** Squared distance of mean features: the biased squared MMD of the kernel that the features stand for. */
export function squaredShift(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}

/** Trace of the features' covariance, 1 − ‖mean‖²: what ‖mean of n rows − mean‖² is on average, times n. */
export function featureVariance(mean: Float64Array): number {
  let squared = 0;
  for (const value of mean) squared += value * value;
  return Math.max(0, 1 - squared);
}
