// SPDX-License-Identifier: Apache-2.0
/**
 * All distances of one categorical feature.
 *
 * Total variation is the main one, debiased: from each cell's |p − q| the noise E₀ that equal distributions would give it
 * (exact hypergeometric for small cells) is taken off, weighted by c·exp(−δ²/2), δ = |p − q| over its standard deviation:
 * fully where the difference is within noise, not at all where it is far beyond; c makes the value average 0 under the
 * null. The plug-in value and the null's mean stand in the convention.
 */
import type { CategoryFrame } from '../baseline/frame.js';
import type { CategoryPart } from '../profile/parts.js';
import { type CategoryCells, categoryCells } from './category-cells.js';
import { chiSquare, type TableTest } from './chi-square.js';
import { occupied } from './contingency.js';
import { cramersV } from './cramers-v.js';
import type { Distance, Distances } from './distance.js';
import { gTest } from './g-test.js';
import { lInfinity } from './l-infinity.js';
import { mergeSparse } from './merge-sparse.js';
import { fisherExact } from './share-difference.js';
import { normalQuantile, normalSf } from './special/normal.js';
import { asTest, type TableOptions, tableDistances } from './table-distances.js';
import { totalVariation, totalVariationNoise } from './total-variation.js';
import { type CellNoise, cellNoise, cellNoises, totalVariationPermutation } from './total-variation-null.js';

export interface CategoricalSides {
  readonly frame: CategoryFrame;
  readonly reference: CategoryPart;
  readonly current: CategoryPart;
  /** Intervals hold at 1 − level. */
  readonly level: number;
  /** Seed of the permutations. */
  readonly seed: number;
}

/** Empty when a side has no value. */
export function categoricalDistances(sides: CategoricalSides): Distances {
  const { frame, level, seed } = sides;
  const cells = categoryCells(frame, sides.reference, sides.current);
  const { m, n } = cells;
  if (m === 0 || n === 0) return {};
  const used = occupied(cells);
  const name = `${used} ${used === 1 ? 'category' : 'categories'}`;
  const rest = restCells(frame, cells);
  const merged = mergeSparse(cells, rest);
  const pearson = chiSquare(merged);
  const likelihood = gTest(merged);
  const test = categoryTest(cells, { merged: merged.merged, pearson, seed });
  const noises = cellNoises(cells);
  const table = (result: TableTest): Distance => ({
    value: result.statistic,
    pValue: result.pValue,
    pMethod: `asymptotic, ${result.df} df`,
    exact: merged.merged === 0,
    convention: `${merged.a.length} cells${merged.merged > 0 ? `, the last of ${merged.merged} sparse or unlisted categories merged` : ''}`,
  });
  return {
    totalVariation: debiasedVariation(cells, { noises, level, test }),
    lInfinity: greatest(frame, cells, { noises, level }),
    ...tableDistances(cells, { level, test, cells: name, exact: isExact(cells) }),
    chiSquare: table(pearson),
    gTest: table(likelihood),
    cramersV: {
      value: cramersV(pearson, m + n),
      ...asTest(pearson),
      exact: merged.merged === 0,
      convention: `√(χ²/rows), ${merged.a.length} cells`,
    },
  };
}

function isExact({ a, b, other }: CategoryCells): boolean {
  return a[other] === 0 || b[other] === 0;
}

/**
 * With a dictionary that could not hold all reference categories, its last members are there partly by chance. Those
 * near its rim, `other` and the unseen share one cell.
 */
function restCells(
  frame: CategoryFrame,
  { a, b, m, n, other }: CategoryCells,
): ((cell: number) => boolean) | undefined {
  if (a[other] + b[other] === 0 && frame.otherHashes.length === 0 && !frame.overflow) return undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < other; i++) if (a[i] > 0) least = Math.min(least, a[i]);
  const rim = Number.isFinite(least) ? 2 * ((least * (m + n)) / m) + 20 : 0;
  return (cell) => cell >= other || a[cell] + b[cell] < rim;
}

/**
 * The p-value for "same shares": Fisher's for two categories, χ² when every cell is well filled, else a permutation of
 * pooled counts by total variation.
 */
function categoryTest(
  cells: CategoryCells,
  { merged, pearson, seed }: { merged: number; pearson: TableTest; seed: number },
): TableOptions['test'] {
  const used = occupied(cells);
  if (used <= 1) return { pValue: 1, pMethod: 'one category on both sides' };
  if (used === 2) {
    const i = cells.a.findIndex((count, cell) => count + cells.b[cell] > 0);
    const { a, b, m, n } = cells;
    return { pValue: fisherExact({ reference: [a[i], m], current: [b[i], n] }), pMethod: 'exact (Fisher)' };
  }
  if (merged === 0) return asTest(pearson);
  return totalVariationPermutation(splitOther(cells), { observed: totalVariation(cells), seed });
}

