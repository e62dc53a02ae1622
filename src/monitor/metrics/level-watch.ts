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
export const THRESHOLD = 10;
/** A mean beyond this is kept as if it lay there: a spike is no example of what is usual. */
const SPIKE = 0.001;
/** More of them than other windows lately: what was usual is not any more. */
const MOST_SPIKES = 3;
/** A level that lasts so many windows is the new usual one. */
const ACCEPTED = 50;

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
  readonly moved: readonly number[];
  readonly up: number;
  readonly down: number;
  readonly movedWindows: number;
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
  /** Since the level moved; they are not usual yet. */
  #moved: number[] = [];
  #movedWindows = 0;
  #up = 0;
  #down = 0;
  #spikes = 0;

  /** Reads a mean; `adds: false` leaves what is known as it is (a window that overlaps the one before). */
  read(mean: number, { adds = true }: { adds?: boolean } = {}): LevelReading {
    const n = this.#means.length;
    const expected = n < LEAST_WINDOWS ? null : expectationOf(this.#means);
    if (expected === null) {
      if (adds) this.#means.push(mean);
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
      this.#gather({ mean, kept, sign: n < LEAST_FOR_MEMORY ? 0 : Math.sign(t || 0), pValue });
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
      moved: this.#moved.slice(),
      up: this.#up,
      down: this.#down,
      movedWindows: this.#movedWindows,
      spikes: this.#spikes,
    };
  }

  restore({ means, moved, up, down, movedWindows, spikes }: SavedLevel): void {
    this.#means = means.slice(-MOST_WINDOWS);
    this.#moved = moved.slice(-LEAST_WINDOWS);
    this.#up = up;
    this.#down = down;
    this.#movedWindows = movedWindows;
    this.#spikes = spikes;
  }

  #gather({ mean, kept, sign, pValue }: { mean: number; kept: number; sign: number; pValue: number }): void {
    // its normal score, kept within what one window may say
    const z = sign * Math.min(4, -normalQuantile(Math.max(1e-12, pValue) / 2));
    const most = 1.25 * THRESHOLD;
    this.#up = Math.min(most, Math.max(0, this.#up + z - SLACK));
    this.#down = Math.min(most, Math.max(0, this.#down - z - SLACK));
    if (Math.max(this.#up, this.#down) > THRESHOLD) {
      this.#moved = [...this.#moved, mean].slice(-LEAST_WINDOWS);
      if (++this.#movedWindows < ACCEPTED) return;
      this.#means = this.#moved;
      this.#up = 0;
      this.#down = 0;
    } else {
      this.#means.push(kept);
      if (this.#means.length > MOST_WINDOWS) this.#means.shift();
    }
    this.#moved = [];
    this.#movedWindows = 0;
  }
}

interface Expectation {
  readonly centre: number;
  /** Standard error of a new mean around it. */
  readonly spread: number;
  readonly df: number;
  readonly before: number;
}

function expectationOf(means: readonly number[]): Expectation {
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
  return { centre: before + memory * errors[n - 1]!, spread, df, before };
}

/** Correlation of neighbours, where it is more than chance; else 0. */
function memoryOf(errors: readonly number[], squares: number): number {
  let products = 0;
  for (let i = 1; i < errors.length; i++) products += errors[i]! * errors[i - 1]!;
  const correlation = squares > 0 ? products / squares : 0;
  return correlation > 2 / Math.sqrt(errors.length) ? Math.min(0.95, correlation) : 0;
}

/** At most MOST_WINDOWS of each level: the search for one takes longer than all else. */
const known = new Map<string, number>();

function quantile(level: number, df: number): number {
  const key = `${level} ${df}`;
  const value = known.get(key) ?? studentUpperQuantile(level, df);
  known.set(key, value);
  return value;
}
