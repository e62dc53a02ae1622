// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../distances/special/random.js';
import { movedTogether, noiseTogether, tellTogether } from './moved-together.js';
import type { Question } from './questions.js';

const CELLS = 4;
const FEATURES = 12;
const questions = Array.from(
  { length: FEATURES },
  (_, i): Question => ({
    metric: 'kolmogorovSmirnov',
    tolerance: 'kolmogorovSmirnov',
    kind: i % 2 === 0 ? 'ordered' : 'total',
    onlyMore: false,
    at: i * CELLS,
    size: CELLS,
    of: 'values',
    bins: [],
  }),
);
const reference = new Float64Array(FEATURES * CELLS).fill(5_000);

/** Rows of which a share `alike` lies in one cell of their visitor's, in the first `moved` features all in cell 0. */
function rows(count: number, { alike = 0, visit = 1, moved = 0, seed = 1 } = {}): Float64Array {
  const random = randomFrom(seed);
  const slots = new Float64Array(FEATURES * CELLS);
  let own: number[] = [];
  for (let row = 0; row < count; row++) {
    if (row % visit === 0) own = questions.map(() => Math.floor(CELLS * random()));
    questions.forEach(({ at }, f) => {
      const cell = f < moved ? 0 : random() < alike ? own[f]! : Math.floor(CELLS * random());
      slots[at + cell]!++;
    });
  }
  return slots;
}

const steps = (count: number): number[] => new Array<number>(count).fill(2);

describe('how far features have moved together', () => {
  test('is about 1 where rows are independent, whatever a few features do', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const still = movedTogether(questions, { current: rows(1_000, { seed }), reference });
      expect(still).toBeGreaterThan(0.3);
      expect(still).toBeLessThan(4);
      const three = movedTogether(questions, { current: rows(1_000, { seed, moved: 3 }), reference });
      expect(three).toBeLessThan(6);
    }
  });

  test('leaves a pair of features to a change, where there are four or more', () => {
    const of = (features: number, moved: number) =>
      movedTogether(questions.slice(0, features), { current: rows(1_000, { moved }), reference });
    expect(of(3, 2)).toBeGreaterThan(100);
    for (const features of [4, 5, 6, 7, 8]) {
      expect(of(features, 2)).toBeLessThan(4);
      expect(of(features, 3)).toBeGreaterThan(100);
    }
  });

  test('is that of a visitor who fills the windows', () => {
    const one = movedTogether(questions, {
      current: rows(1_000, { alike: 0.5, visit: 1_000 }),
      reference,
    });
    // the rows of one visitor are as good as four: 1 / alike²
    expect(one).toBeGreaterThan(60);
  });

  test('is unknown where no other feature is', () => {
    const [only] = questions;
    expect(movedTogether([only!], { current: rows(1_000, { moved: 1 }), reference })).toBe(0);
    expect(tellTogether(questions.slice(0, 3))).toBe(false);
    expect(tellTogether(questions.slice(0, 4))).toBe(true);
    expect(tellTogether(questions)).toBe(true);
  });

  test('is bounded once windows have shown how far it goes', () => {
    const sides = { current: rows(3_000, { moved: FEATURES }), reference };
    const bounded = (windows: number, precedents: readonly number[], earlier: readonly number[] = []) =>
      noiseTogether(questions, { ...sides, windows, precedents, earlier: () => earlier });
    const unbounded = bounded(3, steps(29));
    expect(unbounded.deff).toBeGreaterThan(1_000);
    expect(unbounded.df).toBe(FEATURES / 2);
    expect(bounded(3, steps(30)).deff).toBe(1.5 * 2);
    // or in the reference, while these windows are few: not in it alone
    expect(bounded(3, steps(12), steps(18)).deff).toBe(1.5 * 2);
    expect(bounded(3, steps(12), steps(18)).df).toBe(30 - 2);
    expect(bounded(3, steps(12), steps(17)).deff).toBeGreaterThan(1_000);
    expect(bounded(3, steps(11), steps(90)).deff).toBeGreaterThan(1_000);
    expect(bounded(3, steps(12), [20, 30, 50, ...steps(33)]).deff).toBe(1.5 * 20 * 3);
    // the latest 48 are heeded
    expect(bounded(3, steps(16), [20, 30, 50, ...steps(33)]).deff).toBe(1.5 * 2);
    expect(bounded(3, steps(48), [20, 30, 50]).deff).toBe(1.5 * 2);
    // a change for good stands out once, or twice where it begins within a window; who comes and goes more often
    expect(bounded(3, [...steps(30), 30, 50]).deff).toBe(1.5 * 2);
    const stood = [...steps(30), 20, 30, 50];
    expect(bounded(3, stood).deff).toBe(1.5 * 20 * 3);
    expect(bounded(20, stood).deff).toBe(1.5 * 20 * 5);
  });
});
