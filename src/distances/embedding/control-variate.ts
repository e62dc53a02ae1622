// SPDX-License-Identifier: Apache-2.0
/**
 * With D random frequencies ‖δ‖² misses MMD² by a share of about 1/√D: its terms |φ_P(w) − φ_Q(w)|² depend on how w lies to
 * the difference. Normal laws with the sides' means and variances in the principal components have nearly the same terms at
 * the same frequencies, and a mean over all frequencies in closed form. What their finite mean is off by, times the
 * regression coefficient of the terms, is taken off. On real embeddings (D = 512) that brings the error from 4.4 % to 1.8 %.
 */
import type { EmbeddingFrame } from '../../baseline/frame.js';
import type { LinearKernels } from '../../kernels/vectors.js';
import type { EmbeddingPart } from '../../profile/parts.js';
import { meanFeatures } from '../feature-shift.js';
import { componentMeans } from './statistics.js';

const MOST_COMPONENTS = 128;
/** Step along a direction, in bandwidths: phases stay far inside ±π/2, and f32 keeps six digits of them. */
const STEP = 0.05;

/** w·v for each frequency (row) and principal direction v (column): D × k. */
const projections = new WeakMap<EmbeddingFrame, Float64Array>();

function projectionsOf(frame: EmbeddingFrame, linear: LinearKernels): Float64Array {
  const known = projections.get(frame);
  if (known !== undefined) return known;
  const { dimension: d, frequencies, seed, bandwidth, directions, variances } = frame;
  const k = Math.min(MOST_COMPONENTS, variances.length);
  const step = STEP * bandwidth;
  const rows = new Float32Array(k * d);
  for (let i = 0; i < rows.length; i++)
    rows[i] = directions[i]! * Math.sqrt(variances[Math.floor(i / d)]!) * step;
  // Backends keep their frequencies to themselves; the sine of a small step along v tells w·v.
  const features = linear.fourierFeatures(rows, { dimension: d, count: frequencies, seed, bandwidth });
  const found = new Float64Array(frequencies * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < frequencies; j++) {
      const sine = features[i * 2 * frequencies + frequencies + j]! * Math.sqrt(frequencies);
      found[j * k + i] = Math.asin(Math.max(-1, Math.min(1, sine))) / step;
    }
  }
  projections.set(frame, found);
  return found;
}

interface Normal {
  /** Along each component, in the unit of the rows. */
  readonly means: Float64Array;
  readonly variances: Float64Array;
}

function normalOf(part: EmbeddingPart, frame: EmbeddingFrame, k: number): Normal {
  const { means, squares } = componentMeans(part);
  const scale = frame.variances;
  return {
    means: Float64Array.from({ length: k }, (_, i) => means[i]! * Math.sqrt(scale[i]!)),
    variances: Float64Array.from(
      { length: k },
      (_, i) => Math.max(0, squares[i]! - means[i]! ** 2) * scale[i]!,
    ),
  };
}

/** What is to be taken off ‖δ‖²; 0 without components. */
export function fourierError(
  frame: EmbeddingFrame,
  { reference, current }: { reference: EmbeddingPart; current: EmbeddingPart },
  linear: LinearKernels,
): number {
  const k = Math.min(MOST_COMPONENTS, frame.variances.length);
  const { frequencies, bandwidth } = frame;
  if (k === 0) return 0;
  const along = projectionsOf(frame, linear);
  const [a, b] = [normalOf(reference, frame, k), normalOf(current, frame, k)];
  // What lies outside the components is taken for equal on both sides, and small along any one frequency.
  let rest = frame.variance;
  for (let i = 0; i < k; i++) rest -= frame.variances[i]!;
  const outside = Math.max(0, rest) / bandwidth ** 2;
  const [za, zb] = [meanFeatures(reference), meanFeatures(current)];
  const terms = new Float64Array(frequencies);
  const normal = new Float64Array(frequencies);
  for (let j = 0; j < frequencies; j++) {
    const cosine = zb[j]! - za[j]!;
    const sine = zb[frequencies + j]! - za[frequencies + j]!;
    terms[j] = frequencies * (cosine * cosine + sine * sine);
    let [phase, qa, qb] = [0, outside, outside];
    for (let i = 0; i < k; i++) {
      const w = along[j * k + i]!;
      phase += w * (a.means[i]! - b.means[i]!);
      qa += w * w * a.variances[i]!;
      qb += w * w * b.variances[i]!;
    }
    const [ra, rb] = [Math.exp(-qa / 2), Math.exp(-qb / 2)];
    normal[j] = ra * ra + rb * rb - 2 * ra * rb * Math.cos(phase);
  }
  const expected =
    meanKernel(a, a, bandwidth, outside) +
    meanKernel(b, b, bandwidth, outside) -
    2 * meanKernel(a, b, bandwidth, outside);
  const [meanTerm, meanNormal] = [mean(terms), mean(normal)];
  let [together, alone] = [0, 0];
  for (let j = 0; j < frequencies; j++) {
    together += (terms[j]! - meanTerm) * (normal[j]! - meanNormal);
    alone += (normal[j]! - meanNormal) ** 2;
  }
  const error = alone > 0 ? (together / alone) * (meanNormal - expected) : 0;
  return Number.isFinite(error) ? error : 0;
}

/** E exp(−‖x − y‖²/2σ²) for two independent normal laws with diagonal covariances. */
function meanKernel(a: Normal, b: Normal, bandwidth: number, outside: number): number {
  let log = -outside;
  for (let i = 0; i < a.means.length; i++) {
    const wide = bandwidth ** 2 + a.variances[i]! + b.variances[i]!;
    log -= 0.5 * Math.log(wide / bandwidth ** 2) + (a.means[i]! - b.means[i]!) ** 2 / (2 * wide);
  }
  return Math.exp(log);
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
