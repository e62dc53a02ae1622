// SPDX-License-Identifier: Apache-2.0
/**
 * After an alarm, which rows: a classifier that tells the sides apart (C2ST, Lopez-Paz & Oquab 2017), scored on rows that
 * it was not trained on, and the witness function of the MMD. Not for raising alarms: it halves the rows.
 */

import { momentRows } from '../../baseline/embedding/feature-covariance.js';
import { shuffled } from '../../baseline/embedding/halves.js';
import { columnMeans, rowsAt, without } from '../../baseline/embedding/rows.js';
import type { EmbeddingFrame } from '../../baseline/frame.js';
import type { LinearKernels } from '../../kernels/vectors.js';
import type { Distance } from '../distance.js';
import { aucInterval, aucOf, meanAuc } from './auc.js';
import { fitLogistic, type LogisticModel, logitOf } from './logistic.js';

export interface RowPair {
  readonly reference: Float32Array;
  readonly current: Float32Array;
}

export interface TypicalInput {
  readonly frame: EmbeddingFrame;
  readonly rows: RowPair;
  readonly level: number;
  readonly seed: number;
  readonly linear: LinearKernels;
  readonly pause?: (() => Promise<void>) | undefined;
}

export interface ScoredRow {
  /** Row number on its side. */
  readonly index: number;
  readonly value: number;
}

export interface TypicalRows {
  readonly classifier: Distance;
  /** Log odds of being current, of every current row; from folds that did not hold it. */
  readonly scores: Float32Array;
  /** The current rows that are most typical of what is new. */
  readonly newest: readonly ScoredRow[];
}

/** Halves: with more, each fold's test has fewer rows, and the folds' areas tell the same again. */
const FOLDS = 2;
/** Rows of a side that the classifier learns from. */
const MOST_ROWS = 2_000;
const LEAST_ROWS = 10;
/** Principal components that it sees, each with its square. */
const MOST_COMPONENTS = 128;
/** Rows that are listed. */
const LISTED = 50;

/** Undefined where a side has fewer than ten rows or the reference does not vary. */
export async function typicalRows(input: TypicalInput): Promise<TypicalRows | undefined> {
  const { frame, rows, level, seed, pause } = input;
  const d = frame.dimension;
  const [m, n] = [rows.reference.length / d, rows.current.length / d];
  if (m < LEAST_ROWS || n < LEAST_ROWS || frame.variances.length === 0) return undefined;
  const chosen = [shuffled(m, seed).slice(0, MOST_ROWS), shuffled(n, seed + 1).slice(0, MOST_ROWS)] as const;
  const count = chosen[0].length + chosen[1].length;
  const pooled = new Float32Array(count * d);
  pooled.set(rowsAt(rows.reference, d, chosen[0]));
  pooled.set(rowsAt(rows.current, d, chosen[1]), chosen[0].length * d);
  const scale = columnsOf(input, pooled);
  const features = scale.apply(pooled);
  const { p } = scale;
  const current = new Uint8Array(count).fill(1, chosen[0].length);
  // Shuffled already, so every FOLDS-th row of a side is a random fold.
  const foldOf = (i: number) => (i < chosen[0].length ? i : i - chosen[0].length) % FOLDS;
  const models: LogisticModel[] = [];
  const scored = new Float64Array(count);
  const areas = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    await pause?.();
    const use = Uint32Array.from({ length: count }, (_, i) => i).filter((i) => foldOf(i) !== fold);
    const model = fitLogistic(features, p, { use, current });
    models.push(model);
    const sides: [number[], number[]] = [[], []];
    for (let i = 0; i < count; i++) {
      if (foldOf(i) !== fold) continue;
      scored[i] = logitOf(model, features, i);
      sides[current[i]! as 0 | 1].push(scored[i]!);
    }
    areas.push(aucOf(Float64Array.from(sides[0]), Float64Array.from(sides[1])));
  }
  const area = meanAuc(areas);
  const interval = aucInterval(area, level);
  const scores = await scoreAll(input, { scale, models });
  chosen[1].forEach((row, i) => {
    scores[row] = scored[chosen[0].length + i]!;
  });
  return {
    classifier: {
      value: area.auc,
      ...interval,
      pMethod: 'Mann–Whitney, each half scored by the classifier of the other',
      exact: m <= MOST_ROWS && n <= MOST_ROWS,
      convention: `area under the ROC curve of a logistic classifier on ${p / 2} principal components and their squares, each half scored by the classifier of the other; ½ when the sides cannot be told apart; interval by DeLong`,
      details: { auc: area.auc, low: interval.low, high: interval.high },
    },
    scores,
    newest: most(scores, LISTED, 1),
  };
}

