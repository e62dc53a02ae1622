// SPDX-License-Identifier: Apache-2.0
import type { FeatureComparison } from '../../distances/comparison.js';
import type { Hypothesis } from '../hypotheses/hypothesis.js';
import type { ToleranceName } from '../settings.js';
import type { Check, Metric } from '../verdict.js';

/** A check before the correction. */
export interface PendingCheck extends Omit<Check, 'passed' | 'pValue' | 'severity'> {
  /** Brings its own hypothesis … */
  readonly hypothesis?: Hypothesis;
  /** … or leans on a feature's test … */
  readonly metric?: Metric;
  /** … or is a fact, or one that also needs the feature's values to have changed beyond chance (`whenChanged`). */
  readonly failed?: boolean;
  readonly whenChanged?: boolean;
  /** Rating of a failure; that of the test where there is one. */
  readonly severity?: Check['severity'];
}

/** What checks need to know of the report that they are part of. */
export interface CheckContext {
  readonly level: number;
  readonly tolerance: (feature: string | null, metric: ToleranceName) => number;
  /** Features whose values are compared. */
  readonly isRated: (feature: FeatureComparison) => boolean;
  /** Columns that nobody expects to be there: ignored ones, and labels, which come later. */
  readonly mayLack: (feature: string) => boolean;
  readonly isIgnored: (feature: FeatureComparison) => boolean;
}
