// SPDX-License-Identifier: Apache-2.0
/**
 * What is tested of a categorical feature: total variation, less what chance alone gives, and the share of rows with a
 * category that the reference never held, against Good and Turing's expectation.
 */

import type { CategoryFrame } from '../../baseline/frame.js';
import { chiSquare } from '../../distances/chi-square.js';
import type { FeatureComparison } from '../../distances/comparison.js';
import { type MergedCells, mergeSparse } from '../../distances/merge-sparse.js';
import { fisherExact, wilson } from '../../distances/share-difference.js';
import { chiSquareSf } from '../../distances/special/chi-square.js';
import { normalQuantile } from '../../distances/special/normal.js';
import type { CategoryPart } from '../../profile/parts.js';
import { roundedNumber } from '../words/number-words.js';
import { type Hypothesis, type RowNoise, roundedRows, studentised, unstudentised } from './hypothesis.js';
import { type PooledCells, pooledCells, totalVariation } from './pooled-cells.js';
import { type NullLaw, pearsonTail, shuffleLaw } from './shuffle-null.js';
import type { TestContext } from './test-context.js';
import { unseenCounts, unseenP } from './unseen-tail.js';

export function categoryTests(comparison: FeatureComparison, context: TestContext): Hypothesis[] {
  const { name, frame: anyFrame } = comparison.feature;
  const frame = anyFrame as CategoryFrame;
  const reference = comparison.reference as CategoryPart;
  const current = comparison.current as CategoryPart;
  const cells = pooledCells(frame, reference, current);
  if (cells.m === 0 || cells.n === 0) return [];
  const found = [mainTest(comparison, cells, context)];
  if (!frame.overflow && frame.kind !== 'boolean') {
    found.push(unseenTest(name, { frame, reference, current, context }));
  }
  return found;
}

/**
 * The main metric as it was measured: with independent rows value, interval and p are the distance's own. With a design
 * effect the interval widens, and p is that of the shuffled counts with as many rows fewer.
 */
function mainTest(
  { feature, distances }: FeatureComparison,
  cells: PooledCells,
  context: TestContext,
): Hypothesis {
  const { noise } = context;
  const metric = distances[context.metric] === undefined ? 'totalVariation' : context.metric;
  const distance = distances[metric];
  if (distance === undefined) return totalVariationTest(feature.name, cells, context);
  const { value, lower, upper, low = 0, high = value } = distance;
  const stretch = Math.sqrt(noise.deff);
  // Expensive, and asked for by few: only where a p or a noise level is wanted.
  let made: Hypothesis | undefined;
  const shuffled = () => {
    made ??= totalVariationTest(feature.name, cells, context);
    return made;
  };
  const raw = totalVariation(cells);
  const reached = (at: number) => {
    const { sampling, reaches } = chanceOf(cells, context);
    // Natural variation stays in the distance, which has only the noise of sampling taken off, and little where it is beyond it.
    const taken = noise.deff === 1 ? sampling : metric === 'totalVariation' ? raw - value : 0;
    const scale = metric === 'totalVariation' || raw <= taken ? 1 : value / (raw - taken);
    return scale * Math.max(0, reaches(at) - taken);
  };
  const measured = noise.deff === 1 && distance.pValue !== undefined;
  const tolerance = context.tolerance(metric);
  const reach = high - value;
  return {
    feature: feature.name,
    metric,
    value,
    ...(lower === undefined ? {} : { lower }),
    ...(upper === undefined ? {} : { upper }),
    low: Math.max(0, value - (value - low) * stretch),
    high: value + reach * stretch,
    deff: noise.deff,
    tolerance,
    pValue: measured ? (distance.pValue ?? 1) : shuffled().pValue,
    pMethod: measured ? (distance.pMethod ?? 'asymptotic') : shuffled().pMethod,
    noise: reached,
    rowsNeeded: rowsFor({ tolerance, reach: 1.2 * reach * stretch }, cells, context),
  };
}

