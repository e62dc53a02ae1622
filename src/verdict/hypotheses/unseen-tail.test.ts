// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../distances/special/random.js';
import { repeats } from '../checks/duplicate-tail.js';
import { type UnseenCounts, unseenP } from './unseen-tail.js';

function countsOf(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): UnseenCounts {
  const sum = (side: ReadonlyMap<number, number>) => [...side.values()].reduce((x, y) => x + y, 0);
  const sizes = new Map<number, number>();
  let unseen = 0;
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const size = (a.get(key) ?? 0) + (b.get(key) ?? 0);
    sizes.set(size, (sizes.get(size) ?? 0) + 1);
    if (!a.has(key)) unseen += b.get(key)!;
  }
  return {
    m: sum(a),
    n: sum(b),
    unseen,
    singles: [...a.values()].filter((count) => count === 1).length,
    sizes,
  };
}

const tally = (values: readonly number[]) => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

describe('unseen categories', () => {
  test('one new category of k rows: the chance that all k fall to the current side', () => {
    const p = unseenP({
      m: 1_000,
      n: 1_000,
      unseen: 10,
      singles: 0,
      sizes: new Map([
        [10, 1],
        [990, 2],
      ]),
    });
    let exact = 1;
    for (let i = 0; i < 10; i++) exact *= (1_000 - i) / (2_000 - i);
    expect(Math.log(p)).toBeCloseTo(Math.log(exact), 3);
  });

  test('Zipf, 2,000 categories: many rows are new by luck, and p says so; it is never too small', () => {
    const random = randomFrom(5);
    const draw = () => Math.floor(2_000 ** random());
    let small = 0;
    for (let i = 0; i < 200; i++) {
      const a = tally(Array.from({ length: 400 }, draw));
      const b = tally(Array.from({ length: 400 }, draw));
      const counts = countsOf(a, b);
      expect(counts.unseen).toBeGreaterThan(20);
      if (unseenP(counts) <= 0.05) small++;
    }
    expect(small).toBeLessThanOrEqual(16);
  });

  test('a fifth of rows in many new categories is no luck', () => {
    const random = randomFrom(6);
    const a = tally(Array.from({ length: 1_000 }, () => Math.floor(50 * random())));
    const b = tally(Array.from({ length: 1_000 }, (_, i) => (i < 200 ? 100 + i : Math.floor(50 * random()))));
    expect(unseenP(countsOf(a, b))).toBeLessThan(1e-20);
  });

  test('none unseen: 1', () => {
    expect(unseenP({ m: 10, n: 10, unseen: 0, singles: 0, sizes: new Map() })).toBe(1);
  });
});

describe('repeated rows', () => {
  const sample = (values: readonly number[]) => ({
    threshold: 2 ** 32,
    hashes: new Map(
      [...tally(values)].map(([value, count]) => [value.toString(16).padStart(16, '0'), count]),
    ),
  });

  test('a file joined twice stands out', () => {
    const once = Array.from({ length: 500 }, (_, i) => i);
    const twice = [...once, ...once].map((i) => 10_000 + i);
    const found = repeats(sample(once), sample(twice), 1_000 / 1_500)!;
    expect(found.repeats).toBe(500);
    expect(found.pValue).toBeLessThan(1e-20);
  });

  test('a coarse table repeats itself on both sides, whatever their sizes', () => {
    const random = randomFrom(9);
    let small = 0;
    for (let i = 0; i < 100; i++) {
      const draw = () => Math.floor(300 * random());
      const a = sample(Array.from({ length: 100 }, draw));
      const b = sample(Array.from({ length: 1_000 }, draw));
      if (repeats(a, b, 1_000 / 1_100)!.pValue <= 0.05) small++;
    }
    expect(small).toBeLessThanOrEqual(10);
  });

  test('uncounted samples say nothing', () => {
    const none = { threshold: 0, hashes: new Map<string, number>() };
    expect(repeats(none, sample([1, 1]), 0.5)).toBeUndefined();
  });
});
