// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planRetention, type RetentionOptions, type RetentionPlan, SCHEDULES } from './retention.js';
import type { WindowRecord } from './store.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday, 00:00 UTC. */
const NOW = Date.UTC(2026, 10, 23);
const PLENTY = 1e12;

let sequence = 0;

function record(start: number, changes: Partial<WindowRecord> = {}): WindowRecord {
  const spec = changes.spec ?? '100 rows';
  return {
    id: `${spec}/${start}/${sequence++}`,
    spec,
    start,
    end: start + HOUR / 4,
    rows: 100,
    frameId: 'aaaaaaaaaaaa',
    grain: 'window',
    bytes: 1000,
    ...changes,
  };
}

/** What the plan makes of the windows, without their payloads. */
function carriedOut(windows: readonly WindowRecord[], plan: RetentionPlan): WindowRecord[] {
  const gone = new Set([
    ...plan.thinned,
    ...plan.leaving,
    ...plan.merges.flatMap(({ from }) => from.map(({ id }) => id)),
  ]);
  const merged = plan.merges.map(({ id, spec, grain, frameId, from }) => ({
    id,
    spec,
    grain,
    frameId,
    start: Math.min(...from.map(({ start }) => start)),
    end: Math.max(...from.map(({ end }) => end)),
    rows: from.reduce((sum, { rows }) => sum + rows, 0),
    bytes: Math.max(...from.map(({ bytes }) => bytes)),
  }));
  return [...windows.filter(({ id }) => !gone.has(id)), ...merged];
}

function tidied(windows: readonly WindowRecord[], options: Partial<RetentionOptions> = {}): WindowRecord[] {
  return carriedOut(windows, planRetention(windows, { now: NOW, limitBytes: PLENTY, ...options }));
}

const rowsOf = (windows: readonly WindowRecord[]) => windows.reduce((sum, { rows }) => sum + rows, 0);
const byId = (windows: readonly WindowRecord[]) => [...windows].sort((a, b) => (a.id < b.id ? -1 : 1));
const idsOf = (windows: readonly WindowRecord[]) => byId(windows).map(({ id }) => id);

/** One a step, back from now for so long. */
function every(step: number, { back }: { back: number }): WindowRecord[] {
  return Array.from({ length: Math.floor(back / step) }, (_, i) => record(NOW - (i + 1) * step));
}

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

describe('whatever the windows', () => {
  const RUNS = { numRuns: 60 };
  const windows = fc.array(
    fc.record({
      start: fc.integer({ min: NOW - 150 * DAY, max: NOW }),
      length: fc.integer({ min: 1, max: 3 * DAY }),
      spec: fc.constantFrom('100 rows', '1 h', '1 h every 5 min'),
      frameId: fc.constantFrom('aaaaaaaaaa', 'bbbbbbbbbb'),
      rows: fc.integer({ min: 0, max: 1000 }),
      bytes: fc.integer({ min: 1, max: 2000 }),
    }),
    { maxLength: 400, minLength: 0, size: 'max' },
  );
  const made = windows.map((list) =>
    list.map(({ length, start, ...facts }) => record(start, { ...facts, end: start + length })),
  );
  const slides = (spec: string) => spec.includes('every');
  const tumbling = (list: readonly WindowRecord[]) => list.filter(({ spec }) => !slides(spec));

  test('no row of a kind that does not overlap is lost or twice, as long as there is room', () => {
    fc.assert(
      fc.property(made, (list) => {
        const kept = tidied(list);
        for (const spec of ['100 rows', '1 h'])
          for (const frameId of ['aaaaaaaaaa', 'bbbbbbbbbb']) {
            const of = (all: readonly WindowRecord[]) =>
              rowsOf(all.filter((window) => window.spec === spec && window.frameId === frameId));
            expect(of(kept)).toBe(of(list));
          }
        expect(new Set(idsOf(kept)).size).toBe(kept.length);
      }),
      RUNS,
    );
  });

  test('a plan that was carried out leaves nothing to do', () => {
    fc.assert(
      fc.property(made, fc.integer({ min: 1000, max: 400_000 }), (list, limitBytes) => {
        const kept = tidied(list, { limitBytes });
        expect(planRetention(kept, { now: NOW, limitBytes })).toMatchObject({
          merges: [],
          thinned: [],
          leaving: [],
        });
      }),
      RUNS,
    );
  });

  test('the order of the windows does not matter', () => {
    const shuffled = made.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, fc.integer({ min: 1000, max: 400_000 }), (both, limitBytes) => {
        const [one, two] = both.map((list) => byId(tidied(list, { limitBytes })));
        expect(two).toEqual(one);
      }),
      RUNS,
    );
  });

  test('tidied on the way or only at the end, kinds that do not overlap come to the same windows', () => {
    fc.assert(
      fc.property(made, fc.array(fc.integer({ min: 0, max: 150 }), { maxLength: 6 }), (all, days) => {
        const list = tumbling(all);
        const moments = days.map((day) => NOW - day * DAY).sort((a, b) => a - b);
        let held: WindowRecord[] = [];
        let seen = Number.NEGATIVE_INFINITY;
        for (const now of [...moments, NOW + 1]) {
          held = [...held, ...list.filter(({ start }) => start >= seen && start < now)];
          held = tidied(held, { now });
          seen = now;
        }
        expect(byId(held)).toEqual(byId(tidied(list, { now: NOW + 1 })));
      }),
      RUNS,
    );
  });

  test('of kinds that overlap, what is old and kept shares no time, and nothing else is added up', () => {
    fc.assert(
      fc.property(made, (list) => {
        const crowd = Array.from({ length: 240 }, (_, i) =>
          record(NOW - i * 1000, { spec: '1 h every 5 min', end: NOW - i * 1000 + 500 }),
        );
        const all = [...list, ...crowd];
        const { thinned, merges } = planRetention(all, { now: NOW, limitBytes: PLENTY });
        expect(all.filter(({ id, spec }) => thinned.includes(id) && !slides(spec))).toEqual([]);
        const old = all.filter(
          ({ id, spec, start }) => slides(spec) && start < NOW - 2 * DAY && !thinned.includes(id),
        );
        const added = new Set(merges.flatMap(({ from }) => from.map(({ id }) => id)));
        expect(
          all.filter(({ id, spec }) => slides(spec) && added.has(id)).every((window) => old.includes(window)),
        ).toBe(true);
        for (const frameId of ['aaaaaaaaaa', 'bbbbbbbbbb']) {
          const sorted = old.filter((window) => window.frameId === frameId).sort((a, b) => a.start - b.start);
          for (let i = 1; i < sorted.length; i++)
            expect(sorted[i]!.start).toBeGreaterThanOrEqual(sorted[i - 1]!.end);
        }
      }),
      RUNS,
    );
  });

  test('what is kept fits the limit', () => {
    fc.assert(
      fc.property(made, fc.integer({ min: 0, max: 100_000 }), (list, limitBytes) => {
        const kept = tidied(list, { limitBytes });
        expect(kept.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(limitBytes);
      }),
      RUNS,
    );
  });
});
