// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../distances/special/random.js';
import { normals } from '../../verdict/testing/compare-tables.js';
import type { Question } from './questions.js';
import { blended, observedNoise, PRESUMED, usualNoise, withNeighbours } from './row-noise.js';
import { valuesQuestion } from './testing/values-question.js';

const CELLS = 8;
const ordered = valuesQuestion(CELLS);
const share: Question = { ...ordered, metric: 'missing', tolerance: 'missing', kind: 'share', size: 2 };

/** Windows of `rows` rows in eight cells; visitors of `visit` rows, of which a share `alike` lies in one cell of theirs. */
function windows(
  count: number,
  options: { rows?: number; visit?: number; alike?: number; moved?: (k: number) => number; seed?: number },
) {
  const { rows = 600, visit = 1, alike = 0, moved = () => 0, seed = 1 } = options;
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, k) => {
    const slots = new Float64Array(CELLS);
    let own = 0;
    for (let i = 0; i < rows; i++) {
      if (i % visit === 0) own = random();
      const u = random() < alike ? own : random();
      slots[Math.min(CELLS - 1, Math.floor(CELLS * Math.min(0.999, u + moved(k))))]!++;
    }
    return slots;
  });
}

function meanDeff(options: Parameters<typeof windows>[1], count = 40): number {
  let sum = 0;
  for (let seed = 1; seed <= 20; seed++)
    sum += observedNoise(ordered, windows(count, { ...options, seed }))!.deff;
  return sum / 20;
}

describe('noise of windows', () => {
  test('of independent rows is that of independent rows', () => {
    const deff = meanDeff({});
    expect(deff).toBeGreaterThan(0.85);
    expect(deff).toBeLessThan(1.15);
  });

  test('of visitors is 1 + (rows − 1) · correlation', () => {
    // two rows of a visitor are in the same cell by alike² beyond chance
    const expected = 1 + 29 * 0.5 ** 2;
    const deff = meanDeff({ visit: 30, alike: 0.5 });
    expect(deff).toBeGreaterThan(0.8 * expected);
    expect(deff).toBeLessThan(1.25 * expected);
  });

  test('of a slow drift is not that drift', () => {
    expect(meanDeff({ moved: (k) => k / 400 })).toBeLessThan(1.4);
  });

  test('grows where neighbouring windows are alike', () => {
    const normal = normals(4);
    const every = Array.from({ length: 15 }, () => 0.05 * normal());
    const levels = Array.from({ length: 60 }, (_, k) => every[k >> 2]!);
    const alike = observedNoise(ordered, windows(60, { moved: (k) => Math.max(0, 0.1 + levels[k]!) }))!;
    const shuffled = levels.map((_, k) => levels[(k * 7) % 60]!);
    const apart = observedNoise(ordered, windows(60, { moved: (k) => Math.max(0, 0.1 + shuffled[k]!) }))!;
    expect(withNeighbours(alike, 0).deff).toBeGreaterThan(1.5 * withNeighbours(apart, 0).deff);
    expect(withNeighbours(apart, 0.5).deff).toBeCloseTo(3 * apart.deff, 10);
  });

  test('is unknown from two windows, or where nothing varies', () => {
    expect(observedNoise(ordered, windows(2, {}))).toBeUndefined();
    const none = Array.from({ length: 10 }, () => Float64Array.of(0, 500, 0, 0, 0, 0, 0, 0));
    expect(observedNoise(share, none)).toBeUndefined();
  });

  test('of rare shares is worth as much as there are events', () => {
    const rare = Array.from({ length: 50 }, (_, k) => Float64Array.of(k === 7 ? 4 : 0, 500));
    expect(observedNoise(share, rare)!.df).toBeLessThan(1);
  });
});

describe('what is presumed', () => {
  test('gives way to what is seen', () => {
    expect(blended(undefined, PRESUMED)).toBe(PRESUMED);
    expect(blended({ deff: 1, df: 36 }, PRESUMED)).toEqual({ deff: 1.75, df: 48 });
    expect(blended({ deff: 0.1, df: 1_000 }, PRESUMED).deff).toBe(1);
  });

  test('follows what is usual among features', () => {
    const still = windows(40, {});
    const stirred = windows(40, { visit: 30, alike: 0.5 });
    const both = still.map((slots, k) => Float64Array.of(...slots, ...stirred[k]!));
    const second = { ...ordered, at: CELLS };
    expect(usualNoise([ordered, ordered, ordered, ordered], still).noise.deff).toBeLessThan(1.6);
    expect(usualNoise([second, second, second, second], both).noise.deff).toBeGreaterThan(6);
    // one odd feature of many is not in all others
    expect(usualNoise([ordered, ordered, ordered, ordered, second], both).noise.deff).toBeLessThan(1.6);
    expect(usualNoise([], still)).toEqual({ noise: PRESUMED, correlation: 0 });
    expect(usualNoise([ordered, ordered, ordered], still).correlation).toBe(0);
  });
});