/** `other` as one category a row: noise explains that most easily, so the permutation stays on the safe side. */
function splitOther(cells: CategoryCells): { a: ArrayLike<number>; b: ArrayLike<number> } {
  const { a, b, other } = cells;
  const count = a[other] + b[other];
  if (count === 0) return cells;
  const pieces = Math.min(count, 20_000);
  const singles = (side: Float64Array) => [
    ...Array.from(side).filter((_, i) => i !== other),
    ...Array.from({ length: pieces }, () => side[other] / pieces),
  ];
  return { a: singles(a), b: singles(b) };
}

interface VariationOptions {
  readonly noises: readonly CellNoise[];
  readonly level: number;
  readonly test: TableOptions['test'];
}

function debiasedVariation(cells: CategoryCells, { noises, level, test }: VariationOptions): Distance {
  const { a, b, m, n, other } = cells;
  const plugIn = totalVariation(cells);
  let bias = 0;
  let nullMean = 0;
  let spread = 0;
  for (let i = 0; i < a.length; i++) {
    const pooled = a[i] + b[i];
    const { mean, sd, weight } = noises[i];
    if (sd === 0) continue;
    const difference = Math.abs(a[i] / m - b[i] / n);
    if (i === other) {
      // Unlisted categories are at most one a row: noise explains all that so many could give.
      const single = pooled * cellNoise(1, m, n).mean;
      bias += Math.min(difference, single) / 2;
      nullMean += single / 2;
      spread += single / 2 / Math.sqrt(2 / Math.PI);
      continue;
    }
    bias += (mean * weight * Math.exp(-((difference / sd) ** 2) / 2)) / 2;
    nullMean += mean / 2;
    spread += mean / 2 / Math.sqrt(2 / Math.PI);
  }
  const noise = totalVariationNoise(cells, level / 2);
  const hidden = Math.min(a[other] / m, b[other] / n);
  const value = Math.max(0, plugIn - bias);
  return {
    value,
    ...(hidden > 0 && { lower: value, upper: Math.min(1, value + hidden) }),
    low: Math.max(0, plugIn - Math.max(noise.mean, nullMean) - noise.reach),
    high: Math.min(1, unfold(plugIn + noise.reach, spread) + hidden),
    ...test,
    exact: isExact(cells),
    convention: `half the sum of absolute differences, debiased; as counted ${round(plugIn)}, of which equal distributions would give ${round(nullMean)}`,
  };
}

/**
 * The greatest true total variation whose expected plug-in value is `observed`, when the cells' noise adds up to
 * `spread` = ½Σσ: E|d + σZ| is convex in d, so by Jensen the mean is least for d in proportion to σ, where it is
 * spread·f(t/spread), f the mean of a folded normal.
 */
function unfold(observed: number, spread: number): number {
  if (spread === 0) return observed;
  const target = observed / spread;
  const folded = (d: number) => Math.sqrt(2 / Math.PI) * Math.exp((-d * d) / 2) + d * (1 - 2 * normalSf(d));
  let [low, high] = [0, target];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (folded(middle) > target) high = middle;
    else low = middle;
  }
  return high * spread;
}

/** Interval and p by Bonferroni over the cells: normal noise of the noisiest cell, Fisher's p of the most changed. */
function greatest(
  frame: CategoryFrame,
  cells: CategoryCells,
  { noises, level }: Omit<VariationOptions, 'test'>,
): Distance {
  const { a, b, m, n } = cells;
  const { value, cell } = lInfinity(cells);
  const used = occupied(cells);
  let sd = 0;
  for (let i = 0; i < a.length; i++) {
    const [p, q] = [a[i] / m, b[i] / n];
    sd = Math.max(sd, Math.sqrt((p * (1 - p)) / m + (q * (1 - q)) / n), noises[i].sd);
  }
  const reach = -normalQuantile(level / (2 * used)) * sd;
  const tried = used + frame.otherHashes.length;
  return {
    value,
    low: Math.max(0, value - reach),
    high: Math.min(1, value + reach),
    pValue: Math.min(1, tried * leastFisher(cells, noises)),
    pMethod: `exact (Fisher) of the most changed category, times ${tried} categories`,
    exact: isExact(cells),
    convention: `largest absolute difference of shares${cell < cells.other ? '' : ', outside the dictionary'}`,
  };
}

/** Least Fisher p among the five cells that stand out most; `other` is left out, it is no category. */
function leastFisher({ a, b, m, n, other }: CategoryCells, noises: readonly CellNoise[]): number {
  const best: { score: number; cell: number }[] = [];
  for (let cell = 0; cell < a.length; cell++) {
    const { sd } = noises[cell];
    if (cell === other || sd === 0) continue;
    const score = Math.abs(a[cell] / m - b[cell] / n) / sd;
    if (best.length === 5 && score <= best[4].score) continue;
    best.push({ score, cell });
    best.sort((x, y) => y.score - x.score);
    best.length = Math.min(5, best.length);
  }
  let least = 1;
  for (const { cell } of best) {
    least = Math.min(least, fisherExact({ reference: [a[cell], m], current: [b[cell], n] }));
  }
  return least;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
