// SPDX-License-Identifier: Apache-2.0

import type { Check, Rating, Test, Verdict } from './verdict.js';
import type { Episode } from './windows/episode.js';

/** One feature's main metric in every calendar window, in the order of `Comparison.windows`. */
export interface RatedSeries {
  readonly metric: string;
  /** NaN where a window holds no value of the feature. */
  readonly values: readonly number[];
  readonly ratings: readonly Rating[];
  /** Of a window of median size. */
  readonly threshold: number;
  readonly thresholdFrom: string;
  /** What the reference's own windows reach: 0 to the natural-variation limit. Absent with fewer than 20 of them. */
  readonly band?: readonly [number, number];
  /** When it happened, in words; absent when no current window stands out. */
  readonly episode?: Episode;
}

export interface RatedWindow {
  readonly side: 'reference' | 'current';
  readonly start: number;
  readonly end: number;
  readonly rows: number;
  /** Worst rating of a feature in this window. */
  readonly rating: Rating;
}

export interface RatedSummary {
  /** Worst rating of a feature, or of a failed check by its severity. */
  readonly rating: Rating;
  readonly drift: readonly string[];
  readonly watch: readonly string[];
  readonly unknown: readonly string[];
  readonly stable: readonly string[];
  readonly notRated: readonly { readonly name: string; readonly reason: string }[];
}

/** Everything that settings decide about a comparison; recomputed from profiles when settings change. */
export interface RatedReport {
  /** By feature name, in the order of the frame. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly checks: readonly Check[];
  /** Tests of the whole table (joint drift of means and of correlations). */
  readonly tests: readonly Test[];
  readonly windows: readonly RatedWindow[];
  /** By feature name; empty without calendar windows. */
  readonly series: ReadonlyMap<string, RatedSeries>;
  readonly summary: RatedSummary;
  readonly columns: {
    readonly missing: readonly string[];
    readonly added: readonly string[];
    readonly changed: readonly string[];
  };
  readonly notes: readonly string[];
}
