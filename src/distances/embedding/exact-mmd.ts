// SPDX-License-Identifier: Apache-2.0
import { shuffled } from '../../baseline/embedding/halves.js';
import { columnMeans, rowsAt, without } from '../../baseline/embedding/rows.js';
import type { LinearKernels } from '../../kernels/vectors.js';
import type { Distance } from '../distance.js';
import { upperTail } from './null-law.js';
import { labellings, momentsOf, rankP } from './relabelling.js';

/** Rows of one side that enter at most; more are thinned out by a seed. */
const EXACT_ROWS = 2_000;
/** Multiplications that all pairs may cost: fewer rows where they are long. */
const EXACT_WORK = 1.6e10;

export interface ExactMmdInput {
  readonly rows: { readonly reference: Float32Array; readonly current: Float32Array };
  readonly dimension: number;
  readonly bandwidth: number;
  readonly linear: LinearKernels;
  readonly seed: number;
  readonly draws?: number;
  readonly pause?: (() => Promise<void>) | undefined;
}

/**
 * MMD² of all pairs with the Gaussian kernel exp(−‖x−y‖²/2σ²) (Gretton et al. 2012): unbiased, pairs of a row with itself
 * left out, and biased among the details. p by relabelling the pooled rows. Undefined with fewer than two rows on a side.
 */
export async function exactMmd(input: ExactMmdInput): Promise<Distance | undefined> {
  const { dimension: d, bandwidth, linear, seed, pause } = input;
  const most = Math.min(EXACT_ROWS, Math.floor(Math.sqrt(EXACT_WORK / d) / 2));
  const reference = thinned(input.rows.reference, { d, most, seed });
  const current = thinned(input.rows.current, { d, most, seed: seed + 1 });
  const m = reference.length / d;
  const n = current.length / d;
  if (m < 2 || n < 2) return undefined;
  const pooled = new Float32Array((m + n) * d);
  pooled.set(reference);
  pooled.set(current, m * d);
  const moved = without(pooled, columnMeans(pooled, d));
  const kernel = linear.squaredDistances(moved, moved, d);
  await pause?.();
  const gamma = 1 / (2 * bandwidth * bandwidth);
  const total = m + n;
  for (let i = 0; i < kernel.length; i++) kernel[i] = Math.exp(-gamma * Math.max(0, kernel[i]!));
  for (let i = 0; i < total; i++) kernel[i * total + i] = 1;
  await pause?.();
  const values = relabelled(kernel, { m, n, seed, linear, draws: input.draws });
  const { unbiased } = values;
  const { pValue, fitted } = rankP(unbiased, () => upperTail(unbiased[0]!, momentsOf(unbiased)));
  const draws = unbiased.length - 1;
  const whole =
    reference.length === input.rows.reference.length && current.length === input.rows.current.length;
  return {
    value: unbiased[0]!,
    pValue,
    pMethod: fitted ? `gamma law fitted to ${draws} permutations` : `permutation (${draws})`,
    exact: whole,
    convention: `unbiased MMD² of all pairs, Gaussian kernel exp(−‖x−y‖²/2σ²), σ = ${Number(bandwidth.toPrecision(4))} (median distance in the reference)${
      whole ? '' : `, from ${m} reference and ${n} current rows drawn at random`
    }`,
    details: { biased: values.biased, bandwidth },
  };
}

function thinned(
  rows: Float32Array,
  { d, most, seed }: { d: number; most: number; seed: number },
): Float32Array {
  const count = rows.length / d;
  return count <= most ? rows : rowsAt(rows, d, shuffled(count, seed).slice(0, most).sort());
}

function relabelled(
  kernel: Float32Array,
  {
    m,
    n,
    seed,
    linear,
    draws,
  }: { m: number; n: number; seed: number; linear: LinearKernels; draws: number | undefined },
): { unbiased: Float64Array; biased: number } {
  const total = m + n;
  const marks = labellings(total, n, { seed, ...(draws === undefined ? {} : { draws }) });
  const sums = linear.multiply(marks, kernel, total);
  const rowSums = new Float64Array(total);
  for (let i = 0; i < total; i++) for (let j = 0; j < total; j++) rowSums[i]! += kernel[i * total + j]!;
  const all = rowSums.reduce((sum, value) => sum + value, 0);
  let biased = 0;
  const unbiased = Float64Array.from({ length: marks.length / total }, (_, draw) => {
    let [inside, touching] = [0, 0];
    for (let i = 0; i < total; i++) {
      if (marks[draw * total + i] === 0) continue;
      // The observed labelling in f64: it is the value that is reported.
      if (draw === 0) for (let j = m; j < total; j++) inside += kernel[i * total + j]!;
      else inside += sums[draw * total + i]!;
      touching += rowSums[i]!;
    }
    const across = touching - inside;
    const others = all - 2 * across - inside;
    if (draw === 0) biased = Math.max(0, inside / n ** 2 + others / m ** 2 - (2 * across) / (n * m));
    return (inside - n) / (n * (n - 1)) + (others - m) / (m * (m - 1)) - (2 * across) / (n * m);
  });
  return { unbiased, biased };
}
