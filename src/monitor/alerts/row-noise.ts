// SPDX-License-Identifier: Apache-2.0
/**
 * How much more windows differ than independent rows would make them: rows of one visitor hang together. Measured by the
 * design effect (Kish 1965) of earlier windows, none of which is part of what is being judged.
 */
import type { RowNoise } from '../../verdict/hypotheses/hypothesis.js';
import { type Question, sumOf } from './questions.js';

/**
 * What is presumed before windows have shown it: rows vary four times as much as independent ones, which is what visitors
 * of 30 rows with a correlation of .1 make; it counts as much as 12 windows.
 */
export const PRESUMED: RowNoise = { deff: 4, df: 12 };

/** Windows that resemble their neighbours count for less, down to a ninth. */
const MOST_CORRELATION = 0.8;
/** Fewer windows say nothing about neighbours; fewer features nothing about what is usual among them. */
const FEWEST_FOR_CORRELATION = 8;
export const FEWEST_FEATURES = 3;
/** Rows with (or without) it that say as much about a rare share as one window does about a common one. */
const EVENTS = 5;

/** Noise by itself, not yet made larger for neighbours that are alike. */
export interface ObservedNoise extends RowNoise {
  readonly windows: number;
  /** Of neighbouring windows; about 0 where they are independent. */
  readonly correlation: number;
}

/**
 * Noise of one question as earlier windows show it, in the order of time; undefined where they show none. A straight line
 * over time is taken off first, so that a slow drift does not pass for natural variation.
 */
export function observedNoise(
  question: Question,
  units: readonly ArrayLike<number>[],
): ObservedNoise | undefined {
  const { rows, sums } = read(question, units);
  if (rows.length < 3) return undefined;
  return noiseIn(rows, sums, {
    variance: (mean) => mean * (1 - mean),
    // rare events tell little, however many windows there are
    known: (independent) => (question.kind === 'share' ? independent / EVENTS : Number.POSITIVE_INFINITY),
  });
}

/** The same of a vector in one direction (its first weight is the variance of a row in it). */
export function vectorNoise(
  { at, size }: Question,
  units: readonly ArrayLike<number>[],
  { reference, aim }: { reference: ArrayLike<number>; aim: readonly number[] },
): ObservedNoise | undefined {
  const rows: number[] = [];
  const sums: number[][] = [];
  for (const slots of units) {
    const n = slots[at]!;
    if (n <= 0) continue;
    let along = 0;
    for (let i = 1; i < size; i++)
      along += aim[i]! * (slots[at + i]! - (n * reference[at + i]!) / reference[at]!);
    rows.push(n);
    sums.push([along]);
  }
  if (rows.length < 3) return undefined;
  return noiseIn(rows, sums, { variance: () => aim[0]!, known: () => Number.POSITIVE_INFINITY });
}

/** `known`: degrees of freedom at most, by what independent rows would make of the spread. */
function noiseIn(
  rows: readonly number[],
  sums: readonly number[][],
  law: { variance: (mean: number) => number; known: (independent: number) => number },
): ObservedNoise | undefined {
  const k = rows.length;
  const cells = sums[0]!.length;
  const total = sumOf(rows);
  let independent = 0;
  let spread = 0;
  let neighbours = 0;
  for (let j = 0; j < cells; j++) {
    const line = lineThrough(sums, rows, j);
    independent += law.variance(line.mean) * total * ((k - 2) / k);
    let before = 0;
    for (let i = 0; i < k; i++) {
      const rest = sums[i]![j]! - rows[i]! * (line.mean + line.slope * (i - line.centre));
      spread += rest * rest;
      if (i > 0) neighbours += rest * before;
      before = rest;
    }
  }
  if (!(independent > 1e-9)) return undefined;
  const df = Math.min(k - 2, law.known(independent));
  // what is left of a straight line turns against its neighbour: by −2/k where windows are independent
  return { deff: spread / independent, df, windows: k, correlation: neighbours / spread + 2 / k };
}

/**
 * A visitor who stays for several windows makes neighbours alike: their variance together is (1 + r)/(1 − r) times that
 * of windows apart, and they tell as much of it as so many times fewer. r is the feature's own where it is beyond chance, or what is usual among features.
 */
