// SPDX-License-Identifier: Apache-2.0
/**
 * Joint drift of the numeric columns: what no column shows alone. Every value enters as its mid-rank in the reference,
 * so outliers and units carry no weight, and sums of ranks and of their products are all that is needed.
 *
 * Means: Hotelling's T² of the difference of mean ranks (a multivariate Mann–Whitney test) on the principal components of
 * the pooled correlation matrix, as many as the rows can carry; F-distributed. Correlations: the greatest change of a
 * rank correlation, by Fisher's z with Bonett and Wright's variance (2000), Bonferroni over the pairs. Neither inverts a
 * matrix that the rows do not support, so both hold their level with few rows and many columns.
 */
import type { Comparison } from '../distances/comparison.js';
import { chiSquareUpperQuantile } from '../distances/special/chi-square.js';
import { betaI } from '../distances/special/incomplete-beta.js';
import { normalQuantile, normalSf } from '../distances/special/normal.js';
import type { TablePart } from '../profile/parts.js';
import { type Hypothesis, type RowNoise, roundedRows, studentised, unstudentised } from './hypothesis.js';
import type { ToleranceName } from './settings.js';
import { type Eigen, symmetricEigen } from './symmetric-eigen.js';

/** Complete rows a side below which nothing is tested. */
const FEWEST_ROWS = 30;
/** Rows of the smaller side per component. */
const ROWS_PER_COMPONENT = 10;
/** Components below this share of the mean eigenvalue are differences of columns that say the same. */
const LEAST_EIGENVALUE = 0.01;

export interface JointResult {
  readonly hypotheses: readonly Hypothesis[];
  /** The pair whose correlation changed most, with both correlations. */
  readonly pair?: {
    readonly a: string;
    readonly b: string;
    readonly reference: number;
    readonly current: number;
  };
  /** Why nothing was tested; only then. */
  readonly note?: string;
}

export interface JointContext {
  readonly level: number;
  readonly tolerance: (metric: ToleranceName) => number;
  /** Of the joint feature with the greatest design effect. */
  readonly noise: RowNoise;
}

export function jointTests(comparison: Comparison, context: JointContext): JointResult {
  const names = comparison.frame.table.joint;
  if (names.length < 2) return { hypotheses: [] };
  const reference = moments(comparison.reference.profile.table, names.length);
  const current = moments(comparison.current.profile.table, names.length);
  if (Math.min(reference.rows, current.rows) < FEWEST_ROWS) {
    return {
      hypotheses: [],
      note: `joint drift not tested: fewer than ${FEWEST_ROWS} complete rows on a side`,
    };
  }
  // A column that stands still on either side has no correlation; its own verdict tells of it.
  const moving = names.map((_, i) => i).filter((i) => reference.sd[i] > 0 && current.sd[i] > 0);
  if (moving.length < 2) return { hypotheses: [] };
  const r = pick(reference, moving);
  const c = pick(current, moving);
  const pairs = correlationTest(r, c, context);
  const found = [meansTest(r, c, context), pairs?.hypothesis].filter((test) => test !== undefined);
  if (!pairs) return { hypotheses: found };
  const { i, j } = pairs;
  const d = moving.length;
  return {
    hypotheses: found,
    pair: {
      a: names[moving[i]],
      b: names[moving[j]],
      reference: r.correlation[i * d + j],
      current: c.correlation[i * d + j],
    },
  };
}

interface Moments {
  readonly rows: number;
  readonly mean: Float64Array;
  readonly sd: Float64Array;
  /** d × d. */
  readonly correlation: Float64Array;
}

/** Means, sd and correlations of u = rank/254. */
function moments({ jointRows, jointSum, jointCross }: TablePart, d: number): Moments {
  const rows = jointRows;
  const mean = Float64Array.from({ length: d }, (_, i) => (rows > 0 ? jointSum[i] / rows / 254 : 0));
  const covariance = (i: number, j: number) =>
    (jointCross[i * d + j] / 254 ** 2 - rows * mean[i] * mean[j]) / Math.max(1, rows - 1);
  const sd = Float64Array.from({ length: d }, (_, i) => Math.sqrt(Math.max(0, covariance(i, i))));
  for (let i = 0; i < d; i++) if (sd[i] < 1e-9) sd[i] = 0;
  const correlation = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      const scale = sd[i] * sd[j];
      correlation[i * d + j] =
        i === j ? 1 : scale > 0 ? Math.max(-1, Math.min(1, covariance(i, j) / scale)) : 0;
    }
  }
  return { rows, mean, sd, correlation };
}

function pick({ rows, mean, sd, correlation }: Moments, at: readonly number[]): Moments {
  const d = mean.length;
  return {
    rows,
    mean: Float64Array.from(at, (i) => mean[i]),
    sd: Float64Array.from(at, (i) => sd[i]),
    correlation: Float64Array.from(at.flatMap((i) => at.map((j) => correlation[i * d + j]))),
  };
}

