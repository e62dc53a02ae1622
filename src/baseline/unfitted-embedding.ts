// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingFrame } from './frame.js';

/** The frame of an embedding whose reference holds no row to fit on: rows are counted, and nothing else is measured. */
export function unfitted(dimension: number): EmbeddingFrame {
  return {
    kind: 'embedding',
    dimension,
    unitNorm: false,
    frequencies: 0,
    seed: 0,
    bandwidth: 1,
    center: new Float32Array(dimension),
    directions: new Float32Array(0),
    variances: new Float64Array(0),
    variance: 0,
    drawn: [],
    normCuts: new Float32Array(0),
    featureCovariance: new Float32Array(0),
    nulls: null,
    fitted: {
      rows: 0,
      sums: new Float64Array(0),
      squares: new Float64Array(0),
    },
    sample: new Float32Array(0),
  };
}
