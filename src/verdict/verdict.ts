// SPDX-License-Identifier: Apache-2.0
import type { DistanceName } from '../distances/distance.js';

export type Rating = 'drift' | 'watch' | 'unknown' | 'stable' | 'notRated';

/** What a test measures: a distance, or a share of rows. */
export type Metric =
  | DistanceName
  | 'missing'
  | 'nan'
  | 'infinite'
  | 'unparsable'
  | 'unseen'
  | 'outOfRange'
  | 'tail'
  /** Times: rows per hour of the week or day, as total variation. */
  | 'rhythm'
  /** Free text: KS of its length and of its words a row, total variation of its frequent tokens, share of empty texts. */
  | 'textLength'
  | 'textWords'
  | 'textTokens'
  | 'empty'
  /** Embeddings: rows of zeros only. */
  | 'zeroRows'
  /** The whole table: standardised distance of means, and greatest change of a rank correlation. */
  | 'jointMeans'
  | 'jointCorrelations'
  /** Checks that bring a hypothesis of their own. */
  | 'duplicateRows'
  | 'duplicateKeys'
  | 'constant'
  | 'gap'
  | 'order';

/** One hypothesis of the report: all of them share the level by Holm. */
export interface Test {
  /** null for a test of the whole table. */
  readonly feature: string | null;
  readonly metric: Metric;
  readonly value: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly low: number;
  readonly high: number;
  readonly tolerance: number;
  readonly pValue: number;
  readonly pMethod: string;
  /** Filled by the correction. */
  readonly adjustedPValue: number;
  readonly rating: Rating;
  /** Rows a side at which this value's interval would shrink under the tolerance; only when unknown. */
  readonly rowsNeeded?: number;
}

/** The verdict of one feature: that of its worst test. */
export interface Verdict {
  readonly metric: Metric;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** What the value is held against: the larger of tolerance and noise. */
  readonly threshold: number;
  /** In words: "tolerance .05; sampling noise reaches .002 once in a hundred reports" */
  readonly thresholdFrom: string;
  readonly tolerance: number;
  readonly pValue: number;
  readonly adjustedPValue: number;
  readonly rating: Rating;
  /** Why it is not rated; only then. */
  readonly reason?: string;
  /** What happened, in plain words. */
  readonly sentence: string;
  /** What to do about it, in a sentence or two; of drift and watch only. */
  readonly advice?: string;
  /** The column whose values it seems to hold, as that one holds its own. */
  readonly swappedWith?: string;
  readonly tests: readonly Test[];
}

/** A data-quality rule inferred from the reference. */
export interface Check {
  readonly feature: string | null;
  /** "missing", "range", "unseen", "constant", "duplicateRows", "order", "gap", "type", "columnMissing" … */
  readonly check: string;
  readonly expected: string;
  readonly observed: string;
  /** Rows concerned. */
  readonly rows: number;
  /** Rating that a failure counts as. */
  readonly severity: 'drift' | 'watch' | 'info';
  readonly pValue?: number;
  readonly passed: boolean;
}
