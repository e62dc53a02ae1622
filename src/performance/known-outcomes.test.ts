// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { knownOutcomes } from './known-outcomes.js';
import type { OutcomePlan } from './outcome-plan.js';
import { summarizeOutcomes } from './summary.js';

const plan = (kind: OutcomePlan['kind']): OutcomePlan => ({
  kind,
  classes: kind === 'numbers' ? [] : ['on time', 'late'],
  numeric: kind === 'numbers',
  prediction: 'said',
  vector: false,
  label: 'arrived',
  score: null,
});

test('summarize to what was given, as accuracy and as mean absolute error', () => {
  const accuracy = summarizeOutcomes(knownOutcomes({ value: 0.732, rows: 1000 }, plan('classes'))!);
  expect(accuracy).toMatchObject({ metric: 'accuracy', rows: 1000 });
  expect(accuracy.value).toBeCloseTo(0.732, 12);
  const error = summarizeOutcomes(knownOutcomes({ value: 12.5, rows: 400 }, plan('numbers'))!);
  expect(error).toMatchObject({ metric: 'meanAbsoluteError', value: 12.5, rows: 400 });
});

test('are none where nothing can be held against labels, or nothing was given', () => {
  expect(knownOutcomes({ value: 0.7, rows: 10 }, null)).toBeNull();
  expect(knownOutcomes({ value: 0.7, rows: 10 }, plan('undecided'))).toBeNull();
  expect(knownOutcomes({ value: Number.NaN, rows: 10 }, plan('classes'))).toBeNull();
  expect(knownOutcomes({ value: 0.7, rows: 0 }, plan('classes'))).toBeNull();
});
