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
import { gTestWilliams } from './g-test.js';
import { lInfinity } from './l-infinity.js';
import { mergeSparse } from './merge-sparse.js';
import { fisherExact, type SharePair, shareDifference } from './share-difference.js';
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
  const likelihood = gTestWilliams(merged);
  const test = categoryTest(cells, { merged: merged.merged, pearson, seed });
  const noises = cellNoises(cells);
  const table = (result: TableTest, method: string): Distance => ({
    value: result.statistic,
    pValue: result.pValue,
    pMethod: `${method}, ${result.df} df`,
    exact: merged.merged === 0,
    convention: `${merged.a.length} cells${merged.merged > 0 ? `, the last of ${merged.merged} sparse or unlisted categories merged` : ''}`,
  });
  return {
    totalVariation: debiasedVariation(cells, { noises, level, test }),
    lInfinity: greatest(frame, cells, { noises, level }),
    ...tableDistances(cells, { level, test, cells: name, exact: isExact(cells), dense: merged }),
    chiSquare: table(pearson, 'asymptotic'),
    gTest: table(likelihood, "asymptotic, Williams' correction"),
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
  { a, b, m, n, other, scattered }: CategoryCells,
): (cell: number) => boolean {
  if (a[other] + b[other] === 0 && frame.otherHashes.length === 0 && !frame.overflow) {
    return (cell) => scattered.has(cell);
  }
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
  const two = twoCategories(cells);
  if (two) return { pValue: fisherExact(two), pMethod: 'exact (Fisher)' };
  if (merged === 0) return asTest(pearson);
  return totalVariationPermutation(cells, {
    observed: totalVariation(cells),
    seed,
    scattered: cells.scattered,
  });
}

interface VariationOptions {
  readonly noises: readonly CellNoise[];
  readonly level: number;
  readonly test: TableOptions['test'];
}

/** The two categories of a feature that has no others, as shares; undefined for any other number. */
function twoCategories(cells: CategoryCells): SharePair | undefined {
  const { a, b, m, n, scattered } = cells;
  if (occupied(cells) !== 2) return undefined;
  const i = a.findIndex((count, cell) => count + b[cell] > 0);
  const j = a.findIndex((count, cell) => cell > i && count + b[cell] > 0);
  if (scattered.has(i) || scattered.has(j)) return undefined;
  return { reference: [a[i], m], current: [b[i], n] };
}

function debiasedVariation(cells: CategoryCells, { noises, level, test }: VariationOptions): Distance {
  const { a, b, m, n, other, scattered } = cells;
  const plugIn = totalVariation(cells);
  const single = cellNoise(1, m, n).mean;
  let bias = 0;
  let nullMean = 0;
  for (let i = 0; i < a.length; i++) {
    const pooled = a[i] + b[i];
    const { mean, sd, weight } = noises[i];
    if (pooled === 0) continue;
    const difference = Math.abs(a[i] / m - b[i] / n);
    if (scattered.has(i)) {
      // One category a row: noise explains all that so many could give.
      bias += Math.min(difference, pooled * single) / 2;
      nullMean += (pooled * single) / 2;
    } else if (sd > 0) {
      bias += (mean * weight * Math.exp(-((difference / sd) ** 2) / 2)) / 2;
      nullMean += mean / 2;
    }
  }
  const hidden = Math.min(a[other] / m, b[other] / n);
  // What rounding leaves of a difference is none.
  const value = plugIn - bias > 1e-12 ? plugIn - bias : 0;
  return {
    value,
    ...(hidden > 0 && { lower: value, upper: Math.min(1, value + hidden) }),
    ...variationInterval(cells, { plugIn, nullMean, hidden, level }),
    ...test,
    exact: isExact(cells),
    convention: `half the sum of absolute differences, debiased; as counted ${round(plugIn)}, of which equal distributions would give ${round(nullMean)}`,
  };
}

/** Newcombe's for two categories, else by the noise of the supremum over sets of cells (total-variation.ts). */
function variationInterval(
  cells: CategoryCells,
  { plugIn, nullMean, hidden, level }: { plugIn: number; nullMean: number; hidden: number; level: number },
): { low: number; high: number } {
  const two = twoCategories(cells);
  if (two) {
    const { low, high } = shareDifference({ ...two, level });
    return { low: Math.max(0, low, -high), high: Math.max(high, -low) };
  }
  // Categories of few rows: their own shares tell too little of their noise, the pooled ones more.
  const noise = totalVariationNoise(cells, level / 2, nullMean);
  const spread = nullMean / Math.sqrt(2 / Math.PI);
  return {
    low: Math.max(0, plugIn - noise.above),
    high: Math.min(1, unfold(plugIn + noise.reach, spread) + hidden),
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
  const { value, cell } = lInfinity(cells, cells.scattered);
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

/** Least Fisher p among the five cells that stand out most; unlisted ones are left out. */
function leastFisher({ a, b, m, n, scattered }: CategoryCells, noises: readonly CellNoise[]): number {
  const best: { score: number; cell: number }[] = [];
  for (let cell = 0; cell < a.length; cell++) {
    const { sd } = noises[cell];
    if (scattered.has(cell) || sd === 0) continue;
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
