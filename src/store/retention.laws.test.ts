// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planRetention } from './retention.js';
import type { WindowRecord } from './store.js';

import { byId, DAY, idsOf, NOW, PLENTY, record, rowsOf, tidied } from './testing/window-records.js';

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
