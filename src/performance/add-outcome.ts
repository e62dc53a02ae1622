// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../errors.js';
import {
  type ClassOutcomes,
  type NumberOutcomes,
  type Outcomes,
  SCORE_BINS,
  type ScoreSums,
} from './outcomes.js';

/** A prediction and its label, as numbers; NaN is absent. */
export interface Pair {
  /** Number, or code of a class: its place among the known ones, or any larger number that stands for one name alone. */
  readonly predicted: number;
  readonly label: number;
  /** From 0 to 1; NaN where there is none. */
  readonly score: number;
}

/** What a score is a score of: that the label is the last class, or that the prediction is right. */
export type ScoreOf = 'positive' | 'prediction';

export function emptyClasses(classes: readonly string[]): ClassOutcomes {
  return {
    kind: 'classes',
    classes,
    counts: new Float64Array(classes.length * classes.length),
    other: 0,
    otherRight: 0,
    scores: null,
  };
}

export function emptyNumbers(): NumberOutcomes {
  return { kind: 'numbers', rows: 0, errors: 0, absolute: 0, squares: 0 };
}

export function emptyScores(): ScoreSums {
  return {
    rows: 0,
    logLoss: 0,
    brier: 0,
    counts: new Float64Array(SCORE_BINS),
    sums: new Float64Array(SCORE_BINS),
    events: new Float64Array(SCORE_BINS),
  };
}

/** Outcomes of no pair that add to these. */
export function emptyLike(outcomes: Outcomes): Outcomes {
  return outcomes.kind === 'classes' ? emptyClasses(outcomes.classes) : emptyNumbers();
}

/** Whether a pair can be counted: both sides there, and finite where they are numbers. */
export function isUsable({ predicted, label }: Pair): boolean {
  return Number.isFinite(predicted) && Number.isFinite(label);
}

/**
 * Adds a usable pair, or takes it back with `sign` −1. Counts come back exactly; sums of errors and scores to rounding.
 */
export function addOutcome(
  to: Outcomes,
  pair: Pair,
  { scoreOf = 'prediction', sign = 1 }: { readonly scoreOf?: ScoreOf; readonly sign?: 1 | -1 } = {},
): void {
  if (to.kind === 'numbers') {
    const error = pair.predicted - pair.label;
    to.rows += sign;
    to.errors += sign * error;
    to.absolute += sign * Math.abs(error);
    to.squares += sign * error * error;
    // what is left of nothing is nothing, whatever the rounding
    if (to.rows === 0) Object.assign(to, emptyNumbers());
    return;
  }
  const size = to.classes.length;
  const right = pair.predicted === pair.label;
  if (pair.predicted < size && pair.label < size) to.counts[pair.predicted * size + pair.label]! += sign;
  else {
    to.other += sign;
    if (right) to.otherRight += sign;
  }
  if (!(pair.score >= 0 && pair.score <= 1)) return;
  to.scores ??= emptyScores();
  addScore(to.scores, pair.score, scoreOf === 'positive' ? pair.label === size - 1 : right, sign);
}

const LEAST = 1e-15;

function addScore(to: ScoreSums, score: number, event: boolean, sign: 1 | -1): void {
  const given = Math.min(1 - LEAST, Math.max(LEAST, event ? score : 1 - score));
  const bin = Math.min(SCORE_BINS - 1, Math.floor(score * SCORE_BINS));
  to.rows += sign;
  to.logLoss -= sign * Math.log(given);
  to.brier += sign * (score - (event ? 1 : 0)) ** 2;
  to.counts[bin]! += sign;
  to.sums[bin]! += sign * score;
  if (event) to.events[bin]! += sign;
  if (to.rows === 0) Object.assign(to, emptyScores());
}

/** Both together. BaselineMismatchError where they are of different classes, or of a classifier and a regression. */
export function mergeOutcomes(a: Outcomes, b: Outcomes): Outcomes {
  const sum = emptyLike(a);
  absorbOutcomes(sum, a);
  absorbOutcomes(sum, b);
  return sum;
}

/** Adds b's to a's, in place. */
export function absorbOutcomes(a: Outcomes, b: Outcomes): void {
  if (a.kind === 'numbers' && b.kind === 'numbers') {
    a.rows += b.rows;
    a.errors += b.errors;
    a.absolute += b.absolute;
    a.squares += b.squares;
    return;
  }
  if (a.kind !== 'classes' || b.kind !== 'classes' || !sameNames(a.classes, b.classes)) {
    throw new DriftglassError(
      'BaselineMismatchError',
      `outcomes of different models cannot be combined: ${told(a)} and ${told(b)}`,
    );
  }
  accumulate(a.counts, b.counts);
  a.other += b.other;
  a.otherRight += b.otherRight;
  if (b.scores === null) return;
  a.scores ??= emptyScores();
  a.scores.rows += b.scores.rows;
  a.scores.logLoss += b.scores.logLoss;
  a.scores.brier += b.scores.brier;
  accumulate(a.scores.counts, b.scores.counts);
  accumulate(a.scores.sums, b.scores.sums);
  accumulate(a.scores.events, b.scores.events);
}

function accumulate(a: Float64Array, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i]! += b[i]!;
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}

function told(outcomes: Outcomes): string {
  return outcomes.kind === 'numbers' ? 'numbers' : `classes (${outcomes.classes.slice(0, 5).join(', ')})`;
}

/** Pairs that were counted. */
export function outcomeRows(outcomes: Outcomes): number {
  if (outcomes.kind === 'numbers') return outcomes.rows;
  return outcomes.counts.reduce((sum, count) => sum + count, outcomes.other);
}
