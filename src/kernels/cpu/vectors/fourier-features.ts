// SPDX-License-Identifier: Apache-2.0
import { rowsOf } from '../../rows.js';
import type { Fourier } from '../../vectors.js';
import { fractionOfTurn, phaseWriter } from './features.js';

/** n × 2D: each row's cosines, then its sines, over √D. */
export function fourierFeatures(rows: Float32Array, fourier: Fourier): Float32Array {
  const { dimension: d, count } = fourier;
  const n = rowsOf(rows, d);
  const phasesOf = phaseWriter(fourier);
  const phases = new Float64Array(count);
  const features = new Float32Array(n * 2 * count);
  const unit = 1 / Math.sqrt(count);
  for (let r = 0; r < n; r++) {
    phasesOf(rows.subarray(r * d, (r + 1) * d), phases);
    for (let j = 0; j < count; j++) {
      const angle = 2 * Math.PI * fractionOfTurn(phases[j]!);
      features[r * 2 * count + j] = Math.cos(angle) * unit;
      features[(r * 2 + 1) * count + j] = Math.sin(angle) * unit;
    }
  }
  return features;
}
