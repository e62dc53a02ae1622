// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingFrame } from '../baseline/frame.js';
import { NULL, RAGGED, type VectorColumn } from '../columns/column.js';
import type { VectorPartial, VectorPlan } from '../kernels/vectors.js';
import { accumulate, combineCounts, differenceOf } from './counts.js';
import type { EmbeddingPart } from './parts.js';

/** Sums are whole multiples of 1/STEP: up to 2^43 rows add without rounding. */
const STEP = 1_024;

/** What the kernels need of a frame. */
export function vectorPlan(frame: EmbeddingFrame): VectorPlan {
  const { dimension, frequencies, seed, bandwidth, center, directions, drawn, normCuts } = frame;
  return {
    dimension,
    fourier: { dimension, count: frequencies, seed, bandwidth },
    center,
    directions,
    drawn,
    normCuts,
  };
}

export function emptyEmbedding(frame: EmbeddingFrame): EmbeddingPart {
  const components = frame.variances.length;
  return {
    kind: 'embedding',
    rows: 0,
    missing: 0,
    unparsable: 0,
    ragged: 0,
    nonFinite: 0,
    zero: 0,
    constant: 0,
    measured: 0,
    fourier: new Float64Array(2 * frame.frequencies),
    sums: new Float64Array(components),
    squares: new Float64Array(components),
    drawn: frame.drawn.map((cuts) => new Float64Array(cuts.length + 1)),
    norms: new Float64Array(frame.normCuts.length + 1),
    normSum: 0,
    normSquares: 0,
  };
}

/**
 * Counts the rows that hold no vector of the frame's length; of a column of another length that is every row.
 * @returns absent rows, whose NaN values the kernels take for rows that are not finite
 */
export function countVectors(
  part: EmbeddingPart,
  column: VectorColumn | undefined,
  rows: number,
  frame: EmbeddingFrame,
): number {
  part.rows += rows;
  if (!column) {
    part.missing += rows;
    return rows;
  }
  const { status } = column;
  let missing = 0;
  let unparsable = 0;
  let ragged = 0;
  for (let i = 0; status !== null && i < rows; i++) {
    if (status[i] === NULL) missing++;
    else if (status[i] === RAGGED) ragged++;
    else if (status[i] !== 0) unparsable++;
  }
  if (column.dimension !== frame.dimension) ragged = rows - missing - unparsable;
  part.missing += missing;
  part.unparsable += unparsable + ragged;
  part.ragged += ragged;
  return missing + unparsable + ragged;
}

/** Adds what the kernels measured; `absent` of its rows that were not finite are none of the column's. */
export function addPartial(part: EmbeddingPart, partial: VectorPartial, absent: number): void {
  part.nonFinite += partial.nonFinite - absent;
  part.zero += partial.zero;
  part.constant += partial.constant;
  part.measured += partial.rows;
  accumulateRounded(part.fourier, partial.fourier);
  accumulateRounded(part.sums, partial.sums);
  accumulateRounded(part.squares, partial.squares);
  part.drawn.forEach((counts, i) => {
    accumulate(counts, partial.drawn[i]!);
  });
  accumulate(part.norms, partial.norms);
  part.normSum += rounded(partial.normSum);
  part.normSquares += rounded(partial.normSquares);
}

export function mergeEmbedding(a: EmbeddingPart, b: EmbeddingPart): EmbeddingPart {
  return combined(a, b, 1);
}

/** The part without the rows of b. Exact: all sums are whole multiples of one step. */
export function subtractEmbedding(a: EmbeddingPart, b: EmbeddingPart): EmbeddingPart {
  return combined(a, b, -1);
}

function combined(a: EmbeddingPart, b: EmbeddingPart, sign: 1 | -1): EmbeddingPart {
  return {
    kind: 'embedding',
    ...combineCounts(a, b, sign),
    ragged: a.ragged + sign * b.ragged,
    nonFinite: a.nonFinite + sign * b.nonFinite,
    zero: a.zero + sign * b.zero,
    constant: a.constant + sign * b.constant,
    measured: a.measured + sign * b.measured,
    fourier: both(a.fourier, b.fourier, sign),
    sums: both(a.sums, b.sums, sign),
    squares: both(a.squares, b.squares, sign),
    drawn: a.drawn.map((counts, i) => both(counts, b.drawn[i]!, sign)),
    norms: both(a.norms, b.norms, sign),
    normSum: a.normSum + sign * b.normSum,
    normSquares: a.normSquares + sign * b.normSquares,
  };
}

function both(a: Float64Array, b: Float64Array, sign: 1 | -1): Float64Array {
  if (sign < 0) return differenceOf(a, b);
  const sum = a.slice();
  accumulate(sum, b);
  return sum;
}

function accumulateRounded(a: Float64Array, b: ArrayLike<number>): void {
  for (let i = 0; i < a.length; i++) a[i]! += rounded(b[i]!);
}

function rounded(value: number): number {
  return Math.round(value * STEP) / STEP;
}

/** Steps of a sum, a whole number; for storage. */
export function stepsOf(sum: number): number {
  return sum * STEP;
}

export function ofSteps(steps: number): number {
  return steps / STEP;
}
