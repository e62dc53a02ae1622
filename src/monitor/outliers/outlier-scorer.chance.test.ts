// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { type Draw, normalFrom, SHAPES, sample, seeded, zipfFrom } from '../../distances/testing/samples.js';
import { OutlierScorer } from './outlier-scorer.js';
import { batchOf, measured, numbers, words } from './testing/measured-rows.js';

/** Shares of null rows at or below each level, over references of `rows` rows. */
function shares(
  make: (random: Draw) => () => Readonly<Record<string, Draw>>,
  { rows, references, fresh = 20_000 }: { rows: number; references: number; fresh?: number },
) {
  const levels = [0.1, 0.01, 0.001];
  const found = levels.map(() => 0);
  for (let i = 0; i < references; i++) {
    const draws = make(seeded(20261104 + i))();
    const drawn = (n: number) =>
      batchOf(
        Object.fromEntries(Object.entries(draws).map(([name, draw]) => [name, numbers(sample(draw, n))])),
      );
    const { pValues } = new OutlierScorer(measured(drawn(rows))).score(drawn(fresh));
    for (const p of pValues)
      levels.forEach((level, at) => {
        if (p <= level) found[at]!++;
      });
  }
  return found.map((count) => count / (references * fresh));
}

const MORE_SHAPES: typeof SHAPES = {
  ...SHAPES,
  uniform: (random) => random,
  hours: (random) => () => Math.floor(24 * random()),
  'Pareto 1.1': (random) => () => (1 - random()) ** (-1 / 1.1),
};

/** Three standard errors above what may be. */
function limit(level: number, rows: number): number {
  return level + 3 * Math.sqrt((level * (1 - level)) / rows);
}

describe('of rows like the reference at most a share p get p or less', () => {
  test.each(Object.keys(MORE_SHAPES))('%s', (shape) => {
    for (const [rows, references] of [
      [300, 30],
      [3_000, 12],
      [30_000, 2],
    ] as const) {
      const found = shares((random) => () => ({ x: MORE_SHAPES[shape]!(random) }), {
        rows,
        references,
        fresh: 5_000,
      });
      [0.1, 0.01, 0.001].forEach((level, i) => {
        // rows beyond one furthest row come together: of the new rows some 1/300 of each reference do
        expect(found[i]).toBeLessThan(limit(level, references * 300));
      });
      expect(found[0]).toBeGreaterThan(0.03);
    }
  });

  test('35 features, half of them alike', () => {
    const make = (random: Draw) => () => {
      let common = 0;
      const normal = normalFrom(random);
      const draws: Record<string, Draw> = { first: () => normal() };
      for (let i = 0; i < 34; i++) {
        const own = Object.values(SHAPES)[i % 8]!(random);
        draws[`f${i}`] = i % 2 === 0 ? own : () => common + normal() / 10;
        common = 0;
      }
      return draws;
    };
    const found = shares(make, { rows: 20_000, references: 2, fresh: 20_000 });
    expect(found[2]).toBeLessThan(limit(0.001, 40_000));
    expect(found[1]).toBeLessThan(limit(0.01, 40_000));
  });

  test.each([
    [
      '2,000 categories by Zipf',
      (random: Draw) => {
        const zipf = zipfFrom(random, 2_000);
        return () => `c${zipf()}`;
      },
    ],
    [
      '20,000 categories by Zipf',
      (random: Draw) => {
        const zipf = zipfFrom(random, 20_000);
        return () => `c${zipf()}`;
      },
    ],
    ['50 alike', (random: Draw) => () => `c${Math.floor(50 * random())}`],
    [
      'one rare among common ones',
      (random: Draw) => () => (random() < 0.0008 ? 'rare' : random() < 0.5 ? 'a' : 'b'),
    ],
    [
      'every hundredth missing',
      (random: Draw) => () => (random() < 0.01 ? null : `c${Math.floor(5 * random())}`),
    ],
  ] as const)('categories: %s', (_, make) => {
    const REFERENCES = 12;
    const FRESH = 5_000;
    const levels = [0.1, 0.01, 0.001];
    const found = [0, 0, 0];
    for (let i = 0; i < REFERENCES; i++) {
      const draw = make(seeded(20261105 + i));
      const drawn = (n: number) => batchOf({ x: words(Array.from({ length: n }, draw)) });
      const { pValues } = new OutlierScorer(measured(drawn(5_000))).score(drawn(FRESH));
      for (const p of pValues)
        levels.forEach((level, at) => {
          if (p <= level) found[at]!++;
        });
    }
    levels.forEach((level, at) => {
      expect(found[at]! / (REFERENCES * FRESH)).toBeLessThan(limit(level, REFERENCES * 300));
    });
  });

  test('missing, unparsable and infinite values', () => {
    const random = seeded(20261106);
    const normal = normalFrom(random);
    const drawn = (n: number) => {
      const status = new Uint8Array(n);
      const values = Float64Array.from({ length: n }, (_, row) => {
        const u = random();
        if (u < 0.0006) status[row] = 1;
        else if (u < 0.001) status[row] = 2;
        if (status[row]) return Number.NaN;
        return u < 0.0015 ? Infinity : u < 0.002 ? Number.NaN : normal();
      });
      return batchOf({ x: numbers(values, status) });
    };
    const { pValues } = new OutlierScorer(measured(drawn(50_000))).score(drawn(50_000));
    for (const level of [0.01, 0.001])
      expect(pValues.filter((p) => p <= level).length / 50_000).toBeLessThan(limit(level, 50_000));
  });
});