/** Rows below which the shares of a side tell nothing about their own noise. */
const TELLING = 30;

/** Rows a side at which `reach`, as these rows have it, is within the tolerance; with a handful of rows the most that it can take. */
function rowsFor(
  { tolerance, reach }: { tolerance: number; reach: number },
  { m, n }: PooledCells,
  { level, noise }: TestContext,
): number {
  const z = normalQuantile(unstudentised(level, noise) / 2);
  const most = Math.min(m, n) < TELLING ? noise.deff * 0.5 * ((1.2 * z) / tolerance) ** 2 : 0;
  return roundedRows(Math.max(most, (2 / (1 / m + 1 / n)) * (reach / tolerance) ** 2));
}

/**
 * TV of both sides' shares over the given cells. Value: TV less its mean under shuffling, which is exact when the change
 * sits in few categories; high: √(high² − mean²), which covers changes spread over all. p: χ² when nearly all rows are in
 * cells that expect 5 on each side, Fisher's for two cells, else by shuffling the pooled counts.
 */
export function totalVariationTest(feature: string, cells: PooledCells, context: TestContext): Hypothesis {
  const { level, noise } = context;
  const tolerance = context.tolerance('totalVariation');
  const raw = totalVariation(cells);
  const { law, reaches } = chanceOf(cells, context);
  const stretch = Math.sqrt(noise.deff);
  const reach = -normalQuantile(unstudentised(level, noise) / 2) * stretch * spreadOf(cells);
  const quadrature = (value: number) => Math.sqrt(Math.max(0, value * value - law.mean * law.mean));
  const value = Math.max(0, raw - law.mean);
  const nullReach = quadrature(law.mean + Math.max(reach, 2 * law.sd));
  return {
    feature,
    metric: 'totalVariation',
    value,
    low: Math.max(0, value - reach),
    high: Math.min(1, Math.max(value, quadrature(raw + reach))),
    deff: noise.deff,
    tolerance,
    ...pOf(cells, raw, law, context),
    noise: (p) => Math.max(0, reaches(p) - law.mean),
    rowsNeeded: rowsFor({ tolerance, reach: nullReach }, cells, context),
  };
}

/** Total variation as counted, where nothing changed. */
interface Chance {
  readonly law: NullLaw;
  /** Its mean by sampling alone, as far as that is taken off what is reported; `law` holds natural variation too. */
  readonly sampling: number;
  /** What it reaches with probability p. */
  readonly reaches: (p: number) => number;
}

function chanceOf(cells: PooledCells, { noise }: TestContext): Chance {
  const iid = shuffleLaw(cells);
  const stretch = Math.sqrt(noise.deff);
  const law = { ...iid, mean: iid.mean * stretch, sd: iid.sd * stretch };
  // Of two shares one says all: |normal|, whose spread is not that of many cells, and of which nothing is taken off
  // where it is beyond its noise.
  if (cells.a.reduce((filled, count, i) => filled + (count + cells.b[i] > 0 ? 1 : 0), 0) === 2) {
    const sd = law.mean / Math.sqrt(2 / Math.PI);
    return { law, sampling: 0, reaches: (p) => -normalQuantile(unstudentised(p, noise) / 2) * sd };
  }
  return {
    law,
    sampling: iid.mean,
    reaches: (p) => {
      const q = -normalQuantile(unstudentised(p, noise));
      return law.mean + law.sd * (q + (law.skew / 6) * (q * q - 1));
    },
  };
}

/** sd of TV at the observed shares: ½ √(Var s/n + Var s/m), s = the sign of the change of a row's category. */
function spreadOf({ m, n, a, b }: PooledCells): number {
  let p = 0;
  let q = 0;
  for (let i = 0; i < a.length; i++) {
    const sign = Math.sign(b[i] / n - a[i] / m);
    p += (sign * a[i]) / m;
    q += (sign * b[i]) / n;
  }
  // Signs are fitted to the data: the mean of both sides' squares keeps the variance from looking smaller than it is.
  const centre = ((p + q) / 2) ** 2;
  return Math.sqrt(Math.max(0, 1 - centre) * (1 / m + 1 / n)) / 2;
}

