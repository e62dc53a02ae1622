// SPDX-License-Identifier: Apache-2.0
/**
 * Permutation test of all statistics from pooled rows. Whitening and components are fitted on the pooled rows, which no
 * relabelling changes, so the level is exact without fitting again for each draw; mean differences of all labellings are one
 * matrix product.
 */
import { principalComponents } from '../../baseline/embedding/components.js';
import { momentRows, ridgeFactors } from '../../baseline/embedding/feature-covariance.js';
import { columnMeans, transposed, without } from '../../baseline/embedding/rows.js';
import type { EmbeddingFrame } from '../../baseline/frame.js';
import type { LinearKernels } from '../../kernels/vectors.js';
import { cauchyCombined } from './combine.js';
import { upperTail } from './null-law.js';
import { labellings, momentsOf, rankP } from './relabelling.js';
import { fromCumulants, type StatisticName, type Tested } from './tested.js';

export interface Permuted {
  readonly tests: Tested[];
  readonly combinedP: number;
  readonly draws: number;
}

export interface PermutationInput {
  readonly frame: EmbeddingFrame;
  readonly rows: { readonly reference: Float32Array; readonly current: Float32Array };
  readonly linear: LinearKernels;
  readonly seed: number;
  readonly draws?: number;
  readonly share: number;
  readonly pause?: (() => Promise<void>) | undefined;
}

/** Components beyond this cost more than they tell with few rows. */
const MOST_COMPONENTS = 512;

interface Column {
  readonly name: StatisticName;
  readonly ridge?: number;
  /** Of every labelling, the observed one first. */
  readonly values: Float64Array;
}

/** Both sides have at least one row, finite ones only; together at least four. */
export async function permutationTests(input: PermutationInput): Promise<Permuted> {
  const { frame, rows, linear, seed, share, pause } = input;
  const d = frame.dimension;
  const m = rows.reference.length / d;
  const n = rows.current.length / d;
  const pooled = new Float32Array((m + n) * d);
  pooled.set(rows.reference);
  pooled.set(rows.current, m * d);
  const marks = labellings(m + n, n, { seed, ...(input.draws === undefined ? {} : { draws: input.draws }) });
  const draws = marks.length / (m + n) - 1;
  const c = 1 / n + 1 / m;
  const columns: Column[] = [];

  const fourier = { dimension: d, count: frame.frequencies, seed: frame.seed, bandwidth: frame.bandwidth };
  const p = 2 * frame.frequencies;
  const features = centred(linear.fourierFeatures(pooled, fourier), p);
  await pause?.();
  const shifts = differences(features, p, { marks, c, linear });
  columns.push({ name: 'fourierMmd', values: lengths(shifts, p) });
  const covariance = linear.crossProducts(features, p);
  for (let i = 0; i < covariance.length; i++) covariance[i]! /= m + n - 1;
  await pause?.();
  for (const { ridge, lower } of ridgeFactors(covariance, p, linear) ?? []) {
    const whitened = linear.solveLower(lower, p, shifts);
    columns.push({ name: 'fourierMmdWhitened', ridge, values: lengths(whitened, p) });
    await pause?.();
  }

  const moved = centred(pooled, d);
  const most = Math.min(d, MOST_COMPONENTS, (m + n) >> 1);
  const { directions, variances } = principalComponents(moved, d, { k: most, linear, seed });
  const k = variances.length;
  if (k > 0) {
    await pause?.();
    const scaled = Float32Array.from(
      directions,
      (value, i) => value / Math.sqrt(variances[Math.floor(i / d)]!),
    );
    const moments = centred(momentRows(linear.multiply(moved, scaled, d), k), 2 * k);
    const values = lengths(differences(moments, 2 * k, { marks, c, linear }), 2 * k);
    columns.push({ name: 'principalMoments', values });
  }
  return { ...judged(columns, { m, n, share }), draws };
}

function centred(rows: Float32Array, p: number): Float32Array {
  return without(rows, columnMeans(rows, p));
}

/** Mean of the marked rows less that of the others, for rows that sum to 0: (1/n + 1/m) Σ marked. */
function differences(
  rows: Float32Array,
  p: number,
  { marks, c, linear }: { marks: Float32Array; c: number; linear: LinearKernels },
): Float64Array {
  const sums = linear.multiply(marks, transposed(rows, p), rows.length / p);
  return Float64Array.from(sums, (sum) => sum * c);
}

function lengths(rows: Float64Array, p: number): Float64Array {
  const squares = new Float64Array(rows.length / p);
  for (let i = 0; i < rows.length; i++) squares[Math.floor(i / p)]! += rows[i]! ** 2;
  return squares;
}

/** p of each statistic, and of their combination held against the combinations of all labellings. */
function judged(
  columns: readonly Column[],
  { m, n, share }: { m: number; n: number; share: number },
): { tests: Tested[]; combinedP: number } {
  const c = 1 / n + 1 / m;
  const tests: Tested[] = [];
  const fitted = columns.map(({ values }) => {
    const cumulants = momentsOf(values);
    return values.map((value) => upperTail(value, cumulants));
  });
  columns.forEach(({ name, ridge, values }, i) => {
    const cumulants = momentsOf(values);
    const { pValue } = rankP(values, () => fitted[i]![0]!);
    const input = {
      name,
      ...(ridge === undefined ? {} : { ridge }),
      value: values[0]!,
      sizes: { m, n },
      share,
    };
    const scale = Math.max(Math.sqrt(Math.max(0, cumulants.k2) / 2) / c, 1e-30);
    tests.push(fromCumulants(input, { cumulants, pValue, along: 1, scale }));
  });
  const combinedOf = (draw: number) => {
    const names = [...new Set(columns.map(({ name }) => name))];
    return cauchyCombined(
      names.map((name) =>
        cauchyCombined(fitted.filter((_, i) => columns[i]!.name === name).map((p) => p[draw]!)),
      ),
    );
  };
  const strength = Float64Array.from({ length: fitted[0]!.length }, (_, draw) => -combinedOf(draw));
  return { tests, combinedP: rankP(strength, () => -strength[0]!).pValue };
}
