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

const MOST_DRAWS = 999;
/** Enough draws that reached the observed value: the p so far is good to a third (Besag & Clifford 1991). */
const ENOUGH_REACHED = 12;
/** After so many draws a value this many standard deviations out needs no more of them. */
const FIRST_DRAWS = 199;
const FAR = 6;

/**
 * Permutation p of `observed` total variation. Draws end early once twelve have reached it, p = reached/draws then; when
 * fewer have after all draws, p is the tail of a gamma distribution with the mean, variance and skewness of the draws,
 * so that it can fall below 1/draws. Never under 1e-12: the fit is not worth more.
 * The rows of `scattered` cells count as one category each.
 */
export function totalVariationPermutation(
  { a, b }: Contingency,
  { observed, seed, scattered }: { observed: number; seed: number; scattered: ReadonlySet<number> },
): { pValue: number; pMethod: string } {
  const pooled: number[] = [];
  let singles = 0;
  for (let i = 0; i < a.length; i++) {
    const count = a[i] + b[i];
    if (scattered.has(i) || count === 1) singles += count;
    else if (count > 0) pooled.push(count);
  }
  const m = total(a);
  const n = total(b);
  pooled.sort((x, y) => x - y);
  const random = randomFrom(seed);
  const values: number[] = [];
  let reached = 0;
  for (let r = 1; r <= MOST_DRAWS; r++) {
    // All categories of one row are dealt out at once: only how many fall on each side matters.
    let left = m - drawHypergeometric({ total: m + n, marked: singles, drawn: m }, random);
    let rows = m + n - singles;
    let sum = (m - left) / m + (singles - (m - left)) / n;
    for (const count of pooled) {
      const x = drawHypergeometric({ total: rows, marked: count, drawn: left }, random);
      sum += Math.abs(x / m - (count - x) / n);
      rows -= count;
      left -= x;
    }
    values.push(sum / 2);
    if (sum / 2 >= observed - 1e-12) reached++;
    if (reached >= ENOUGH_REACHED) return { pValue: reached / r, pMethod: `permutation (${r})` };
    if (r === FIRST_DRAWS && reached === 0 && gammaTail(values, observed).z > FAR) break;
  }
  const { p } = gammaTail(values, observed);
  return {
    pValue: Math.min(ENOUGH_REACHED / values.length, Math.max(1e-12, p)),
    pMethod: `permutation (${values.length}), gamma tail`,
  };
}

/** P(X ≥ x) of the Pearson III distribution with the first three moments of `values`; normal where it is not skewed. */
function gammaTail(values: readonly number[], x: number): { p: number; z: number } {
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
  if (!(sd > 0)) return { p: x > mean + 1e-12 ? 1 / (count + 1) : 1, z: 0 };
  const skewness = third / sd ** 3;
  const z = (x - mean) / sd;
  // A left-skewed fit would end too early; the normal tail is the safe one then.
  if (skewness < 0.02) return { p: normalSf(z), z };
  const shape = 4 / skewness ** 2;
  return { p: gammaQ(shape, Math.max(0, shape + z * Math.sqrt(shape))), z };
}