interface Columns {
  readonly p: number;
  apply(rows: Float32Array): Float32Array;
}

/** Deviations beyond which a component is far away, and no farther: its square is to stay finite in f32. */
const FARTHEST = 1e6;

function withinReach(component: number): number {
  // a sum that overflowed both ways is not a number: as far as can be
  return Number.isNaN(component) ? FARTHEST : Math.max(-FARTHEST, Math.min(FARTHEST, component));
}

/** Components and their squares, standardised over the pooled rows; what lies beyond four deviations is drawn in. */
function columnsOf({ frame, linear }: TypicalInput, pooled: Float32Array): Columns {
  const d = frame.dimension;
  const k = Math.min(MOST_COMPONENTS, frame.variances.length);
  const p = 2 * k;
  const raw = (rows: Float32Array) => {
    const components = linear.multiply(without(rows, frame.center), frame.directions.subarray(0, k * d), d);
    return momentRows(components.map(withinReach), k);
  };
  const first = raw(pooled);
  const means = columnMeans(first, p);
  const deviations = new Float64Array(p);
  for (let i = 0; i < first.length; i++) deviations[i % p]! += (first[i]! - means[i % p]!) ** 2;
  for (let j = 0; j < p; j++) deviations[j] = Math.sqrt(deviations[j]! / (first.length / p)) || 1;
  return {
    p,
    apply(rows) {
      const values = rows === pooled ? first : raw(rows);
      return values.map((value, i) => {
        const z = (value - means[i % p]!) / deviations[i % p]!;
        return Math.max(-4, Math.min(4, z));
      });
    },
  };
}

const CHUNK = 4_096;

async function scoreAll(
  { frame, rows, pause }: TypicalInput,
  { scale, models }: { scale: Columns; models: readonly LogisticModel[] },
): Promise<Float32Array> {
  const d = frame.dimension;
  const n = rows.current.length / d;
  const scores = new Float32Array(n);
  for (let from = 0; from < n; from += CHUNK) {
    const features = scale.apply(rows.current.subarray(from * d, Math.min(n, from + CHUNK) * d));
    for (let i = 0; i < features.length / scale.p; i++) {
      for (const model of models) scores[from + i]! += logitOf(model, features, i) / models.length;
    }
    await pause?.();
  }
  return scores;
}

export interface WitnessExtremes {
  /** Rows where current rows are denser than the reference's, most first, and the other way round; of each side. */
  readonly reference: { readonly newer: readonly ScoredRow[]; readonly older: readonly ScoredRow[] };
  readonly current: { readonly newer: readonly ScoredRow[]; readonly older: readonly ScoredRow[] };
}

/**
 * Extremes of the witness function z(x)·(mean features of current − of reference), in Fourier features. `shift` is that
 * difference (2D, rows of length 1).
 */
export async function witnessExtremes(
  { frame, rows, linear, pause }: TypicalInput,
  shift: Float64Array,
  listed = LISTED,
): Promise<WitnessExtremes> {
  const d = frame.dimension;
  const fourier = { dimension: d, count: frame.frequencies, seed: frame.seed, bandwidth: frame.bandwidth };
  const direction = Float32Array.from(shift);
  const sideOf = async (values: Float32Array) => {
    const witness = new Float32Array(values.length / d);
    for (let from = 0; from < witness.length; from += CHUNK) {
      const features = linear.fourierFeatures(values.subarray(from * d, (from + CHUNK) * d), fourier);
      witness.set(linear.multiply(features, direction, direction.length), from);
      await pause?.();
    }
    return { newer: most(witness, listed, 1), older: most(witness, listed, -1) };
  };
  return { reference: await sideOf(rows.reference), current: await sideOf(rows.current) };
}

/** The rows of largest (sign 1) or smallest (−1) value, most extreme first. */
function most(values: Float32Array, listed: number, sign: 1 | -1): ScoredRow[] {
  const order = Float64Array.from(values.keys()).sort((a, b) => sign * (values[b]! - values[a]!) || a - b);
  return Array.from(order.subarray(0, listed), (index) => ({ index, value: values[index]! }));
}
