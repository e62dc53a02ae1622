// SPDX-License-Identifier: Apache-2.0
/**
 * Total variation when the sides are dealt at random: the rows of all cells are pooled and n of the N are current
 * (multivariate hypergeometric). This law holds whatever the categories are, also thousands of rare ones, where the
 * plain two-sample χ² and every bootstrap from the reference alone fail.
 */
import { gammaQ } from '../../distances/special/incomplete-gamma.js';
import { normalSf } from '../../distances/special/normal.js';
import type { PooledCells } from './pooled-cells.js';

export interface NullLaw {
  readonly mean: number;
  readonly sd: number;
  readonly skew: number;
}

/**
 * Mean, sd and skewness of TV under shuffling, without drawing. A cell of t pooled rows has K ~ Bin(t, n/N) current
 * ones, and Σ|K − tπ| given Σ K = n is Σ of |D| − βD, β the regression of |D| on D (Holst 1979); D shrinks by
 * √((N − t)/(N − 1)) for large cells, as the hypergeometric law wants. sd and skewness are those of many cells.
 */
export function shuffleLaw({ m, n, a, b }: PooledCells): NullLaw {
  const sizes = new Map<number, number>();
  for (let i = 0; i < a.length; i++) {
    const size = a[i] + b[i];
    if (size > 0) sizes.set(size, (sizes.get(size) ?? 0) + 1);
  }
  const cells = [...sizes].map(([size, times]) => ({ times, moments: momentsOf(size, m, n) }));
  let covariance = 0;
  let variance = 0;
  for (const cell of cells) {
    covariance += cell.times * cell.moments.cross;
    variance += cell.times * cell.moments.variance;
  }
  const beta = variance > 0 ? covariance / variance : 0;
  let mean = 0;
  let spread = 0;
  let third = 0;
  for (const cell of cells) {
    const rest = residual(cell.moments, beta);
    mean += cell.times * cell.moments.mean;
    spread += cell.times * rest.variance;
    third += cell.times * rest.third;
  }
  const scale = (1 / m + 1 / n) / 2;
  return {
    mean: scale * mean,
    sd: scale * Math.sqrt(Math.max(0, spread)),
    skew: spread > 0 ? third / spread ** 1.5 : 0,
  };
}

/** P(TV ≥ value) by a gamma law of the same mean, variance and skewness (Pearson's type III). */
export function pearsonTail(value: number, { mean, sd, skew }: NullLaw): number {
  if (!(sd > 0)) return value > mean + 1e-12 ? 0 : 1;
  const z = (value - mean) / sd;
  if (Math.abs(skew) < 1e-3 || skew < 0) return normalSf(z);
  const shape = 4 / (skew * skew);
  return gammaQ(shape, Math.max(0, shape + z * Math.sqrt(shape)));
}

/** Moments of D = K − tπ and S = |D| − E|D|. */
interface CellMoments {
  /** E|D|. */
  readonly mean: number;
  /** E D², E S·D, E S². */
  readonly variance: number;
  readonly cross: number;
  readonly square: number;
  /** E S³, E S²D, E S·D², E D³. */
  readonly cubes: readonly [number, number, number, number];
}

/** E(S − βD)² and E(S − βD)³. */
function residual({ variance, cross, square, cubes }: CellMoments, beta: number) {
  return {
    variance: square - 2 * beta * cross + beta * beta * variance,
    third: cubes[0] - 3 * beta * cubes[1] + 3 * beta * beta * cubes[2] - beta ** 3 * cubes[3],
  };
}

/** Above this variance a binomial is normal enough. */
const NORMAL = 25;
const HALF = Math.sqrt(2 / Math.PI);

/** Cells of one size are alike in all columns of a report: remembered for the last pair of sides. */
let remembered = { m: 0, n: 0, bySize: new Map<number, CellMoments>() };

function momentsOf(size: number, m: number, n: number): CellMoments {
  if (remembered.m !== m || remembered.n !== n) remembered = { m, n, bySize: new Map() };
  let moments = remembered.bySize.get(size);
  if (!moments) {
    moments = cellMoments(size, { pi: n / (m + n), rows: m + n });
    remembered.bySize.set(size, moments);
  }
  return moments;
}

function cellMoments(size: number, { pi, rows }: { pi: number; rows: number }): CellMoments {
  const shrink = Math.sqrt((rows - size) / Math.max(1, rows - 1));
  const variance = size * pi * (1 - pi) * shrink * shrink;
  if (variance > NORMAL) {
    const sd = Math.sqrt(variance);
    return {
      mean: sd * HALF,
      variance,
      cross: 0,
      square: variance * (1 - HALF * HALF),
      cubes: [sd ** 3 * HALF * (4 / Math.PI - 1), 0, sd ** 3 * HALF, 0],
    };
  }
  const { low, weights } = binomialWeights(size, pi);
  const centre = size * pi;
  let mean = 0;
  weights.forEach((p, i) => {
    mean += Math.abs(low + i - centre) * shrink * p;
  });
  let [cross, square, sss, ssd, sdd, ddd] = [0, 0, 0, 0, 0, 0];
  weights.forEach((p, i) => {
    const d = (low + i - centre) * shrink;
    const s = Math.abs(d) - mean;
    cross += s * d * p;
    square += s * s * p;
    sss += s * s * s * p;
    ssd += s * s * d * p;
    sdd += s * d * d * p;
    ddd += d * d * d * p;
  });
  return { mean, variance, cross, square, cubes: [sss, ssd, sdd, ddd] };
}

/** P(K = low + i) within 9 sd of the mean, by recurrence from the mode. */
function binomialWeights(size: number, pi: number): { low: number; weights: Float64Array } {
  const centre = size * pi;
  const reach = 9 * Math.sqrt(size * pi * (1 - pi)) + 10;
  const low = Math.max(0, Math.floor(centre - reach));
  const high = Math.min(size, Math.ceil(centre + reach));
  const mode = Math.min(high, Math.max(low, Math.floor((size + 1) * pi)));
  const weights = new Float64Array(high - low + 1);
  weights[mode - low] = 1;
  const odds = pi / (1 - pi);
  for (let k = mode; k < high; k++) weights[k + 1 - low] = (weights[k - low] * (size - k) * odds) / (k + 1);
  for (let k = mode; k > low; k--) weights[k - 1 - low] = (weights[k - low] * k) / ((size - k + 1) * odds);
  const total = weights.reduce((x, y) => x + y, 0);
  return { low, weights: weights.map((weight) => weight / total) };
}