export function withNeighbours(observed: ObservedNoise, usual: number): RowNoise {
  const { deff, df, windows, correlation } = observed;
  const own = windows >= FEWEST_FOR_CORRELATION && correlation > 2 / Math.sqrt(windows) ? correlation : 0;
  const r = Math.min(MOST_CORRELATION, Math.max(own, usual));
  const alike = (1 + r) / (1 - r);
  return { deff: deff * alike, df: df / alike };
}

/** What was observed and what was presumed, each by its weight; at least that of independent rows. */
export function blended(observed: RowNoise | undefined, presumed: RowNoise): RowNoise {
  if (observed === undefined) return presumed;
  const df = presumed.df + observed.df;
  return { deff: Math.max(1, (presumed.df * presumed.deff + observed.df * observed.deff) / df), df };
}

/** A window of all features tells as much of what is usual among them as this many of one. */
const TELLING = 4;

/** What windows show of all features together. */
export interface Usual {
  readonly noise: RowNoise;
  /** Correlation of neighbouring windows. */
  readonly correlation: number;
}

/**
 * What is presumed of any one feature once windows have shown all of them: the upper quartile of the features' own, so
 * that visitors who show in most features are presumed in the rest, and one odd feature is not in all others. That
 * neighbouring windows are alike, many features tell after few windows: their median, where it is beyond chance.
 */
export function usualNoise(questions: readonly Question[], units: readonly ArrayLike<number>[]): Usual {
  const found = questions.flatMap((question) => observedNoise(question, units) ?? []);
  const correlation = usualCorrelation(found);
  const noises = found
    .map((observed) => withNeighbours(observed, correlation))
    .sort((a, b) => a.deff - b.deff);
  const usual = noises[Math.floor(0.75 * (noises.length - 1))];
  if (usual === undefined) return { noise: PRESUMED, correlation };
  const { deff } = blended({ deff: usual.deff, df: usual.df * Math.min(TELLING, found.length) }, PRESUMED);
  // where few visitors fill the windows, what was presumed before is no knowledge either
  const df = (PRESUMED.df * (1 - correlation)) / (1 + correlation);
  return { noise: { deff, df }, correlation };
}

/** Features go together: F of them tell as much as √F that do not. */
function usualCorrelation(found: readonly ObservedNoise[]): number {
  const windows = found[0]?.windows ?? 0;
  if (found.length < FEWEST_FEATURES || windows < 4) return 0;
  const sorted = found.map(({ correlation }) => correlation).sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)]!;
  return median > 2 / Math.sqrt(windows * Math.sqrt(found.length)) ? Math.min(MOST_CORRELATION, median) : 0;
}

/** Rows of each unit, and per unit the sums whose shares are compared: running ones where cells are ordered. */
function read(
  { kind, at, size }: Question,
  units: readonly ArrayLike<number>[],
): { rows: number[]; sums: number[][] } {
  const rows: number[] = [];
  const sums: number[][] = [];
  for (const slots of units) {
    const cells: number[] = [];
    let below = 0;
    if (kind === 'share') {
      below = slots[at + 1]!;
      cells.push(slots[at]!);
    } else
      for (let i = 0; i < size; i++) {
        below += slots[at + i]!;
        cells.push(kind === 'ordered' ? below : slots[at + i]!);
      }
    if (below <= 0) continue;
    rows.push(below);
    sums.push(cells);
  }
  return { rows, sums };
}

/** Weighted least squares of the shares of cell `j` over the units' places. */
function lineThrough(sums: readonly number[][], rows: readonly number[], j: number) {
  let total = 0;
  let centre = 0;
  let mean = 0;
  rows.forEach((n, i) => {
    total += n;
    centre += n * i;
    mean += sums[i]![j]!;
  });
  centre /= total;
  mean /= total;
  let across = 0;
  let along = 0;
  rows.forEach((n, i) => {
    across += n * (i - centre) ** 2;
    along += (i - centre) * (sums[i]![j]! - n * mean);
  });
  return { mean, centre, slope: across > 0 ? along / across : 0 };
}
