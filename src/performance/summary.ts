// SPDX-License-Identifier: Apache-2.0
import { outcomeRows } from './add-outcome.js';
import { meanInterval, wilsonInterval } from './intervals.js';
import type { ClassOutcomes, OutcomeSummary, Outcomes, ScoreSums } from './outcomes.js';

/** Outcomes in one number with its 95 % interval: Wilson's of the accuracy, Student's of the mean absolute error. */
export function summarizeOutcomes(outcomes: Outcomes, reference: Outcomes | null = null): OutcomeSummary {
  const rows = outcomeRows(outcomes);
  const value = metricOf(outcomes);
  const known = reference !== null && reference.kind === outcomes.kind ? metricOf(reference) : Number.NaN;
  if (outcomes.kind === 'classes') {
    const interval = wilsonInterval(rightOf(outcomes), rows);
    return { rows, metric: 'accuracy', value, ...interval, reference: known };
  }
  const { low, high } = meanInterval({ rows, sum: outcomes.absolute, squares: outcomes.squares });
  return { rows, metric: 'meanAbsoluteError', value, low: Math.max(0, low), high, reference: known };
}

/** Accuracy or mean absolute error; NaN without rows. */
function metricOf(outcomes: Outcomes): number {
  return (outcomes.kind === 'classes' ? rightOf(outcomes) : outcomes.absolute) / outcomeRows(outcomes);
}

function rightOf({ classes, counts, otherRight }: ClassOutcomes): number {
  return classes.reduce((sum, _, i) => sum + counts[i * classes.length + i]!, otherRight);
}

export interface ClassSummary {
  readonly name: string;
  /** Pairs with this label, and with this prediction, among pairs of known classes. */
  readonly labels: number;
  readonly predictions: number;
  /** NaN where the class was never predicted, or never true. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Precision, recall and F1 of each class, over pairs whose two sides are known classes. */
export function summarizeClasses({ classes, counts }: ClassOutcomes): ClassSummary[] {
  const size = classes.length;
  return classes.map((name, i) => {
    let labels = 0;
    let predictions = 0;
    for (let j = 0; j < size; j++) {
      labels += counts[j * size + i]!;
      predictions += counts[i * size + j]!;
    }
    const hits = counts[i * size + i]!;
    return {
      name,
      labels,
      predictions,
      precision: hits / predictions,
      recall: hits / labels,
      f1: (2 * hits) / (labels + predictions),
    };
  });
}

export interface ScoreSummary {
  readonly rows: number;
  readonly logLoss: number;
  readonly brier: number;
  /** Σ share of rows × |mean score − share of events| over the bins. */
  readonly calibrationError: number;
  /** Occupied bins of equal width, ascending. */
  readonly calibration: readonly { readonly rows: number; readonly score: number; readonly events: number }[];
}

/** Means over scored rows; `calibration` gives mean score and share of events of each bin. */
export function summarizeScores({ rows, logLoss, brier, counts, sums, events }: ScoreSums): ScoreSummary {
  const calibration: { rows: number; score: number; events: number }[] = [];
  let error = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    const n = counts[bin]!;
    if (n === 0) continue;
    calibration.push({ rows: n, score: sums[bin]! / n, events: events[bin]! / n });
    error += Math.abs(sums[bin]! - events[bin]!) / rows;
  }
  return { rows, logLoss: logLoss / rows, brier: brier / rows, calibrationError: error, calibration };
}

/** One value of one slice key. */
export interface SliceSummary {
  readonly key: string;
  readonly value: string;
  readonly summary: OutcomeSummary;
}

/** Realized performance in detail, over everything since the first label. */
export interface PerformanceDetails {
  /** Of a classifier; empty else. */
  readonly classes: readonly ClassSummary[];
  /** null where predictions come without scores. */
  readonly scores: ScoreSummary | null;
  /** Of the latest model version that labels came for; the worst first. */
  readonly slices: readonly SliceSummary[];
}
