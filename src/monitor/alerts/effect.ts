// SPDX-License-Identifier: Apache-2.0
/** How far counts of some rows are from the reference's, and how much of that chance may have made. */
import { kolmogorovUpperQuantile } from '../../distances/special/kolmogorov.js';
import { normalQuantile } from '../../distances/special/normal.js';
import { type RowNoise, unstudentised } from '../../verdict/hypotheses/hypothesis.js';
import { shareInterval } from '../../verdict/hypotheses/share-test.js';
import type { Question } from './questions.js';

/**
 * The direction in which rows have moved: a weight for each slot of a question, so that a window's deviation in this
 * direction is Σ weight·(share − reference share). One of a fixed set of directions, chosen once; its mean is 0 for a
 * window that has not moved. Of a vector, whose first slot counts rows, the first weight is the variance of one row in the
 * direction, and it is found anew in every look, on windows that are not judged by it.
 */
export type Direction = readonly number[];

export interface Effect {
  /** Distance, less what its own noise adds to it on average where cells are unordered. */
  readonly value: number;
  /** What chance may have made, at the level. */
  readonly reach: number;
  readonly direction: Direction;
}

export interface Sides {
  /** Slots. */
  readonly current: ArrayLike<number>;
  readonly reference: ArrayLike<number>;
}

export interface Certainty {
  readonly noise: RowNoise;
  /** Chance that `reach` is exceeded without any change. */
  readonly level: number;
}

/** Undefined where one side has no row to ask about. */
export function effectOf(question: Question, sides: Sides, certainty: Certainty): Effect | undefined {
  switch (question.kind) {
    case 'ordered':
      return orderedEffect(question, sides, certainty);
    case 'total':
      return totalEffect(question, sides, certainty);
    case 'vector':
      return undefined;
    default:
      return shareEffect(question, sides, certainty);
  }
}

/** Deviation of other rows in a direction that was found before. NaN without rows. */
export function deviation(
  { kind, at }: Question,
  { current, reference }: Sides,
  direction: Direction,
): number {
  if (kind === 'share') {
    const rows = current[at + 1]!;
    return rows > 0
      ? direction[0]! * (current[at]! / rows - reference[at]! / reference[at + 1]!)
      : Number.NaN;
  }
  const vector = kind === 'vector';
  const n = vector ? current[at]! : rowsIn(current, at, direction.length);
  const m = vector ? reference[at]! : rowsIn(reference, at, direction.length);
  let sum = 0;
  for (let i = vector ? 1 : 0; i < direction.length; i++)
    if (direction[i] !== 0) sum += direction[i]! * (current[at + i]! / n - reference[at + i]! / m);
  return n > 0 && m > 0 ? sum : Number.NaN;
}

/** Standard error of `deviation`, of the current rows' part. */
export function deviationError(
  { kind, at }: Question,
  current: ArrayLike<number>,
  { direction, noise }: { direction: Direction; noise: RowNoise },
): number {
  if (kind === 'vector') return Math.sqrt((noise.deff * direction[0]!) / current[at]!);
  const n = kind === 'share' ? current[at + 1]! : rowsIn(current, at, direction.length);
  if (!(n > 0)) return Number.POSITIVE_INFINITY;
  let mean = 0;
  let square = 0;
  for (let i = 0; i < direction.length; i++) {
    const share = current[at + i]! / n;
    mean += direction[i]! * share;
    square += direction[i]! ** 2 * share;
  }
  // never 0: none of n rows may be one of n + 1
  return Math.sqrt((noise.deff * Math.max(square - mean * mean, 1 / (n + 1))) / n);
}

/** KS over the cells' edges; asymptotic quantile at the effective numbers of rows. */
function orderedEffect(
  { at, size }: Question,
  { current, reference }: Sides,
  { noise, level }: Certainty,
): Effect | undefined {
  const n = rowsIn(current, at, size);
  const m = rowsIn(reference, at, size);
  if (n === 0 || m === 0) return undefined;
  let sum = 0;
  let most = 0;
  let cell = 0;
  for (let i = 0; i < size - 1; i++) {
    sum += current[at + i]! / n - reference[at + i]! / m;
    if (Math.abs(sum) > Math.abs(most)) {
      most = sum;
      cell = i;
    }
  }
  const sign = Math.sign(most) || 1;
  return {
    value: Math.abs(most),
    reach: kolmogorovQuantile(level, noise) * Math.sqrt(noise.deff * (1 / m + 1 / n)),
    direction: Array.from({ length: size }, (_, i) => (i <= cell ? sign : 0)),
  };
}

