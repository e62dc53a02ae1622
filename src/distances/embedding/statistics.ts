// SPDX-License-Identifier: Apache-2.0
import { type Whitening, whiteningFrom } from '../../baseline/embedding/feature-covariance.js';
import type { EmbeddingFrame } from '../../baseline/frame.js';
import type { LinearKernels } from '../../kernels/vectors.js';
import type { EmbeddingPart } from '../../profile/parts.js';

/** Means of u and of u². */
export interface ComponentMeans {
  readonly rows: number;
  readonly means: Float64Array;
  readonly squares: Float64Array;
}

export function componentMeans(part: EmbeddingPart): ComponentMeans {
  const { measured } = part;
  return {
    rows: measured,
    means: part.sums.map((sum) => sum / measured),
    squares: part.squares.map((sum) => sum / measured),
  };
}

/**
 * Of the reference without the rows that components were fitted on: on those, mean u² is 1 by construction. All of it where
 * it does not hold them.
 */
export function heldMeans(
  frame: EmbeddingFrame,
  reference: EmbeddingPart,
  holdsFitted: boolean,
): ComponentMeans {
  const { fitted } = frame;
  const rows = reference.measured - fitted.rows;
  if (!holdsFitted || fitted.rows === 0 || rows < 1) return componentMeans(reference);
  return {
    rows,
    means: reference.sums.map((sum, i) => (sum - fitted.sums[i]!) / rows),
    squares: reference.squares.map((sum, i) => (sum - fitted.squares[i]!) / rows),
  };
}

export function squaredLength(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}

export function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!);
}

/** Σ δ(ū)² and ½ Σ δ(mean u²)². */
export function momentParts(a: ComponentMeans, b: ComponentMeans): { means: number; spreads: number } {
  return {
    means: squaredLength(difference(a.means, b.means)),
    spreads: squaredLength(difference(a.squares, b.squares)) / 2,
  };
}

/** The factors of a frame's feature covariance, made once; null where it has none. */
export function whiteningOf(frame: EmbeddingFrame, linear: LinearKernels): Whitening | null {
  return whiteningFrom(frame.featureCovariance, 2 * frame.frequencies, linear);
}

/** ‖L⁻¹δ‖² = δᵀ(S + gI)⁻¹δ, by forward substitution. */
export function whitenedLength(delta: Float64Array, lower: Float64Array): number {
  const p = delta.length;
  const solved = new Float64Array(p);
  let length = 0;
  for (let i = 0; i < p; i++) {
    const row = lower.subarray(i * p, i * p + i);
    let sum = delta[i]!;
    for (let j = 0; j < i; j++) sum -= row[j]! * solved[j]!;
    const x = sum / lower[i * p + i]!;
    solved[i] = x;
    length += x * x;
  }
  return length;
}

/** δᵀSδ / δᵀδ: variance of a row along the difference; 0 for none. */
export function varianceAlong(delta: Float64Array, covariance: Float64Array): number {
  const p = delta.length;
  const size = squaredLength(delta);
  if (!(size > 0)) return 0;
  let sum = 0;
  for (let i = 0; i < p; i++) {
    let row = 0;
    for (let j = 0; j < p; j++) row += covariance[i * p + j]! * delta[j]!;
    sum += row * delta[i]!;
  }
  return sum / size;
}
