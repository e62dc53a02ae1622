// SPDX-License-Identifier: Apache-2.0
/** What a window came to: plain data that crosses workers, tabs and the store. */
import type { Role } from '../columns/schema.js';
import type { OutcomeSummary } from '../performance/outcomes.js';
import type { Check, Metric, Rating } from '../verdict/verdict.js';

/** One window, whatever it came to. Times are ms since 1970 UTC, by event time; end exclusive. */
export interface WindowFacts {
  /** Unique within a monitor's history: "<spec>/<start>/<sequence, base 36>". */
  readonly id: string;
  /** The window's kind in words, the same for all of its kind: "1,000 rows", "1 h", "1 h every 5 min". */
  readonly spec: string;
  readonly start: number;
  readonly end: number;
  /** Rows measured; `skipped` were left out by sampling, uniformly; `late` came after the window had been judged. */
  readonly rows: number;
  readonly skipped: number;
  readonly late: number;
  /** Version of the model; a window never holds two. Empty when the app gives none. */
  readonly version: string;
}

/** One feature in one window. */
export interface FeatureVerdict {
  readonly name: string;
  readonly role: Role;
  readonly rating: Rating;
  readonly metric: Metric;
  readonly value: number;
  /** Confidence interval at 1 − level. */
  readonly low: number;
  readonly high: number;
  readonly threshold: number;
  /** Where the threshold comes from, in words. */
  readonly thresholdFrom: string;
  /** Change of the value since the window of the same kind before; NaN in the first. */
  readonly delta: number;
  readonly pValue: number;
  readonly adjustedPValue: number;
  readonly sentence: string;
  /** What to do about it; of drift and watch only. */
  readonly advice?: string;
}

export interface WindowVerdict {
  readonly window: WindowFacts;
  /** The worst of its features and failed checks. */
  readonly rating: Rating;
  /** What happened, for people. */
  readonly sentence: string;
  /** What to do about it; absent where nothing was found. */
  readonly advice?: string;
  /** By rating, worst first; all features, those not rated last. */
  readonly features: readonly FeatureVerdict[];
  /** Failed checks only. */
  readonly checks: readonly Check[];
  /** What it was compared with, in words, and its rows. */
  readonly reference: { readonly label: string; readonly rows: number };
  /** Realized performance, as far as labels have come; absent without any. */
  readonly outcomes?: OutcomeSummary;
}

/** A window of one row. */
export interface RowVerdict {
  /** The app's prediction id where it gave one. */
  readonly id: string | number | null;
  readonly time: number;
  /** Chance that a reference row is as far out as this one, corrected for the number of features. */
  readonly pValue: number;
  /** The feature that is furthest out, and its value as text. */
  readonly feature: string;
  readonly value: string;
}
