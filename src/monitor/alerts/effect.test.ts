// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../distances/special/random.js';
import { INDEPENDENT } from '../../verdict/hypotheses/hypothesis.js';
import { deviation, deviationError, effectOf } from './effect.js';
import type { Question } from './questions.js';

const ordered: Question = {
  metric: 'kolmogorovSmirnov',
  tolerance: 'kolmogorovSmirnov',
  kind: 'ordered',
  onlyMore: false,
  at: 1,
  size: 4,
  of: 'values',
  bins: [],
};
const total: Question = { ...ordered, kind: 'total', metric: 'totalVariation' };
const share: Question = { ...ordered, kind: 'share', metric: 'missing', size: 2 };
const certainty = { noise: INDEPENDENT, level: 0.01 };
/** The first slot belongs to another question. */
const slots = (...counts: number[]): number[] => [99, ...counts];

describe('effects', () => {
  test('ordered cells: the greatest difference of running shares', () => {
    const sides = { current: slots(10, 20, 30, 40), reference: slots(250, 250, 250, 250) };
    const effect = effectOf(ordered, sides, certainty)!;
    expect(effect.value).toBeCloseTo(0.2, 12);
    // 1.6276 √(1/1000 + 1/100)
    expect(effect.reach).toBeCloseTo(1.6276 * Math.sqrt(0.011), 4);
    expect(effect.direction).toEqual([-1, -1, 0, 0]);
    expect(deviation(ordered, sides, effect.direction)).toBeCloseTo(0.2, 12);
  });

  test('unordered cells: half the sum of differences, less what noise adds', () => {
    const sides = {
      current: slots(4_000, 1_000, 3_000, 2_000),
      reference: slots(2_500, 2_500, 2_500, 2_500),
    };
    const effect = effectOf(total, sides, certainty)!;
    expect(effect.value).toBeGreaterThan(0.19);
    expect(effect.value).toBeLessThan(0.2);
    expect(effect.direction).toEqual([1, 0, 1, 0]);
    expect(deviation(total, sides, effect.direction)).toBeCloseTo(0.2, 12);
  });

  test('shares: both ways, or growth only', () => {
    const less = { current: slots(10, 1_000), reference: slots(500, 10_000) };
    const effect = effectOf(share, less, certainty)!;
    expect(effect.value).toBeCloseTo(0.04, 12);
    expect(effect.value - effect.reach).toBeGreaterThan(0.02);
    expect(deviation(share, less, effect.direction)).toBeCloseTo(0.04, 12);
    expect(effectOf({ ...share, onlyMore: true }, less, certainty)!.value).toBe(0);
  });

  test('a design effect widens as so many rows fewer would, an estimated one more', () => {
    const sides = { current: slots(10, 20, 30, 40), reference: slots(250, 250, 250, 250) };
    const [known, estimated] = [Number.POSITIVE_INFINITY, 10].map(
      (df) => effectOf(ordered, sides, { noise: { deff: 4, df }, level: 0.01 })!.reach,
    ) as [number, number];
    expect(known).toBeCloseTo(2 * effectOf(ordered, sides, certainty)!.reach, 10);
    expect(estimated).toBeGreaterThan(1.1 * known);
  });

  test('shares of rows of few visitors: as far as one of the largest variance reaches', () => {
    const sides = { current: slots(20, 100), reference: slots(200, 10_000) };
    const reach = (deff: number, current = sides.current): number =>
      effectOf(share, { ...sides, current }, { noise: { deff, df: Number.POSITIVE_INFINITY }, level: 0.01 })!
        .reach;
    // 2.5758 √(deff/4 · (1/100 + 1/10,000))
    expect(reach(13)).toBeCloseTo((2.5758 / 2) * Math.sqrt(13 * 0.0101), 4);
    expect(reach(13, slots(0, 100))).toBe(reach(13));
    expect(reach(12)).toBeLessThan(0.5 * reach(13));
    // of many visitors it is a share of rows
    const many = slots(280, 1_400);
    expect(reach(15, many)).toBeGreaterThan(0.9 * (2.5758 / 2) * Math.sqrt(15 * (1 / 1_400 + 1e-4)));
    expect(reach(13, many)).toBeLessThan(0.9 * reach(15, many));
  });

  test('nothing to ask about is no effect', () => {
    const empty = { current: slots(0, 0, 0, 0), reference: slots(1, 1, 1, 1) };
    for (const question of [ordered, total, share])
      expect(effectOf(question, empty, certainty)).toBeUndefined();
    expect(deviation(ordered, empty, [1, 0, 0, 0])).toBeNaN();
  });
});

test('the reach is exceeded as seldom as it says, and the standard error is that of the deviation', () => {
  const random = randomFrom(7);
  const draw = (rows: number): number[] => {
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < rows; i++) counts[Math.floor(4 * random() ** 2)]!++;
    return slots(...counts);
  };
  const runs = 1_500;
  const exceeded = { ordered: 0, total: 0 };
  let squares = 0;
  const direction = [1, 1, 0, 0];
  for (let i = 0; i < runs; i++) {
    const sides = { current: draw(200), reference: draw(600) };
    const level = { noise: INDEPENDENT, level: 0.05 };
    const found = [effectOf(ordered, sides, level)!, effectOf(total, sides, level)!] as const;
    if (found[0].value > found[0].reach) exceeded.ordered++;
    if (found[1].value > found[1].reach) exceeded.total++;
    const huge = { current: sides.current, reference: slots(500_000, 207_107, 158_919, 133_975) };
    squares += deviation(ordered, huge, direction) ** 2;
  }
  expect(exceeded.ordered / runs).toBeLessThan(0.06);
  expect(exceeded.total / runs).toBeLessThan(0.06);
  const error = deviationError(ordered, draw(200), { direction, noise: INDEPENDENT });
  expect(Math.sqrt(squares / runs)).toBeGreaterThan(0.8 * error);
  expect(Math.sqrt(squares / runs)).toBeLessThan(1.2 * error);
});
