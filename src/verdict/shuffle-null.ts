// SPDX-License-Identifier: Apache-2.0
/**
 * Total variation when the sides are dealt at random: the rows of all cells are pooled and n of the N are current
 * (multivariate hypergeometric). This law holds whatever the categories are, also thousands of rare ones, where the
 * plain two-sample χ² and every bootstrap from the reference alone fail.
 */
import { gammaQ } from '../distances/special/incomplete-gamma.js';
import { normalSf } from '../distances/special/normal.js';
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
  const pi = n / (m + n);
  const sizes = new Map<number, number>();
  for (let i = 0; i < a.length; i++) {
    const size = a[i] + b[i];
    if (size > 0) sizes.set(size, (sizes.get(size) ?? 0) + 1);
  }
  const cells = [...sizes].map(([size, times]) => ({ times, ...cellMoments(size, { pi, rows: m + n }) }));
  let covariance = 0;
  let variance = 0;
  for (const cell of cells) {
    covariance += cell.times * cell.cross;
    variance += cell.times * cell.variance;
  }
  const beta = variance > 0 ? covariance / variance : 0;
  let mean = 0;
  let spread = 0;
  let third = 0;
  for (const cell of cells) {
    const residual = cell.residual(beta);
    mean += cell.times * cell.mean;
    spread += cell.times * residual.variance;
    third += cell.times * residual.third;
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

interface CellMoments {
  /** E|D|, Var D, Cov(|D|, D), D = K − tπ. */
  readonly mean: number;
  readonly variance: number;
  readonly cross: number;
  readonly residual: (beta: number) => { variance: number; third: number };
}

/** Above this size a binomial is normal enough. */
const NORMAL = 2_000;

function cellMoments(size: number, { pi, rows }: { pi: number; rows: number }): CellMoments {
  const shrink = Math.sqrt((rows - size) / Math.max(1, rows - 1));
  const variance = size * pi * (1 - pi) * shrink * shrink;
  if (variance > NORMAL) {
    const sd = Math.sqrt(variance);
    const half = Math.sqrt(2 / Math.PI);
    return {
      mean: sd * half,
      variance,
      cross: 0,
      residual: (beta) => ({
        variance: variance * (1 - half * half + beta * beta),
        third: sd ** 3 * (half * (4 / Math.PI - 1)),
      }),
    };
  }
  const points = binomialPoints(size, pi).map(([d, p]): [number, number] => [d * shrink, p]);
  let mean = 0;
  let cross = 0;
  for (const [d, p] of points) {
    mean += Math.abs(d) * p;
    cross += Math.abs(d) * d * p;
  }
  return {
    mean,
    variance,
    cross,
    residual: (beta) => {
      let second = 0;
      let third = 0;
      for (const [d, p] of points) {
        const r = Math.abs(d) - mean - beta * d;
        second += r * r * p;
        third += r * r * r * p;
      }
      return { variance: second, third };
    },
  };
}

/** [K − tπ, probability] within 9 sd of the mean, by recurrence from the mode. */
function binomialPoints(size: number, pi: number): [number, number][] {
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
  return Array.from(weights, (w, i) => [low + i - centre, w / total]);
}
