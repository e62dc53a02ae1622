// SPDX-License-Identifier: Apache-2.0
import { normalQuantile } from '../../distances/special/normal.js';
import { studentSf, studentUpperQuantile } from '../../distances/special/student-t.js';

/** Windows before anything is said. */
export const LEAST_WINDOWS = 8;
/** Windows that a mean is held against, the latest. */
const MOST_WINDOWS = 120;
/** Windows before neighbours are asked whether they resemble each other, and changes of level are looked for. */
const LEAST_FOR_MEMORY = 20;
/** Sizes of a change, in standard deviations of window means: half of what is looked for; and what is gathered until it counts. */
const SLACK = 0.5;
export const THRESHOLD = 11;
/** A mean beyond this is kept as if it lay there: a spike is no example of what is usual. */
const SPIKE = 0.001;
/** More of them than other windows lately: what was usual is not any more. */
const MOST_SPIKES = 3;
/** While more than this is gathered, means wait before they count as usual: a change must not hide itself. */
const DOUBT = 3;
/** A level that lasts so many windows is the new usual one, as the latest so many of them show it. */
const ACCEPTED = 50;
const ACCEPTED_MEANS = 20;

export interface LevelReading {
  /** Where the next mean is expected with 95 %, and the mean before; NaN with fewer than 8 windows. */
  readonly low: number;
  readonly high: number;
  readonly before: number;
  readonly windows: number;
  readonly pValue: number;
  /** What was gathered for a change upwards or downwards, whichever is more. */
  readonly cusum: number;
}

export interface SavedLevel {
  readonly means: readonly number[];
  readonly waiting: readonly number[];
  readonly last: number;
  readonly up: number;
  readonly down: number;
  readonly spikes: number;
}

/**
 * Means of one metric in window after window, each held against those before: by Student's prediction interval, and by a
 * self-starting CUSUM (Hawkins 1987), whose steps are that test's p-values as normal scores. Where neighbours resemble each
 * other (a daily rhythm), a mean is held against what the one before lets expect.
 */
export class LevelWatch {
  /** Usual ones, oldest first. */
  #means: number[] = [];
  /** Those that are in doubt. */
  #waiting: number[] = [];
  #last = Number.NaN;
  #up = 0;
  #down = 0;
  #spikes = 0;

  /**
   * Reads a mean; `adds: false` leaves what is known as it is (a window that overlaps the one before). `threshold`: what
   * `cusum` is held against.
   */
  read(
    mean: number,
    { adds = true, threshold = THRESHOLD }: { readonly adds?: boolean; readonly threshold?: number } = {},
  ): LevelReading {
    const n = this.#means.length;
    const expected = n < LEAST_WINDOWS ? null : expectationOf(this.#means, this.#last);
    if (expected === null) {
      if (adds) {
        this.#means.push(mean);
        this.#last = mean;
      }
      return { low: NaN, high: NaN, before: NaN, windows: n, pValue: 1, cusum: 0 };
    }
    const { centre, spread, df, before } = expected;
    const t = (mean - centre) / spread;
    const pValue = Number.isNaN(t) ? 1 : Math.min(1, 2 * studentSf(Math.abs(t), df));
    if (adds) {
      const isSpike = pValue < SPIKE;
      this.#spikes = isSpike ? this.#spikes + 1 : Math.max(0, this.#spikes - 1);
      const most = spread * quantile(SPIKE / 2, df);
      const isCut = isSpike && this.#spikes <= MOST_SPIKES;
      const kept = isCut ? centre + Math.sign(t) * most : mean;
      this.#gather({ mean, kept, sign: n < LEAST_FOR_MEMORY ? 0 : Math.sign(t || 0), pValue, threshold });
    }
    const half = spread * quantile(0.025, df);
    return {
      low: centre - half,
      high: centre + half,
      before,
      windows: n,
      pValue,
      cusum: Math.max(this.#up, this.#down),
    };
  }

  save(): SavedLevel {
    return {
      means: this.#means.slice(),
      waiting: this.#waiting.slice(),
      last: this.#last,
      up: this.#up,
      down: this.#down,
      spikes: this.#spikes,
    };
  }

  restore({ means, waiting, last, up, down, spikes }: SavedLevel): void {
    this.#means = means.slice(-MOST_WINDOWS);
    this.#waiting = waiting.slice(-ACCEPTED);
    this.#last = last;
    this.#up = up;
    this.#down = down;
    this.#spikes = spikes;
  }

  #gather({
    mean,
    kept,
    sign,
    pValue,
    threshold,
  }: {
    readonly mean: number;
    readonly kept: number;
    readonly sign: number;
    readonly pValue: number;
    readonly threshold: number;
  }): void {
    // its normal score, kept within what one window may say
    const z = sign * Math.min(4, -normalQuantile(Math.max(1e-12, pValue) / 2));
    const most = 1.25 * threshold;
    this.#up = Math.min(most, Math.max(0, this.#up + z - SLACK));
    this.#down = Math.min(most, Math.max(0, this.#down - z - SLACK));
    const gathered = Math.max(this.#up, this.#down);
    this.#last = mean;
    // beyond doubt it is a new level, and what it really was counts
    this.#waiting.push(gathered > threshold ? mean : kept);
    if (gathered > DOUBT && this.#waiting.length < ACCEPTED) return;
    if (gathered > threshold) {
      this.#means = this.#waiting.slice(-ACCEPTED_MEANS);
      this.#up = 0;
      this.#down = 0;
    } else this.#means = [...this.#means, ...this.#waiting].slice(-MOST_WINDOWS);
    this.#waiting = [];
  }
}

interface Expectation {
  readonly centre: number;
  /** Standard error of a new mean around it. */
  readonly spread: number;
  readonly df: number;
  readonly before: number;
}

function expectationOf(means: readonly number[], last: number): Expectation {
  const n = means.length;
  const before = means.reduce((sum, mean) => sum + mean, 0) / n;
  const errors = means.map((mean) => mean - before);
  const squares = errors.reduce((sum, error) => sum + error * error, 0);
  const memory = n < LEAST_FOR_MEMORY ? 0 : memoryOf(errors, squares);
  let left = squares;
  if (memory > 0) {
    left = 0;
    for (let i = 1; i < n; i++) left += (errors[i]! - memory * errors[i - 1]!) ** 2;
  }
  const df = memory > 0 ? n - 3 : n - 1;
  // means that were all equal still may differ by rounding
  const spread = Math.max(Math.sqrt((left / df) * (1 + 1 / n)), 1e-9 * Math.abs(before));
  return { centre: before + memory * (last - before), spread, df, before };
}

/** Correlation of neighbours, less its bias in short series (Marriott & Pope 1954); none below 0. */
function memoryOf(errors: readonly number[], squares: number): number {
  let products = 0;
  for (let i = 1; i < errors.length; i++) products += errors[i]! * errors[i - 1]!;
  if (!(squares > 0)) return 0;
  const correlation = products / squares;
  return Math.min(0.95, Math.max(0, correlation + (1 + 3 * correlation) / errors.length));
}

/** At most MOST_WINDOWS of each level: the search for one takes longer than all else. */
const known = new Map<string, number>();

function quantile(level: number, df: number): number {
  const key = `${level} ${df}`;
  const value = known.get(key) ?? studentUpperQuantile(level, df);
  known.set(key, value);
  return value;
}
