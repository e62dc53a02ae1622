// SPDX-License-Identifier: Apache-2.0
import { frequenciesOf, walshHadamard } from '../../frequencies.js';
import type { Fourier } from '../../vectors.js';

/** Phases of this many turns or more count as zero: a value of 24 bits says nothing of the fraction of such a phase. */
const MOST_TURNS = 2 ** 20;

/** Turns beyond the nearest whole number, in [−½, ½]; 0 for a phase that holds none. */
export function fractionOfTurn(turns: number): number {
  return Math.abs(turns) < MOST_TURNS ? turns - Math.round(turns) : 0;
}

/** Writes a row's phases w_j·x in turns to `phases` (D). */
export function phaseWriter(fourier: Fourier): (row: Float32Array, phases: Float64Array) => void {
  const { count } = fourier;
  const { padded, signs, scales } = frequenciesOf(fourier);
  const work = new Float64Array(padded);
  return (row, phases) => {
    for (let from = 0; from < count; from += padded) {
      work.fill(0);
      work.set(row);
      for (let factor = 2; factor >= 0; factor--) {
        const at = 3 * from + factor * padded;
        for (let i = 0; i < padded; i++) work[i]! *= signs[at + i]!;
        walshHadamard(work);
      }
      const rows = Math.min(padded, count - from);
      for (let r = 0; r < rows; r++) phases[from + r] = work[r]! * scales[from + r]!;
    }
  };
}
