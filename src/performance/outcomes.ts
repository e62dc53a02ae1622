// SPDX-License-Identifier: Apache-2.0
/** Predictions that met their labels: additive counts and sums. */

/**
 * Of scores that say how likely an event is: that the class is the positive one (two classes), or that the prediction is
 * right. Everything adds.
 */
export interface ScoreSums {
  rows: number;
  /** Σ −ln of the score that the truth was given, scores kept within 1e-15 of 0 and 1. */
  logLoss: number;
  /** Σ (score − event)². */
  brier: number;
  /** By `SCORE_BINS` bins of equal width: rows, Σ score, rows with the event. */
  counts: Float64Array;
  sums: Float64Array;
  events: Float64Array;
}

/** Of a classifier: counts by predicted and true class. */
export interface ClassOutcomes {
  readonly kind: 'classes';
  /** At most `MAX_CLASSES`. */
  readonly classes: readonly string[];
  /** classes × classes, row = predicted, column = true. */
  counts: Float64Array;
  /** Pairs of which one is no known class, and those of them that agree all the same. */
  other: number;
  otherRight: number;
  /** null where predictions come without scores. */
  scores: ScoreSums | null;
}

/** Of a regression: sums over error = prediction − label. */
export interface NumberOutcomes {
  readonly kind: 'numbers';
  rows: number;
  errors: number;
  absolute: number;
  squares: number;
}

export type Outcomes = ClassOutcomes | NumberOutcomes;

/** What outcomes say, as shown. */
export interface OutcomeSummary {
  /** Predictions whose label has come. */
  readonly rows: number;
  /** "accuracy" or "mean absolute error", with its 95 % interval. */
  readonly metric: 'accuracy' | 'meanAbsoluteError';
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** The same on the reference where it is known, else NaN. */
  readonly reference: number;
}

/** Classes that are counted apart; rarer ones are `other`. */
export const MAX_CLASSES = 32;
/** Bins of a calibration curve. */
export const SCORE_BINS = 20;