/** Share of rows in sparse cells that χ² may merge. */
const MERGED = 0.1;
const MOST_CELLS = 100;

function pOf(
  cells: PooledCells,
  raw: number,
  law: { mean: number; sd: number; skew: number },
  { noise }: TestContext,
): { pValue: number; pMethod: string } {
  const merged = mergeSparse(cells);
  if (!wellFilled(cells, merged)) {
    const pValue = studentised(pearsonTail(raw, law), noise);
    return { pValue, pMethod: `permutation of pooled counts, by its first three moments${inWords(noise)}` };
  }
  const { a, b } = merged;
  if (a.length === 2 && noise.deff === 1) {
    const [m, n] = [a[0] + a[1], b[0] + b[1]];
    return { pValue: fisherExact({ reference: [a[0], m], current: [b[0], n] }), pMethod: 'exact (Fisher)' };
  }
  const { statistic, df } = chiSquare(merged);
  if (df < 1) return { pValue: 1, pMethod: 'one category on both sides' };
  const pValue = studentised(chiSquareSf(statistic / noise.deff, df), noise);
  return { pValue, pMethod: `χ², ${df} df${inWords(noise)}` };
}

function inWords({ deff }: RowNoise): string {
  return deff > 1 ? `, rows divided by ${roundedNumber(deff)}` : '';
}

/** χ² sees what happens in cells that are filled; many rows in sparse cells are the permutation's. */
function wellFilled({ a, b, m, n }: PooledCells, merged: MergedCells): boolean {
  if (merged.a.length > MOST_CELLS) return false;
  const least = Math.min(...merged.a.map((count, i) => count + merged.b[i]));
  let sparse = 0;
  const share = Math.min(m, n) / (m + n);
  for (let i = 0; i < a.length; i++) if ((a[i] + b[i]) * share < 5) sparse += a[i] + b[i];
  return sparse <= MERGED * (m + n) && (least * share >= 5 || merged.a.length <= 2);
}

function unseenTest(
  feature: string,
  side: { frame: CategoryFrame; reference: CategoryPart; current: CategoryPart; context: TestContext },
): Hypothesis {
  const { context } = side;
  const counts = unseenCounts(side.frame, side.reference, side.current);
  const { m, n, unseen, singles } = counts;
  const tolerance = context.tolerance('unseen');
  const deff = context.noise.deff;
  const z = -normalQuantile(unstudentised(context.level, context.noise) / 2) * Math.sqrt(deff);
  const expected = singles / m;
  const [low, high] = wilson(unseen, n, z);
  const sampled = wilson(unseen, n, -normalQuantile(context.level / 2))[1];
  const slack = (z * Math.sqrt(singles) + (z * z) / 2) / m;
  return {
    feature,
    metric: 'unseen',
    value: Math.max(0, unseen / n - expected),
    low: Math.max(0, low - expected - slack),
    high: Math.max(0, high - Math.max(0, expected - slack)),
    deff,
    ...(deff > 1 ? { sampledHigh: Math.max(0, sampled - Math.max(0, expected - slack)) } : {}),
    tolerance,
    pValue: studentised(unseenP(counts) ** (1 / deff), context.noise),
    pMethod: 'bound from dealing the pooled rows at random; expected by Good–Turing',
    noise: (p) => {
      const q = -normalQuantile(unstudentised(p, context.noise));
      return q * Math.sqrt(deff * expected * (1 / n + 1 / m)) + (q * q) / 2 / n || 0;
    },
    rowsNeeded: roundedRows(
      deff * Math.max((1.5 * z * z) / deff / tolerance, (8 * z * z * expected) / deff / tolerance ** 2),
    ),
  };
}
