// SPDX-License-Identifier: Apache-2.0
/** How far a backend that computes in f32 may be from the cpu twin, row by row. */
import { inspectRow } from '../cpu/vectors/inspect.js';
import { projector } from '../cpu/vectors/project.js';
import { turnMatrix } from '../frequencies.js';
import type { VectorPlan } from '../vectors.js';

export interface Precision {
  /** Largest error of one cosine or sine of an exact phase. */
  readonly feature: number;
  /** Error of a dot product, in units of 2⁻²⁴ of the product of the lengths. */
  readonly product: number;
  /** Relative error of a norm. */
  readonly norm: number;
}

export const WASM_PRECISION: Precision = { feature: 1e-6, product: 6, norm: 1e-13 };

export interface Bounds {
  /** Per frequency. */
  readonly fourier: Float64Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  /** Per drawn direction, rows so close to a cut that either bin is right. */
  readonly drawn: number[];
  readonly norms: number;
  readonly normSum: number;
  readonly normSquares: number;
}

/** `summed`: Σu² may come from sums of products of columns, whose errors do not shrink with u. */
export function boundsOf(
  plan: VectorPlan,
  rows: Float32Array,
  precision: Precision,
  { summed = false } = {},
): Bounds {
  const { dimension: d, fourier, center, directions, drawn, normCuts } = plan;
  const k = directions.length / d;
  const lengths = rowLengths(turnMatrix(fourier), d);
  const reach = rowLengths(directions, d);
  const project = projector(plan);
  const projections = new Float64Array(k);
  const bounds = {
    fourier: new Float64Array(fourier.count),
    sums: new Float64Array(k),
    squares: new Float64Array(k),
    drawn: drawn.map(() => 0),
    norms: 0,
    normSum: 0,
    normSquares: 0,
  };
  const unit = precision.product * 2 ** -24;
  const shifted = new Float32Array(d);
  for (let at = 0; at < rows.length; at += d) {
    const row = rows.subarray(at, at + d);
    const { norm } = inspectRow(row);
    if (Number.isNaN(norm)) continue;
    for (let j = 0; j < lengths.length; j++) {
      const phase = 2 * Math.PI * unit * lengths[j]! * norm;
      bounds.fourier[j]! += Math.min(2, precision.feature + phase);
    }
    for (let i = 0; i < d; i++) shifted[i] = Math.abs(row[i]!) + Math.abs(center[i]!);
    const length = rowLengths(shifted, d)[0]!;
    project(row, projections);
    for (let j = 0; j < k; j++) {
      const error = unit * reach[j]! * length + 1e-44;
      const u = projections[j]!;
      bounds.sums[j]! += error;
      bounds.squares[j]! += error * (2 * (summed ? reach[j]! * length : Math.abs(u)) + error);
      if (j < drawn.length && drawn[j]!.some((cut) => Math.abs(cut - u) <= error)) bounds.drawn[j]!++;
    }
    const error = norm * precision.norm;
    bounds.normSum += error;
    bounds.normSquares += 2 * norm * error;
    if (normCuts.some((cut) => Math.abs(cut - norm) <= error + norm * 2 ** -25)) bounds.norms++;
  }
  return bounds;
}

function rowLengths(matrix: Float32Array, d: number): Float64Array {
  const lengths = new Float64Array(matrix.length / d);
  for (let j = 0; j < lengths.length; j++) {
    let squares = 0;
    for (let i = 0; i < d; i++) squares += matrix[j * d + i]! ** 2;
    lengths[j] = Math.sqrt(squares);
  }
  return lengths;
}
