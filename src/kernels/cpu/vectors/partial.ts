// SPDX-License-Identifier: Apache-2.0
import type { VectorPartial, VectorPlan } from '../../vectors.js';

/** A partial of no rows. */
export function emptyPartial({ dimension, fourier, directions, drawn, normCuts }: VectorPlan): VectorPartial {
  const k = directions.length / dimension;
  return {
    rows: 0,
    nonFinite: 0,
    zero: 0,
    constant: 0,
    fourier: new Float64Array(2 * fourier.count),
    sums: new Float64Array(k),
    squares: new Float64Array(k),
    drawn: drawn.map((cuts) => new Float64Array(cuts.length + 1)),
    norms: new Float64Array(normCuts.length + 1),
    normSum: 0,
    normSquares: 0,
  };
}
