// SPDX-License-Identifier: Apache-2.0
/**
 * The frequencies of random Fourier features, defined once for every backend (Rahimi & Recht 2007; orthogonal: Yu et al.
 * 2016). They come in blocks of p orthogonal rows, p the power of two from d up, at least 64, each row with the length that
 * a Gaussian one would have:
 *
 *   block = lengths · H·D₁·H·D₂·H·D₃ / p^(3/2), H the Walsh–Hadamard matrix (natural order), D random signs,
 *   lengths χ_p, all over σ. A row of x is padded with zeros; p log p additions give p phases.
 *
 * One random stream serves everything, block after block, so fewer frequencies are a prefix of more. Per block: 3p bits
 * of sign (D₁, D₂, D₃; a set bit is −1, lowest bit first), then one length a row.
 */
import { DriftglassError } from '../errors.js';
import { randomStream } from './random-stream.js';
import type { Fourier } from './vectors.js';

export interface Frequencies {
  /** p. */
  readonly padded: number;
  /** ±1. Per block p signs of D₁, then D₂, then D₃. D₃ meets the row first. */
  readonly signs: Int8Array;
  /** Per frequency j = block · p + row: what turns (H·D₁·H·D₂·H·D₃·x)_row into w_j·x / 2π. */
  readonly scales: Float64Array;
}

/** With fewer, a row of few dimensions would meet few directions. */
const LEAST_PADDED = 64;

/** What the transform needs. Throws SettingsError for a Fourier that means nothing. */
export function frequenciesOf(fourier: Fourier): Frequencies {
  checkFourier(fourier);
  const { dimension, count, seed, bandwidth } = fourier;
  const stream = randomStream(seed);
  let padded = LEAST_PADDED;
  while (padded < dimension) padded *= 2;
  const blocks = Math.ceil(count / padded);
  const signs = new Int8Array(blocks * 3 * padded);
  const scales = new Float64Array(count);
  const unit = 1 / (padded * Math.sqrt(padded) * 2 * Math.PI * bandwidth);
  for (let block = 0; block < blocks; block++) {
    const at = block * 3 * padded;
    for (let i = 0; i < 3 * padded; i += 32) {
      const bits = stream.word();
      for (let bit = 0; bit < 32; bit++) signs[at + i + bit] = (bits >>> bit) & 1 ? -1 : 1;
    }
    const end = Math.min(count, (block + 1) * padded);
    for (let j = block * padded; j < end; j++) scales[j] = stream.chi(padded) * unit;
  }
  return { padded, signs, scales };
}

/** w, the frequencies written out in radians: D × d, row-major. The f64 values that the transform stands for, rounded once. */
export function frequencyMatrix(fourier: Fourier): Float32Array {
  return Float32Array.from(turnsOf(fourier), (turn) => turn * 2 * Math.PI);
}

/** w / 2π: a row's phases in turns, as the backends use them. D × d, row-major, rounded once. */
export function turnMatrix(fourier: Fourier): Float32Array {
  return Float32Array.from(turnsOf(fourier));
}

/** In place: values · H, unscaled, for a power of two of them. */
export function walshHadamard(values: Float64Array): void {
  const p = values.length;
  for (let half = 1; half < p; half *= 2) {
    for (let from = 0; from < p; from += 2 * half) {
      for (let i = from; i < from + half; i++) {
        const a = values[i]!;
        const b = values[i + half]!;
        values[i] = a + b;
        values[i + half] = a - b;
      }
    }
  }
}

function turnsOf(fourier: Fourier): Float64Array {
  const { dimension, count } = fourier;
  const { padded, signs, scales } = frequenciesOf(fourier);
  const turns = new Float64Array(count * dimension);
  const row = new Float64Array(padded);
  for (let j = 0; j < count; j++) {
    // Row r of the block is e_r·H·D₁·H·D₂·H·D₃: whole numbers, hence exactly what the transform of unit vectors gives.
    const block = Math.floor(j / padded) * 3 * padded;
    row.fill(0);
    row[j % padded] = 1;
    for (let factor = 0; factor < 3; factor++) {
      walshHadamard(row);
      for (let i = 0; i < padded; i++) row[i]! *= signs[block + factor * padded + i]!;
    }
    for (let i = 0; i < dimension; i++) turns[j * dimension + i] = row[i]! * scales[j]!;
  }
  return turns;
}

function checkFourier({ dimension, count, seed, bandwidth }: Fourier): void {
  const wrong = (what: string): never => {
    throw new DriftglassError('SettingsError', `Fourier features: ${what}`);
  };
  if (!(Number.isInteger(dimension) && dimension >= 1)) wrong(`dimension is ${dimension}`);
  if (!(Number.isInteger(count) && count >= 1)) wrong(`count is ${count}`);
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) {
    wrong(`seed is ${seed}: it must be a whole number below 2³²`);
  }
  if (!(bandwidth > 0 && bandwidth < Number.POSITIVE_INFINITY)) wrong(`bandwidth is ${bandwidth}`);
}
