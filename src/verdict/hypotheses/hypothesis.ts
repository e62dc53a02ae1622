// SPDX-License-Identifier: Apache-2.0
import { normalQuantile, normalSf } from '../../distances/special/normal.js';
import { studentSf, studentUpperQuantile } from '../../distances/special/student-t.js';
import type { Metric, Test } from '../verdict.js';

/** One test before the correction: all of a Test but what the whole report decides. */
export interface Hypothesis extends Omit<Test, 'adjustedPValue' | 'rating' | 'rowsNeeded'> {
  readonly metric: Metric;
  /**
   * Nothing was there to test (no row of either side is missing): p is 1 whatever the sides are, so that leaving the
   * test out of the correction changes no error rate.
   */
  readonly vacuous?: boolean;
  /** What the value reaches by chance alone with probability p. */
  readonly noise: (p: number) => number;
  /** The worst that this test may be rated, however significant. */
  readonly atMost?: 'watch';
  /** `high` if rows were independent; only where there is a design effect. */
  readonly sampledHigh?: number;
  /** Design effect in `low`, `high` and `noise`; 1 when absent. */
  readonly deff?: number;
  /** Rows a side from which an unchanged feature's interval stays under the tolerance. */
  readonly rowsNeeded: number;
}

/** How much more the rows of one side vary than independent rows would, and how well that is known. */
export interface RowNoise {
  /** Design effect, ≥ 1: variance of a share over that of as many independent rows. */
  readonly deff: number;
  /** Degrees of freedom it was estimated with; Infinity when rows are taken as independent. */
  readonly df: number;
}

/** Fewer reference windows say too little about their spread. */
export const FEWEST_BLOCKS = 20;

export const INDEPENDENT: RowNoise = { deff: 1, df: Number.POSITIVE_INFINITY };

/** A p that a known variance would give, made larger for a variance estimated with `df` degrees of freedom. */
export function studentised(pValue: number, { df }: RowNoise): number {
  if (df === Number.POSITIVE_INFINITY || !(pValue > 0) || pValue >= 1) return pValue;
  return Math.min(1, 2 * studentSf(-normalQuantile(pValue / 2), df));
}

/** Inverse of `studentised`: the p at known variance that a p at estimated variance asks for. */
export function unstudentised(pValue: number, { df }: RowNoise): number {
  if (df === Number.POSITIVE_INFINITY || !(pValue > 0) || pValue >= 1) return pValue;
  return 2 * normalSf(studentUpperQuantile(pValue / 2, df));
}

/** Two leading digits, rounded up: "needs 5,100 rows" pretends no more precision than it has. */
export function roundedRows(rows: number): number {
  if (!Number.isFinite(rows)) return rows;
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, rows))) - 1);
  return Math.ceil(rows / unit) * unit;
}
