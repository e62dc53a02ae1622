// SPDX-License-Identifier: Apache-2.0
/**
 * Joint drift of the numeric columns: what no column shows alone. Every value enters as its mid-rank in the reference,
 * so outliers and units carry no weight, and sums of ranks and of their products are all that is needed.
 *
 * Means: Hotelling's T² of the difference of mean ranks (a multivariate Mann–Whitney test) on the principal components of
 * the pooled correlation matrix, as many as the rows can carry; F-distributed. Correlations: the greatest change of a
 * rank correlation over a bound of its error that holds for any dependence, Bonferroni over the pairs. Neither inverts
 * a matrix that the rows do not support, so both hold their level with few rows and many columns.
 */
import type { Comparison } from '../../distances/comparison.js';
import { chiSquareUpperQuantile } from '../../distances/special/chi-square.js';
import { betaI } from '../../distances/special/incomplete-beta.js';
import { normalQuantile, normalSf } from '../../distances/special/normal.js';
import type { Part } from '../../profile/parts.js';
import type { ToleranceName } from '../settings.js';
import { listed } from '../words/number-words.js';
import { type Hypothesis, type RowNoise, roundedRows, studentised, unstudentised } from './hypothesis.js';
import { type Eigen, symmetricEigen } from './symmetric-eigen.js';

/** Complete rows a side below which nothing is tested. */
const FEWEST_ROWS = 30;
/** Rows of the smaller side per unit of kurtosis of a pair of columns. */
const ROWS_PER_KURTOSIS = 20;
/** Rows of the smaller side per component. */
const ROWS_PER_COMPONENT = 10;
/** Components below this share of the mean eigenvalue are differences of columns that say the same. */
const LEAST_EIGENVALUE = 0.01;
const UNIFORM_KURTOSIS = 1.8;

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
  const reference = moments(comparison, 'reference');
  const current = moments(comparison, 'current');
  if (Math.min(reference.rows, current.rows) < FEWEST_ROWS) {
    const held = new Set(comparison.current.schema.map(({ name }) => name));
    const gone = names.filter((name) => !held.has(name));
    const why =
      gone.length > 0
        ? `${listed(gone)} ${gone.length === 1 ? 'is' : 'are'} missing`
        : `fewer than ${FEWEST_ROWS} complete rows on a side`;
    return { hypotheses: [], note: `joint drift not tested: ${why}` };
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
  readonly kurtosis: Float64Array;
  /** d × d. */
  readonly correlation: Float64Array;
}

/** Means, sd and correlations of u = rank/254; kurtosis from the bins' counts. */
function moments({ frame, ...sides }: Comparison, side: 'reference' | 'current'): Moments {
  const { profile } = sides[side];
  const { jointRows: rows, jointSum, jointCross } = profile.table;
  const d = frame.table.joint.length;
  const mean = Float64Array.from({ length: d }, (_, i) => (rows > 0 ? jointSum[i] / rows / 254 : 0));
  const covariance = (i: number, j: number) =>
    (jointCross[i * d + j] / 254 ** 2 - rows * mean[i] * mean[j]) / Math.max(1, rows - 1);
  const sd = Float64Array.from({ length: d }, (_, i) => Math.sqrt(Math.max(0, covariance(i, i))));
  for (let i = 0; i < d; i++) if (sd[i] < 1e-9) sd[i] = 0;
  const correlation = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      const scale = sd[i] * sd[j];
      const r = i === j ? 1 : scale > 0 ? covariance(i, j) / scale : 0;
      correlation[i * d + j] = Math.max(-1, Math.min(1, r));
    }
  }
  const kurtosis = Float64Array.from(frame.table.joint, (name, i) =>
    rankKurtosis(profile.parts.get(name), frame.table.jointRanks[i]),
  );
  return { rows, mean, sd, correlation, kurtosis };
}

/** E(u − ū)⁴ / (E(u − ū)²)² of the ranks of a part's values; at least that of ranks without ties. */
function rankKurtosis(part: Part | undefined, ranks: Int8Array | undefined): number {
  if (part?.kind !== 'number' || !ranks) return UNIFORM_KURTOSIS;
  let rows = 0;
  let sum = 0;
  part.counts.forEach((count, bin) => {
    rows += count;
    sum += count * ranks[bin];
  });
  let second = 0;
  let fourth = 0;
  part.counts.forEach((count, bin) => {
    const square = (ranks[bin] - sum / rows) ** 2;
    second += count * square;
    fourth += count * square * square;
  });
  return second > 0 ? Math.max(UNIFORM_KURTOSIS, (rows * fourth) / second ** 2) : UNIFORM_KURTOSIS;
}

function pick({ rows, mean, sd, correlation, kurtosis }: Moments, at: readonly number[]): Moments {
  const d = mean.length;
  return {
    rows,
    mean: Float64Array.from(at, (i) => mean[i]),
    sd: Float64Array.from(at, (i) => sd[i]),
    kurtosis: Float64Array.from(at, (i) => kurtosis[i]),
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
    deff: noise.deff,
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

/**
 * The difference of a pair's mean products under one population varies as Var(u_i u_j)(1/m + 1/n), also though ranks
 * were fitted on the reference (their error enters both means alike). Sums of products do not tell Var(u_i u_j), but
 * it is at most √(E u_i⁴ · E u_j⁴): 1.8 standardised for ranks without ties, where independent columns have 1.
 */
function correlationTest(
  reference: Moments,
  current: Moments,
  { level, noise, tolerance: toleranceOf }: JointContext,
): { hypothesis: Hypothesis; i: number; j: number } | undefined {
  const m = reference.rows / noise.deff;
  const n = current.rows / noise.deff;
  const d = reference.mean.length;
  const heavy = Float64Array.from({ length: d }, (_, i) =>
    Math.max(reference.kurtosis[i], current.kurtosis[i]),
  );
  let best = { z: -1, i: 0, j: 0, se: 1 };
  let pairs = 0;
  for (let i = 0; i < d; i++) {
    for (let j = i + 1; j < d; j++) {
      const kurtosis = Math.sqrt(heavy[i] * heavy[j]);
      // Products that a few rows decide are not normal in the mean.
      if (Math.min(m, n) < ROWS_PER_KURTOSIS * kurtosis) continue;
      pairs++;
      const se = Math.sqrt(kurtosis * (1 / m + 1 / n));
      const z = Math.abs(reference.correlation[i * d + j] - current.correlation[i * d + j]) / se;
      if (z > best.z) best = { z, i, j, se };
    }
  }
  if (pairs === 0) return undefined;
  const { i, j, z, se } = best;
  const value = Math.abs(reference.correlation[i * d + j] - current.correlation[i * d + j]);
  const reachAt = (p: number) => -normalQuantile(unstudentised(p, noise) / (2 * pairs)) * se;
  const tolerance = toleranceOf('jointCorrelations');
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
      deff: noise.deff,
      tolerance,
      pValue: studentised(Math.min(1, pairs * 2 * normalSf(z)), noise),
      pMethod: `rank correlations, the most changed of ${pairs} ${pairs === 1 ? 'pair' : 'pairs'}`,
      noise: reachAt,
      rowsNeeded: roundedRows((2 / (1 / m + 1 / n)) * noise.deff * ((1.5 * reach) / tolerance) ** 2),
    },
  };
}
