// SPDX-License-Identifier: Apache-2.0
/**
 * What total variation would be if the rows of both sides were dealt out at random: pooled counts are kept, and each
 * cell's count on the reference side is hypergeometric. This null holds at any number of cells, where the plug-in value
 * is far from 0 by noise alone (2,000 Zipf categories, 5,000 rows a side: .23).
 */
import { type Contingency, total } from './contingency.js';
import { drawHypergeometric } from './hypergeometric-draw.js';
import { hypergeometricPmf } from './special/hypergeometric.js';
import { gammaQ } from './special/incomplete-gamma.js';
import { normalSf } from './special/normal.js';
import { randomFrom } from './special/random.js';

export interface CellNoise {
  /** E|p̂ − q̂| of the cell under the null. */
  readonly mean: number;
  readonly sd: number;
  /** 1 / E exp(−δ²/2), δ = |p̂ − q̂|/sd: makes the debiasing weight average 1 under the null. */
  readonly weight: number;
}

/** Above this pooled count a cell's noise is taken as normal. */
const EXACT_CELL = 64;

/** Noise of a cell with `pooled` rows among m + n. */
export function cellNoise(pooled: number, m: number, n: number): CellNoise {
  const rows = m + n;
  const scale = rows / (m * n);
  const mean = (pooled * m) / rows;
  const sd = Math.sqrt((mean * (n / rows) * (rows - pooled)) / Math.max(1, rows - 1));
  if (sd === 0) return { mean: 0, sd: 0, weight: 1 };
  if (pooled > EXACT_CELL) {
    return { mean: Math.sqrt(2 / Math.PI) * sd * scale, sd: sd * scale, weight: Math.SQRT2 };
  }
  const urn = { total: rows, marked: pooled, drawn: m };
  let absolute = 0;
  let weight = 0;
  for (let x = Math.max(0, pooled - n); x <= Math.min(pooled, m); x++) {
    const p = hypergeometricPmf(x, urn);
    absolute += p * Math.abs(x - mean);
    weight += p * Math.exp(-(((x - mean) / sd) ** 2) / 2);
  }
  return { mean: absolute * scale, sd: sd * scale, weight: 1 / weight };
}

/** Noise per cell, the small pooled counts computed once. */
export function cellNoises({ a, b }: Contingency): CellNoise[] {
  const m = total(a);
  const n = total(b);
  const known = new Map<number, CellNoise>();
  return Array.from({ length: a.length }, (_, i) => {
    const pooled = a[i] + b[i];
    let noise = known.get(pooled);
    if (!noise) {
      noise = cellNoise(pooled, m, n);
      known.set(pooled, noise);
    }
    return noise;
  });
}

/** Cells × draws that one permutation test may cost (a few tens of ms). */
const PERMUTATION_WORK = 1e6;
const MOST_DRAWS = 999;
const FEWEST_DRAWS = 99;

/**
 * Permutation p of `observed` total variation. While at least ten of the draws reach it, p = (reached + 1)/(draws + 1);
 * beyond, the tail of a gamma distribution with the mean, variance and skewness of the draws, so that p can fall below
 * 1/draws. Never under 1e-12: the fit is not worth more.
 */
export function totalVariationPermutation(
  { a, b }: Contingency,
  { observed, seed }: { observed: number; seed: number },
): { pValue: number; pMethod: string } {
  const pooled: number[] = [];
  for (let i = 0; i < a.length; i++) if (a[i] + b[i] > 0) pooled.push(a[i] + b[i]);
  const m = total(a);
  const n = total(b);
  // Large cells first: the dealing out of what is left ends sooner.
  pooled.sort((x, y) => y - x);
  const draws = Math.max(FEWEST_DRAWS, Math.min(MOST_DRAWS, Math.floor(PERMUTATION_WORK / pooled.length)));
  const random = randomFrom(seed);
  const values = new Float64Array(draws);
  for (let r = 0; r < draws; r++) {
    let rows = m + n;
    let left = m;
    let sum = 0;
    for (const count of pooled) {
      const x = drawHypergeometric({ total: rows, marked: count, drawn: left }, random);
      sum += Math.abs(x / m - (count - x) / n);
      rows -= count;
      left -= x;
    }
    values[r] = sum / 2;
  }
  let reached = 0;
  for (const v of values) if (v >= observed - 1e-12) reached++;
  const counted = (reached + 1) / (draws + 1);
  if (reached >= 10) return { pValue: counted, pMethod: `permutation (${draws})` };
  const tail = gammaTail(values, observed);
  return {
    pValue: Math.min(10 / draws, Math.max(1e-12, tail)),
    pMethod: `permutation (${draws}), gamma tail`,
  };
}

/** P(X ≥ x) of the Pearson III distribution with the first three moments of `values`; normal where it is not skewed. */
function gammaTail(values: Float64Array, x: number): number {
  const count = values.length;
  let mean = 0;
  for (const v of values) mean += v / count;
  let second = 0;
  let third = 0;
  for (const v of values) {
    second += (v - mean) ** 2 / (count - 1);
    third += (v - mean) ** 3 / count;
  }
  const sd = Math.sqrt(second);
  if (!(sd > 0)) return x > mean ? 1 / (count + 1) : 1;
  const skewness = third / sd ** 3;
  const z = (x - mean) / sd;
  // A left-skewed fit would end too early; the normal tail is the safe one then.
  if (skewness < 0.02) return normalSf(z);
  const shape = 4 / skewness ** 2;
  return gammaQ(shape, Math.max(0, shape + z * Math.sqrt(shape)));
}
