// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../distances/special/random.js';
import { compareTables, normals, type Table } from '../testing/compare-tables.js';
import { naturalLimits } from './windows.js';

const DAY = 86_400_000;

interface Options {
  readonly perDay?: number;
  readonly shift?: (day: number) => number;
  readonly restless?: number;
  readonly seed?: number;
}

/** `perDay` rows a day; the number moves by `shift(day)` sd, and by a day effect of `restless` sd. */
function days(
  first: number,
  count: number,
  { perDay = 1_500, shift = () => 0, restless = 0, seed = 1 }: Options = {},
): Table {
  const normal = normals(seed);
  const random = randomFrom(seed + 50);
  const t: number[] = [];
  const x: number[] = [];
  const kind: string[] = [];
  for (let day = first; day < first + count; day++) {
    const effect = shift(day) + restless * normal();
    for (let i = 0; i < perDay; i++) {
      t.push(day * DAY + Math.floor(random() * DAY));
      x.push(effect + normal());
      kind.push(random() < 0.5 ? 'a' : 'b');
    }
  }
  return { t, x, kind };
}

const START = Date.parse('2001-01-01T00:00Z') / DAY;

describe('calendar windows', () => {
  test('name a temporary episode, while reference windows stay calm', () => {
    const shift = (day: number) => (day >= START + 40 && day < START + 47 ? 1 : 0);
    const { rated, comparison } = compareTables(days(START, 30), days(START + 30, 30, { shift, seed: 2 }), {
      times: ['t'],
    });
    expect(comparison.frame.windowing).toEqual({ column: 't', unit: 'day' });
    const series = rated.series.get('x')!;
    expect(series.values).toHaveLength(60);
    expect(rated.windows).toHaveLength(60);
    expect(series.episode?.text).toBe('temporary: 10 Feb – 16 Feb, back since');
    expect(series.ratings.slice(0, 40).every((rating) => rating === 'stable')).toBe(true);
    expect(series.ratings.slice(40, 47).every((rating) => rating === 'drift')).toBe(true);
    expect(rated.windows.filter(({ rating }) => rating === 'drift')).toHaveLength(7);
    expect(series.band![1]).toBeGreaterThan(0);
    expect(rated.series.get('kind')!.episode).toBeUndefined();
    expect(rated.series.has('t')).toBe(false);
  });

  test('take restless days for what they are: neither windows nor the whole raise an alarm', () => {
    const { rated } = compareTables(
      days(START, 40, { restless: 0.3 }),
      days(START + 40, 20, { restless: 0.3, seed: 2 }),
      { times: ['t'] },
    );
    expect(rated.summary.drift).toEqual([]);
    expect(rated.summary.watch).toEqual([]);
    expect(rated.verdicts.get('x')!.thresholdFrom).toMatch(
      /natural variation, as between 40 reference days, reaches/,
    );
    expect(rated.windows.filter(({ rating }) => rating === 'drift')).toEqual([]);
    expect(rated.notes).toEqual([]);
  });

  test('see one day that lies far beyond what restless days do', () => {
    const shift = (day: number) => (day === START + 50 ? 0.9 : 0);
    const { rated } = compareTables(
      days(START, 40, { restless: 0.15 }),
      days(START + 40, 20, { restless: 0.15, shift, seed: 2 }),
      { times: ['t'] },
    );
    const { ratings } = rated.series.get('x')!;
    expect(ratings[50]).toBe('drift');
    expect(ratings.filter((rating) => rating === 'drift' || rating === 'watch')).toHaveLength(1);
  });

  test('limit what windows may do by their spread, and by the furthest of them', () => {
    // |N(0, 1)| at equal steps of its distribution: days that differ by plain day effects.
    const plain = [0.03, 0.09, 0.16, 0.22, 0.28, 0.35, 0.42, 0.49, 0.56, 0.63, 0.71, 0.79]
      .concat([0.87, 0.97, 1.07, 1.18, 1.32, 1.49, 1.71, 2.1])
      .map((raw) => ({ raw, bias: 0.1 }));
    const calm = naturalLimits(plain, 0.01)!;
    expect(Math.sqrt(calm.watch)).toBeCloseTo(3.15, 1);
    expect(Math.sqrt(calm.drift)).toBeCloseTo(4.2, 1);
    // One storm among them: what lies just beyond it is not unusual.
    const storm = naturalLimits([...plain.slice(0, -1), { raw: 4, bias: 0.1 }], 0.01)!;
    expect(Math.sqrt(storm.watch)).toBeGreaterThan(5);
    expect(Math.sqrt(storm.drift)).toBeGreaterThan(7.5);
    expect(naturalLimits(plain.slice(1), 0.01)).toBeUndefined();
  });

  test('say of a change that restless days explain how much is to be expected of them', () => {
    const { rated } = compareTables(
      days(START, 40, { restless: 0.6, perDay: 300 }),
      days(START + 40, 20, { restless: 0.6, perDay: 300, shift: () => 0.3, seed: 2 }),
      { times: ['t'] },
    );
    const { rating, value, sentence } = rated.verdicts.get('x')!;
    expect(rating).toBe('stable');
    expect(value).toBeGreaterThan(0.025);
    expect(sentence).toMatch(
      /: a distance of 0\.\d+, of up to 0\.\d+ to be expected from how 40 reference days differ among themselves\.$/,
    );
  });

  test('still see a shift that is far beyond what days do', () => {
    const { rated } = compareTables(
      days(START, 40, { restless: 0.1 }),
      days(START + 40, 20, { restless: 0.1, shift: () => 0.6, seed: 2 }),
      { times: ['t'] },
    );
    expect(rated.summary.drift).toEqual(['x']);
    expect(rated.series.get('x')!.episode?.text).toBe('throughout');
  });

  test('leave out a window of which only a part is there', () => {
    const { t, x, kind } = days(START + 30, 30, { seed: 2 }) as Record<string, (number | string)[]>;
    // The last day: its first hour only, and all of one kind.
    const last = START + 59;
    const kept = t!.map((_, i) => i).filter((i) => Number(t![i]) < last * DAY + DAY / 24);
    const partial = {
      t: kept.map((i) => t![i]!),
      x: kept.map((i) => Number(x![i]) + (Number(t![i]) >= last * DAY ? 3 : 0)),
      kind: kept.map((i) => kind![i]!),
    };
    const { rated } = compareTables(days(START, 30), partial, { times: ['t'] });
    expect(rated.windows.at(-1)!.rating).toBe('unknown');
    expect(rated.series.get('x')!.episode).toBeUndefined();
  });

  test('say when there are too few reference windows for natural variation', () => {
    // Too few rows for windows of an hour.
    const sparse = { perDay: 400 };
    const { rated } = compareTables(days(START, 10, sparse), days(START + 10, 10, { ...sparse, seed: 2 }), {
      times: ['t'],
    });
    expect(rated.notes.join(' ')).toMatch(
      /10 reference days are not enough for a natural-variation limit \(20 needed\)/,
    );
    expect(rated.series.get('x')!.thresholdFrom).toMatch(/not enough/);
    expect(rated.series.get('x')!.band).toBeUndefined();
  });
});
