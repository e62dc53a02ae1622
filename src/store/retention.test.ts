// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { planRetention, SCHEDULES } from './retention.js';
import {
  carriedOut,
  DAY,
  every,
  HOUR,
  NOW,
  PLENTY,
  record,
  rowsOf,
  tidied,
} from './testing/window-records.js';

describe('windows that do not overlap', () => {
  test('of the last two days stay whole, older ones become hours, days and weeks', () => {
    const kept = tidied(every(HOUR / 6, { back: 200 * DAY }));
    const of = (grain: string) => kept.filter((window) => window.grain === grain);
    expect(of('window')).toHaveLength(2 * 24 * 6);
    expect(Math.min(...of('window').map(({ start }) => start))).toBe(NOW - 2 * DAY);
    expect(of('hour')).toHaveLength(12 * 24);
    expect(of('hour').every(({ rows }) => rows === 600)).toBe(true);
    // From the Monday a quarter of a year ago on, 77 days or up to six more.
    expect(of('day')).toHaveLength(77);
    expect(of('day').every(({ rows }) => rows === 14_400)).toBe(true);
    expect(of('week').map(({ id }) => id)).toContain(`100 rows/week/${Date.UTC(2026, 7, 17)}/aaaaaaaa`);
    expect(
      of('week').every(({ start }) => new Date(start).getUTCDay() === 1 || start === NOW - 200 * DAY),
    ).toBe(true);
    expect(rowsOf(kept)).toBe(200 * 24 * 6 * 100);
  });

  test('of a kind that is rare, the latest 240 stay whole however old they are', () => {
    const windows = every(DAY, { back: 300 * DAY });
    const kept = tidied(windows);
    const whole = kept.filter(({ grain }) => grain === 'window');
    expect(whole.length).toBeGreaterThanOrEqual(240);
    expect(whole.length).toBeLessThan(247);
    expect(rowsOf(kept)).toBe(30_000);
    const halfHours = tidied(every(HOUR / 2, { back: 10 * DAY }));
    expect(halfHours.filter(({ grain }) => grain === 'window')).toHaveLength(240);
  });

  test('a unit with one window in it stays that window, verdict and all', () => {
    const windows = [...every(HOUR, { back: 11 * DAY })];
    const plan = planRetention(windows, { now: NOW, limitBytes: PLENTY });
    expect(plan).toMatchObject({ merges: [], thinned: [], leaving: [] });
  });

  test('windows of different frames are not added up, nor those of a frame that is not at hand', () => {
    const old = NOW - 20 * DAY;
    const windows = [
      ...[0, 1, 2, 3].map((i) => record(old + i, { frameId: i % 2 ? 'bbbbbbbbbb' : 'aaaaaaaaaa' })),
      ...[4, 5].map((i) => record(old + i, { frameId: 'cccccccccc' })),
      ...every(HOUR / 10, { back: 2 * DAY }),
    ];
    const { merges } = planRetention(windows, {
      now: NOW,
      limitBytes: PLENTY,
      adds: (id) => !id.startsWith('c'),
    });
    expect(merges.map(({ frameId, from }) => [frameId, from.length])).toEqual([
      ['aaaaaaaaaa', 2],
      ['bbbbbbbbbb', 2],
    ]);
    expect(new Set(merges.map(({ id }) => id)).size).toBe(2);
  });

  test('too large for the limit, less stays whole; only then the oldest leave', () => {
    const windows = every(HOUR / 4, { back: 30 * DAY });
    const all = planRetention(windows, { now: NOW, limitBytes: PLENTY });
    const sizes = SCHEDULES.map((_, i) => {
      const plan = planRetention(windows, { now: NOW, limitBytes: [1e9, 4e5, 2.5e5, 1.5e5, 8e4][i]! });
      expect(plan.leaving).toEqual([]);
      return plan.bytes;
    });
    expect(all.bytes).toBe(sizes[0]);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(new Set(sizes).size).toBeGreaterThan(3);
    const least = sizes.at(-1)!;
    const tight = planRetention(windows, { now: NOW, limitBytes: least / 2 });
    expect(tight.leaving.length).toBeGreaterThan(0);
    const kept = carriedOut(windows, tight);
    expect(kept.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(least / 2);
    const gone = windows.filter(({ id }) => tight.leaving.includes(id));
    expect(Math.max(...gone.map(({ start }) => start))).toBeLessThan(
      Math.min(...kept.map(({ start }) => start)),
    );
    expect(rowsOf(kept) + rowsOf(gone)).toBe(rowsOf(windows));
  });
});

describe('windows that overlap', () => {
  const sliding = (step: number, back: number) =>
    Array.from({ length: Math.floor(back / step) }, (_, i) =>
      record(NOW - (i + 1) * step, { spec: '1 h every 5 min', end: NOW - (i + 1) * step + HOUR }),
    );

  test('stay as they are while they are recent; of old ones a disjoint few are kept, in which no row is twice', () => {
    const windows = sliding(HOUR / 12, 4 * DAY);
    const kept = tidied(windows);
    const old = kept.filter(({ start }) => start < NOW - 2 * DAY);
    const recent = kept.filter(({ start }) => start >= NOW - 2 * DAY);
    expect(recent).toHaveLength(2 * 24 * 12);
    // Steps tile the hours: one in twelve is kept, and no row is missing.
    expect(old).toHaveLength(48);
    const sorted = old.sort((a, b) => a.start - b.start);
    for (let i = 1; i < sorted.length; i++) expect(sorted[i]!.start).toBe(sorted[i - 1]!.end);
  });

  test('the disjoint few are added up by day and week, and stay disjoint as time goes on', () => {
    let windows = sliding(HOUR / 12, 120 * DAY);
    for (const now of [NOW - 60 * DAY, NOW - 59.3 * DAY, NOW - 20 * DAY, NOW]) {
      windows = carriedOut(windows, planRetention(windows, { now, limitBytes: PLENTY }));
      const old = windows.filter(({ start }) => start < now - 3 * DAY && start < NOW - 61 * DAY);
      const sorted = old.sort((a, b) => a.start - b.start);
      for (let i = 1; i < sorted.length; i++)
        expect(sorted[i]!.start).toBeGreaterThanOrEqual(sorted[i - 1]!.end);
    }
    expect(windows.some(({ grain }) => grain === 'week')).toBe(true);
    // Every row of 120 days once, at 100 rows an hour, but for those of the days that are whole.
    const added = windows.filter(({ grain }) => grain !== 'window');
    const span = Math.max(...added.map(({ end }) => end)) - Math.min(...added.map(({ start }) => start));
    expect(rowsOf(added)).toBe((span / HOUR) * 100);
  });

  test('one that comes late into what was added up is not added to it', () => {
    const merged = record(NOW - 20 * DAY, {
      id: `1 h every 5 min/day/${NOW - 20 * DAY}/aaaaaaaa`,
      spec: '1 h every 5 min',
      end: NOW - 19 * DAY,
      grain: 'day',
      rows: 2400,
    });
    const late = record(NOW - 20 * DAY + 5 * HOUR, { spec: '1 h every 5 min' });
    const before = record(NOW - 20 * DAY - HOUR / 2, {
      spec: '1 h every 5 min',
      end: NOW - 20 * DAY + HOUR / 2,
    });
    const fill = sliding(HOUR / 12, 3 * DAY);
    const plan = planRetention([merged, late, before, ...fill], { now: NOW, limitBytes: PLENTY });
    expect(plan.thinned).toEqual(expect.arrayContaining([late.id, before.id]));
  });
});
