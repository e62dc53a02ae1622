// SPDX-License-Identifier: Apache-2.0
/** Predictions that met their labels: additive counts and sums. */

/** Of a classifier: counts by predicted and true class. */
export interface ClassOutcomes {
  readonly kind: 'classes';
  readonly classes: readonly string[];
  /** classes × classes, row = predicted, column = true. */
  counts: Float64Array;
  /** Pairs of which one is no known class. */
  other: number;
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