/**
 * Total variation less its mean under no change, Σ √(2/π · p(1 − p)·v)/2 with v = deff·(1/m + 1/n). Changing one row
 * changes it by at most 1/n, so its standard deviation is at most √v/2 (Efron and Stein).
 */
function totalEffect(
  { at, size }: Question,
  { current, reference }: Sides,
  { noise, level }: Certainty,
): Effect | undefined {
  const n = rowsIn(current, at, size);
  const m = rowsIn(reference, at, size);
  if (n === 0 || m === 0) return undefined;
  const v = noise.deff * (1 / m + 1 / n);
  let raw = 0;
  let mean = 0;
  const direction: number[] = [];
  for (let i = 0; i < size; i++) {
    const p = (current[at + i]! + reference[at + i]!) / (m + n);
    const change = current[at + i]! / n - reference[at + i]! / m;
    raw += Math.abs(change) / 2;
    mean += Math.sqrt((2 / Math.PI) * p * (1 - p) * v) / 2;
    direction.push(change > 0 ? 1 : 0);
  }
  return { value: Math.max(0, raw - mean), reach: (normalReach(level, noise) * Math.sqrt(v)) / 2, direction };
}

/** Rows may be those of a few visitors, who may have any share each, where they count as less than a twelfth and fewer than so many. */
const OF_FEW = { deff: 12, rows: 100 } as const;

/**
 * Newcombe's interval at rows divided by the design effect; of the rows of few visitors the reach of a share of the largest
 * variance, ¼: how many of them fill the windows does not follow from how rare it is in a row.
 */
function shareEffect(
  { at, onlyMore }: Question,
  { current, reference }: Sides,
  { noise, level }: Certainty,
): Effect | undefined {
  const [b, n, a, m] = [current[at]!, current[at + 1]!, reference[at]!, reference[at + 1]!];
  if (n === 0 || m === 0) return undefined;
  const change = b / n - a / m;
  if (onlyMore && change <= 0) return { value: 0, reach: 0, direction: [1, 0] };
  const direction = [change > 0 ? 1 : -1, 0];
  const value = Math.abs(change);
  if (noise.deff > OF_FEW.deff && n < OF_FEW.rows * noise.deff) {
    const reach = (normalReach(level, noise) * Math.sqrt(noise.deff * (1 / m + 1 / n))) / 2;
    return { value, reach, direction };
  }
  const { low, high } = shareInterval({ a, m, b, n }, unstudentisedLevel(level, noise), noise.deff);
  return { value, reach: change > 0 ? change - low : high - change, direction };
}

function rowsIn(slots: ArrayLike<number>, at: number, size: number): number {
  let rows = 0;
  for (let i = 0; i < size; i++) rows += slots[at + i]!;
  return rows;
}

/** Quantiles are asked for again and again at few levels and degrees of freedom. */
const known = new Map<string, number>();
const MOST_KNOWN = 2_000;

function remembered(key: string, make: () => number): number {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, value);
  }
  return value;
}

/** The level at known noise that `level` asks for at estimated noise; degrees of freedom rounded down. */
function unstudentisedLevel(level: number, { deff, df }: RowNoise): number {
  if (df === Number.POSITIVE_INFINITY) return level;
  const whole = Math.max(1, Math.floor(df));
  return remembered(`t ${level} ${whole}`, () => Math.max(1e-300, unstudentised(level, { deff, df: whole })));
}

function kolmogorovQuantile(level: number, noise: RowNoise): number {
  const at = unstudentisedLevel(level, noise);
  return remembered(`k ${at}`, () => kolmogorovUpperQuantile(at));
}

export function normalReach(level: number, noise: RowNoise): number {
  const at = unstudentisedLevel(level, noise);
  return remembered(`n ${at}`, () => -normalQuantile(at / 2));
}
