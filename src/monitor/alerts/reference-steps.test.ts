// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../distances/special/random.js';
import { movedTogether } from './moved-together.js';
import { planQuestions } from './questions.js';
import { referenceSteps, stepsAmong } from './reference-steps.js';
import { valuesQuestion } from './testing/values-question.js';
import { makeWorld } from './testing/windows.js';

const CELLS = 4;
const questions = Array.from({ length: 8 }, (_, i) => ({ ...valuesQuestion(CELLS), at: i * CELLS }));
const MINUTE = 60_000;

/** Windows of `rows` rows, one in `thinned` of those that come; one visitor fills 1,000 of 64,000, each feature in a cell. */
function slotsOf(rows: number, thinned: number): Float64Array[] {
  const random = randomFrom(3);
  const found: Float64Array[] = [];
  for (let row = 0; row < 64_000; row++) {
    if (row % (rows * thinned) === 0) found.push(new Float64Array(questions.length * CELLS));
    const visitor = row >= 8_000 && row < 9_000;
    questions.forEach(({ at }, f) => {
      const cell = visitor ? f % CELLS : Math.floor(CELLS * random());
      if (row % thinned === 0) found.at(-1)![at + cell]!++;
    });
  }
  return found;
}

function largestStep(slots: readonly Float64Array[]): number {
  return Math.max(
    ...slots.slice(1).map((current, i) => movedTogether(questions, { current, reference: slots[i]! })),
  );
}

describe('steps of the reference', () => {
  const window = { rows: 1_000, length: MINUTE };
  const moved = [0.5, 1, 5];

  test('are as they are among windows of the same size', () => {
    expect(stepsAmong({ moved, size: window }, window)).toEqual([1, 1, 5]);
  });

  test.each([
    { what: 'four times as long', size: { rows: 4_000, length: 4 * MINUTE }, deff: 1 + 4 * 4 },
    { what: 'a quarter as long', size: { rows: 250, length: MINUTE / 4 }, deff: 1 + 4 * 4 },
    { what: 'a quarter of the rows', size: { rows: 250, length: MINUTE }, deff: 1 + 4 * 4 },
    {
      what: 'four times as long, a quarter of the rows',
      size: { rows: 1_000, length: 4 * MINUTE },
      deff: 65,
    },
  ])('count for more where its windows are $what', ({ size, deff }) => {
    expect(stepsAmong({ moved, size }, window)).toEqual([1, 1, deff]);
  });

  test('are none where its windows are too unlike', () => {
    expect(stepsAmong({ moved, size: { rows: 16_000, length: 16 * MINUTE } }, window)).toHaveLength(3);
    expect(stepsAmong({ moved, size: { rows: 17_000, length: 17 * MINUTE } }, window)).toEqual([]);
    expect(stepsAmong({ moved, size: { rows: 1_000, length: MINUTE / 5 } }, window)).toEqual([]);
  });

  test('are none where a size is unknown', () => {
    expect(stepsAmong({ moved, size: { rows: 0, length: 0 } }, window)).toEqual([]);
    expect(stepsAmong({ moved, size: window }, { rows: 1_000, length: 0 })).toEqual([]);
    expect(stepsAmong({ moved: [], size: { rows: 0, length: 0 } }, window)).toEqual([]);
  });

  test.each([
    { length: 1, thinned: 1 },
    { length: 4, thinned: 1 },
    { length: 1, thinned: 4 },
    { length: 4, thinned: 4 },
    { length: 0.25, thinned: 1 },
  ])('of windows $length times as long, one row in $thinned, are no less than a visitor makes', (size) => {
    const rows = (1_000 * size.length) / size.thinned;
    const step = largestStep(slotsOf(rows, size.thinned));
    const [most] = stepsAmong({ moved: [step], size: { rows, length: size.length * MINUTE } }, window);
    expect(most).toBeGreaterThan(0.75 * largestStep(slotsOf(1_000, 1)));
  });

  test('are told of the latest 48 windows', () => {
    const changes = Array.from({ length: 100 }, (_, i) => (i === 51 || i === 70 ? { all: 2 } : {}));
    const world = makeWorld({ windows: { rows: 100, changes } });
    const { frame, reference, windows } = world;
    const plan = planQuestions(frame, reference);
    const main = plan.features.map(({ questions: [first] }) => first!);
    const { moved: found, size } = referenceSteps(windows, main, { plan, frame, reference });
    expect(found).toHaveLength(47);
    expect(size.rows).toBeCloseTo(100);
    expect(size.length).toBeCloseTo(3_600_000);
    expect(found.flatMap((deff, i) => (deff > 10 ? [i] : []))).toEqual([17, 18]);
    expect(referenceSteps([], main, { plan, frame, reference }).moved).toEqual([]);
  });
});
