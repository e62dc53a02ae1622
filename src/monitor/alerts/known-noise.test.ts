// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { randomFrom } from '../../distances/special/random.js';
import { type FeatureUnits, NOTHING_REMEMBERED } from './feature-units.js';
import { noiseOf } from './known-noise.js';
import type { Question } from './questions.js';
import { valuesQuestion } from './testing/values-question.js';

const CELLS = 8;
const share = (metric: Question['metric'], at: number): Question => ({
  ...valuesQuestion(2),
  metric,
  kind: 'share',
  at,
});
const questions = [
  valuesQuestion(CELLS),
  share('tail', CELLS),
  share('outOfRange', CELLS + 2),
  share('missing', CELLS + 4),
];
const size = CELLS + 6;

/** Visitors of so many rows of one cell; of every share a fiftieth of the rows, whoever brings them. */
function known(visit: number): FeatureUnits {
  const random = randomFrom(1);
  const units = Array.from({ length: 40 }, (_, sequence) => {
    const slots = new Float32Array(size);
    let cell = 0;
    for (let row = 0; row < 1_000; row++) {
      if (row % visit === 0) cell = Math.floor(CELLS * random());
      slots[cell]!++;
      for (const { at } of questions.slice(1)) {
        if (random() < 0.02) slots[at]!++;
        slots[at + 1]!++;
      }
    }
    return { sequence, start: 0, end: 1, weight: 1, slots, quiet: Uint8Array.of(0) };
  });
  return {
    feature: { name: 'x', follows: false, questions, at: 0, size },
    embedding: null,
    index: 0,
    units,
    reference: units[0]!.slots,
    memory: NOTHING_REMEMBERED,
    open: null,
    usual: () => ({ noise: { deff: 1, df: 12 }, correlation: 0 }),
    together: () => ({ deff: 1, df: 12 }),
    tellsTogether: true,
  };
}

test('what few rows are by their value is as noisy as the values; what is missing has noise of its own', () => {
  const of = (place: number): number => noiseOf(known(50), { place, first: 37, aim: undefined }).deff;
  expect(of(0)).toBeGreaterThan(25);
  expect(of(1)).toBe(of(0));
  expect(of(2)).toBe(of(0));
  expect(of(3)).toBeLessThan(0.7 * of(0));
});

test('where windows are of one piece in the values, they are in such shares too', () => {
  const of = (place: number): number => noiseOf(known(1_000), { place, first: 6, aim: undefined }).deff;
  expect(of(0)).toBeGreaterThan(900);
  expect(of(1)).toBe(of(0));
  expect(of(3)).toBeLessThan(900);
});