function meansTest(reference: Moments, current: Moments, context: JointContext): Hypothesis | undefined {
  const { level, noise } = context;
  const m = reference.rows;
  const n = current.rows;
  const d = reference.mean.length;
  const weight = (m - 1) / (m + n - 2);
  const pooled = new Float64Array(d * d);
  const shift = new Float64Array(d);
  const scale = Float64Array.from({ length: d }, (_, i) =>
    Math.sqrt(weight * reference.sd[i] ** 2 + (1 - weight) * current.sd[i] ** 2),
  );
  for (let i = 0; i < d; i++) {
    shift[i] = (current.mean[i] - reference.mean[i]) / scale[i];
    for (let j = 0; j < d; j++) {
      const r = reference.correlation[i * d + j] * reference.sd[i] * reference.sd[j];
      const c = current.correlation[i * d + j] * current.sd[i] * current.sd[j];
      pooled[i * d + j] = i === j ? 1 : (weight * r + (1 - weight) * c) / (scale[i] * scale[j]);
    }
  }
  const eigen = symmetricEigen(pooled, d);
  const k = Math.min(usable(eigen), Math.floor(Math.min(m, n) / noise.deff / ROWS_PER_COMPONENT));
  if (k < 1) return undefined;
  let square = 0;
  for (let i = 0; i < k; i++) {
    let along = 0;
    for (let j = 0; j < d; j++) along += eigen.vectors[i][j] * shift[j];
    square += along ** 2 / eigen.values[i];
  }
  const variance = noise.deff * (1 / m + 1 / n);
  const t = square / variance;
  const free = (m + n) / noise.deff - k - 1;
  const f = (t * free) / (k * Math.max(1, (m + n) / noise.deff - 2));
  const z = -normalQuantile(unstudentised(level, noise) / 2);
  const root = Math.sqrt(variance);
  const reachAt = (p: number) => Math.sqrt(chiSquareUpperQuantile(unstudentised(p, noise), k)) * root;
  const tolerance = context.tolerance('jointMeans');
  const value = Math.sqrt(Math.max(0, square - k * variance));
  return {
    feature: null,
    metric: 'jointMeans',
    value,
    low: Math.max(0, Math.sqrt(square) - reachAt(level)),
    high: value + (z + 1) * root,
    tolerance,
    pValue: studentised(upperF(f, k, free), noise),
    pMethod: `Hotelling's T² of mean ranks on ${k} principal components of ${d} columns`,
    noise: reachAt,
    rowsNeeded: roundedRows(noise.deff * 2 * ((z + 1 + k ** 0.25) / tolerance) ** 2),
  };
}

function usable({ values }: Eigen): number {
  let count = 0;
  while (count < values.length && values[count] > LEAST_EIGENVALUE) count++;
  return count;
}

/** P(F(k, free) > f). */
function upperF(f: number, k: number, free: number): number {
  if (!(f > 0)) return 1;
  return betaI(free / 2, k / 2, free / (free + k * f), (k * f) / (free + k * f));
}

function correlationTest(
  reference: Moments,
  current: Moments,
  context: JointContext,
): { hypothesis: Hypothesis; i: number; j: number } | undefined {
  const { level, noise } = context;
  const m = reference.rows / noise.deff;
  const n = current.rows / noise.deff;
  if (Math.min(m, n) < FEWEST_ROWS) return undefined;
  const d = reference.mean.length;
  const pairs = (d * (d - 1)) / 2;
  const clip = (r: number) => Math.max(-0.9999, Math.min(0.9999, r));
  let best = { z: -1, i: 0, j: 1, se: 0 };
  for (let i = 0; i < d; i++) {
    for (let j = i + 1; j < d; j++) {
      const r = clip(reference.correlation[i * d + j]);
      const c = clip(current.correlation[i * d + j]);
      const se = Math.sqrt((1 + (r * r) / 2) / (m - 3) + (1 + (c * c) / 2) / (n - 3));
      const z = Math.abs(Math.atanh(r) - Math.atanh(c)) / se;
      if (z > best.z) best = { z, i, j, se };
    }
  }
  const { i, j, z, se } = best;
  const r = reference.correlation[i * d + j];
  const c = current.correlation[i * d + j];
  const value = Math.abs(r - c);
  // On the scale of correlations: d tanh = (1 − ρ²) dz.
  const slope = 1 - Math.min(0.99, ((r + c) / 2) ** 2);
  const reachAt = (p: number) => -normalQuantile(unstudentised(p, noise) / (2 * pairs)) * se * slope;
  const tolerance = context.tolerance('jointCorrelations');
  const reach = reachAt(level);
  return {
    i,
    j,
    hypothesis: {
      feature: null,
      metric: 'jointCorrelations',
      value,
      low: Math.max(0, value - reach),
      high: value + reach,
      tolerance,
      pValue: studentised(Math.min(1, pairs * 2 * normalSf(z)), noise),
      pMethod: `Fisher's z of rank correlations, the most changed of ${pairs} ${pairs === 1 ? 'pair' : 'pairs'}`,
      noise: reachAt,
      rowsNeeded: roundedRows((2 / (1 / m + 1 / n)) * noise.deff * ((2 * reach) / tolerance) ** 2),
    },
  };
}
