// SPDX-License-Identifier: Apache-2.0
import type { Fourier } from '../../vectors.js';
import { fractionOfTurn, phaseWriter } from './features.js';

/** Adds a row's cos w·x, then sin w·x, to `sums` (2D). */
export function fourierAdder(fourier: Fourier): (row: Float32Array, sums: Float64Array) => void {
  const { count } = fourier;
  const phasesOf = phaseWriter(fourier);
  const phases = new Float64Array(count);
  return (row, sums) => {
    phasesOf(row, phases);
    for (let j = 0; j < count; j++) {
      const angle = 2 * Math.PI * fractionOfTurn(phases[j]!);
      sums[j]! += Math.cos(angle);
      sums[count + j]! += Math.sin(angle);
    }
  };
}
