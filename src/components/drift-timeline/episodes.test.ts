// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { WindowReport } from '../../report/report.js';
import type { Rating } from '../../verdict/verdict.js';
import { episodes } from './episodes.js';

const DAY = 86_400_000;
const windows = (count: number, reference: number): WindowReport[] =>
  Array.from({ length: count }, (_, i) => ({
    side: i < reference ? 'reference' : 'current',
    start: Date.UTC(2026, 3, 1) + i * DAY,
    end: Date.UTC(2026, 3, 1) + (i + 1) * DAY,
    rows: 100,
    rating: 'stable',
  }));
const letters: Record<string, Rating> = { d: 'drift', w: 'watch', s: 'stable', u: 'unknown' };
const found = (text: string, reference = 0, episode?: string) => {
  const ratings = [...text].map((letter) => letters[letter] as Rating);
  return episodes(
    {
      metric: 'kolmogorovSmirnov',
      values: ratings.map(() => 0),
      ratings,
      threshold: 1,
      thresholdFrom: '',
      ...(episode === undefined ? {} : { episode }),
    },
    windows(text.length, reference),
  );
};

test('drift before watch, the longest first, over or not', () => {
  expect(found('ssddswww').map(({ text }) => text)).toEqual([
    'drift 3 – 4 Apr, back since',
    'watch since 6 Apr 2026',
  ]);
  expect(found('dsdd').map(({ from, to }) => [from, to])).toEqual([
    [2, 4],
    [0, 1],
  ]);
});

test('windows that cannot be told do not end an episode; the reference has none', () => {
  expect(found('sdud').map(({ from, to }) => [from, to])).toEqual([[1, 4]]);
  expect(found('dddss', 3)).toEqual([]);
});

test('the words of the report win', () => {
  expect(found('sdds', 0, 'temporary: a storm')[0]?.text).toBe('temporary: a storm');
});
