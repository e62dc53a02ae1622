// SPDX-License-Identifier: Apache-2.0
import { randomStream } from '../../../kernels/random-stream.js';

export interface Change {
  /** Along the first axis, in units of its spread. */
  readonly shift?: number;
  /** Along the last axis, in units of its spread. */
  readonly faint?: number;
  readonly scale?: number;
  /** Share of rows of a cluster that was not there before. */
  readonly fresh?: number;
}

/** Draws rows of d values from 8 clusters, spread i^−½ along axis i; the same clusters for every call with the same d. */
export function clusters(d: number, seed: number): (n: number, change?: Change) => Float32Array {
  const fixed = randomStream(77 + d);
  const spectrum = Float64Array.from({ length: d }, (_, i) => (i + 1) ** -0.5);
  const centers = Array.from({ length: 9 }, () => spectrum.map((s) => 0.8 * s * fixed.normal()));
  const { normal, uniform } = randomStream(seed);
  return (n, { shift = 0, faint = 0, scale = 1, fresh = 0 } = {}) => {
    const rows = new Float32Array(n * d);
    for (let i = 0; i < n; i++) {
      const center = centers[uniform() < fresh ? 8 : Math.floor(8 * uniform())]!;
      for (let j = 0; j < d; j++) {
        const moved = j === 0 ? shift : j === d - 1 ? faint : 0;
        rows[i * d + j] = (center[j]! + spectrum[j]! * normal()) * scale + moved * spectrum[j]!;
      }
    }
    return rows;
  };
}
