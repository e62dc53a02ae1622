// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../distances/special/random.js';
import { addOutcome, emptyClasses, emptyNumbers } from './add-outcome.js';
import fixture from './fixtures/intervals.json' with { type: 'json' };
import { meanInterval, wilsonInterval } from './intervals.js';
import { summarizeClasses, summarizeOutcomes, summarizeScores } from './summary.js';

describe('as scipy and numpy have it', () => {
  test.each(fixture.wilson)('Wilson, $hits of $rows at $level', ({ hits, rows, level, low, high }) => {
    const interval = wilsonInterval(hits, rows, level);
    expect(interval.low).toBeCloseTo(low, 12);
    expect(interval.high).toBeCloseTo(high, 12);
  });

  test.each(fixture.errors)('mean absolute error of $name', ({ errors, mean, low, high }) => {
    const outcomes = emptyNumbers();
    for (const error of errors) addOutcome(outcomes, { predicted: 10 + error, label: 10, score: Number.NaN });
    const summary = summarizeOutcomes(outcomes);
    expect(summary).toMatchObject({ metric: 'meanAbsoluteError', rows: errors.length });
    expect(summary.value).toBeCloseTo(mean, 9);
    expect(summary.low).toBeCloseTo(low, 8);
    expect(summary.high).toBeCloseTo(high, 8);
  });

  test('accuracy, precision, recall and F1', () => {
    const { predicted, label, accuracy, perClass } = fixture.classes;
    const outcomes = emptyClasses(['a', 'b', 'c', 'd']);
    predicted.forEach((code, i) => {
      addOutcome(outcomes, { predicted: code, label: label[i]!, score: Number.NaN });
    });
    expect(summarizeOutcomes(outcomes).value).toBeCloseTo(accuracy, 12);
    summarizeClasses(outcomes).forEach((summary, i) => {
      for (const key of ['precision', 'recall', 'f1'] as const)
        if (perClass[i]![key] === null) expect(summary[key]).toBeNaN();
        else expect(summary[key]).toBeCloseTo(perClass[i]![key]!, 12);
    });
  });

  test('log-loss, Brier score and calibration', () => {
    const outcomes = emptyClasses(['no', 'yes']);
    fixture.scores.score.forEach((score, i) => {
      addOutcome(
        outcomes,
        { predicted: score >= 0.5 ? 1 : 0, label: fixture.scores.event[i]!, score },
        { scoreOf: 'positive' },
      );
    });
    const summary = summarizeScores(outcomes.scores!);
    for (const key of ['logLoss', 'brier', 'calibrationError'] as const)
      expect(summary[key]).toBeCloseTo(fixture.scores[key], 10);
    expect(summary.calibration).toHaveLength(fixture.scores.calibration.length);
    summary.calibration.forEach((bin, i) => {
      expect(bin.rows).toBe(fixture.scores.calibration[i]!.rows);
      expect(bin.score).toBeCloseTo(fixture.scores.calibration[i]!.score, 12);
      expect(bin.events).toBeCloseTo(fixture.scores.calibration[i]!.events, 12);
    });
  });
});

describe('edges', () => {
  test('of nothing there is no value', () => {
    expect(summarizeOutcomes(emptyClasses(['a']))).toMatchObject({
      rows: 0,
      value: Number.NaN,
      low: Number.NaN,
    });
    expect(summarizeOutcomes(emptyNumbers())).toMatchObject({ rows: 0, value: Number.NaN, high: Number.NaN });
  });

  test('one error has no upper bound, and none is below 0', () => {
    const outcomes = emptyNumbers();
    addOutcome(outcomes, { predicted: 1, label: 3, score: Number.NaN });
    expect(summarizeOutcomes(outcomes)).toMatchObject({ value: 2, low: 0, high: Infinity });
  });

  test('classes beyond the known ones are right when they agree', () => {
    const outcomes = emptyClasses(['a', 'b']);
    for (const [predicted, label] of [
      [0, 0],
      [77, 77],
      [77, 78],
      [1, 99],
    ] as const)
      addOutcome(outcomes, { predicted, label, score: Number.NaN });
    expect(outcomes).toMatchObject({ other: 3, otherRight: 1 });
    expect(summarizeOutcomes(outcomes)).toMatchObject({ rows: 4, value: 0.5 });
  });

  test('the reference is shown where it is of the same kind', () => {
    const outcomes = emptyNumbers();
    addOutcome(outcomes, { predicted: 1, label: 3, score: Number.NaN });
    const reference = emptyNumbers();
    addOutcome(reference, { predicted: 1, label: 2, score: Number.NaN });
    expect(summarizeOutcomes(outcomes, reference).reference).toBe(1);
    expect(summarizeOutcomes(outcomes, emptyClasses(['a'])).reference).toBeNaN();
    expect(summarizeOutcomes(outcomes).reference).toBeNaN();
  });
});

describe('what the intervals hold', () => {
  const RUNS = 2_000;

  /** Share of runs whose interval holds the truth. */
  function coverage(run: (random: () => number) => boolean): number {
    const random = randomFrom(20261102);
    let held = 0;
    for (let i = 0; i < RUNS; i++) if (run(random)) held++;
    return held / RUNS;
  }

  test.each([
    [20, 0.9],
    [200, 0.97],
    [1_000, 0.75],
  ])('accuracy of %i rows at %f: 92 to 98 % of 95 %', (rows, truth) => {
    const held = coverage((random) => {
      let hits = 0;
      for (let i = 0; i < rows; i++) if (random() < truth) hits++;
      const { low, high } = wilsonInterval(hits, rows);
      return low <= truth && truth <= high;
    });
    expect(held).toBeGreaterThan(0.92);
    expect(held).toBeLessThan(0.985);
  });

  test.each([[30], [300]])('mean absolute error of %i exponential errors: 91 to 97 %', (rows) => {
    const held = coverage((random) => {
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < rows; i++) {
        const error = -Math.log(1 - random());
        sum += error;
        squares += error * error;
      }
      const { low, high } = meanInterval({ rows, sum, squares });
      return low <= 1 && 1 <= high;
    });
    expect(held).toBeGreaterThan(0.91);
    expect(held).toBeLessThan(0.97);
  });
});
