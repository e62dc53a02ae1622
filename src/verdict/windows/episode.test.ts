// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Rating } from '../verdict.js';
import { nameEpisode } from './episode.js';

const DAY = 86_400_000;
/** One letter a day from `first` on: d(rift), w(atch), s(table), u(nknown). */
function days(first: string, letters: string) {
  const start = Date.parse(`${first}T00:00Z`);
  const names: Record<string, Rating> = { d: 'drift', w: 'watch', s: 'stable', u: 'unknown' };
  return [...letters].map((letter, i) => ({
    start: start + i * DAY,
    end: start + (i + 1) * DAY,
    rating: names[letter]!,
  }));
}

test('nothing stands out, nothing is named', () => {
  expect(nameEpisode(days('2001-04-01', 'sssuss'))).toBeUndefined();
  expect(nameEpisode([])).toBeUndefined();
});

test('a change that came back is temporary, from its first to its last day', () => {
  const found = nameEpisode(days('2001-04-20', `sss${'d'.repeat(21)}${'s'.repeat(20)}`));
  expect(found?.text).toBe('temporary: 23 Apr – 13 May, back since');
  expect(found?.shape).toBe('temporary');
});

test('quiet days inside an episode do not split it', () => {
  expect(nameEpisode(days('2001-04-20', 'sssddssddsssssss'))?.text).toBe(
    'temporary: 23 Apr – 28 Apr, back since',
  );
});

test('a change that lasts to the end is dated by its beginning', () => {
  expect(nameEpisode(days('2001-04-30', 'ssswwwd'))?.text).toBe('since 3 May');
});

test('nearly all windows: throughout', () => {
  expect(nameEpisode(days('2001-04-30', 'ddddsddddd'))?.text).toBe('throughout');
});

test('several runs: on and off, with how many', () => {
  const found = nameEpisode(days('2001-05-01', 'sdsssdsssswsss'));
  expect(found?.text).toBe('on and off: 3 of 14 windows since 2 May');
});

test('windows of hours are dated with the hour', () => {
  const windows = days('2001-05-01', 'sssds').map((window, i) => ({
    ...window,
    start: window.start - i * 23 * 3_600_000,
    end: window.start - i * 23 * 3_600_000 + 3_600_000,
  }));
  expect(nameEpisode(windows)?.text).toBe('temporary: 1 May 03:00, back since');
});
