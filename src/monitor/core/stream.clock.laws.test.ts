// SPDX-License-Identifier: Apache-2.0
/** Windows while clocks jump, laptops sleep, rows come late, replays begin anew and versions change: held against lists of rows. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WindowSpec } from '../specs.js';
import { NOON, type Step, type Told, windowsOf } from './testing/stream-windows.js';
import { planWindows, type WindowPlan } from './window-plan.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Rows of these times at this clock, of a version; then a look at the clock. */
interface Moment extends Step {
  readonly now: number;
  readonly times: readonly number[];
}

/** A life of a tab: what its clock does, and when its rows say that they are. */
const moments = fc
  .array(
    fc.record({
      passes: fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 0, max: 40 * SECOND }) },
        { weight: 1, arbitrary: fc.integer({ min: MINUTE, max: 9 * HOUR }) },
        { weight: 1, arbitrary: fc.integer({ min: -3 * HOUR, max: 0 }) },
        { weight: 1, arbitrary: fc.constantFrom(-30 * 24 * HOUR, 30 * 24 * HOUR) },
      ),
      lags: fc.oneof(
        { weight: 8, arbitrary: fc.array(fc.integer({ min: 0, max: 20 * SECOND }), { maxLength: 12 }) },
        { weight: 3, arbitrary: fc.array(fc.integer({ min: 0, max: 5 * MINUTE }), { maxLength: 8 }) },
        // A stamp of the future, a little or far.
        { weight: 1, arbitrary: fc.constantFrom([-50 * SECOND], [-5 * HOUR, 0, 0]) },
        // A replay of last week, which goes on a second a row.
        { weight: 1, arbitrary: fc.constant(Array.from({ length: 130 }, (_, i) => 168 * HOUR - i * SECOND)) },
      ),
      sleeps: fc.option(fc.integer({ min: 0, max: 2 * HOUR }), { nil: null }),
      saves: fc.boolean(),
      version: fc.oneof(
        { weight: 9, arbitrary: fc.constant('1') },
        { weight: 1, arbitrary: fc.constant('2') },
      ),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((steps) => {
    let now = NOON;
    return steps.map(({ passes, lags, sleeps, saves, version }): Moment => {
      now += passes;
      const times = (lags as readonly number[]).map((lag) => now - lag);
      return {
        now,
        times,
        rows: times.length,
        version,
        saves,
        ...(sleeps !== null && { tick: now + sleeps }),
      };
    });
  });

const specs = fc
  .array(
    fc.record({
      every: fc.constantFrom(20 * SECOND, MINUTE, 10 * MINUTE),
      parts: fc.constantFrom(1, 1, 2, 4),
      lateness: fc.constantFrom(0, 5 * SECOND, MINUTE),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((kinds) =>
    kinds.map(({ every, parts, lateness }): WindowSpec => ({ every, step: every / parts, lateness })),
  );

const stretchOf = (time: number, { unit }: WindowPlan): number => Math.floor(time / unit) * unit;

/**
 * By the rules alone, a row at a time: for each kind the time since which it counts that each row belongs to (a number, which goes
 * up when a version or a clock changes), and null where it came too late.
 */
function ageOfRows(lives: readonly Moment[], plans: readonly WindowPlan[]): (number | null)[][] {
  const ages = plans.map((): (number | null)[] => []);
  const event = { latest: Number.NEGATIVE_INFINITY, idle: Number.NEGATIVE_INFINITY, seenAt: 0, lateRun: 0 };
  const reached = (): number => Math.max(event.latest, event.idle);
  let age = 0;
  let before = '';
  for (const { times, now, version = '', tick } of lives) {
    if (version !== before) age++;
    before = version;
    for (const time of times) {
      const isLate = (plan: WindowPlan): boolean =>
        stretchOf(time, plan) + plan.unit + plan.lateness <= reached();
      let passes = !plans.every(isLate);
      if (!passes) {
        const isAhead = reached() > now + MINUTE && time <= now + MINUTE;
        if (!isAhead) event.lateRun++;
        if (isAhead || (event.lateRun >= 100 && Math.abs(reached() - now) > HOUR)) {
          age++;
          Object.assign(event, { latest: time, idle: Number.NEGATIVE_INFINITY });
          passes = true;
        }
      }
      if (passes) Object.assign(event, { latest: Math.max(event.latest, time), lateRun: 0 });
      for (const [kind, plan] of plans.entries()) ages[kind]!.push(isLate(plan) ? null : age);
    }
    event.seenAt = now;
    if (tick !== undefined && Math.abs(event.latest - event.seenAt) <= HOUR && tick > event.seenAt)
      event.idle = Math.max(event.idle, event.latest + (tick - event.seenAt));
  }
  return ages;
}

test('whatever clocks do: each row is in the windows of its time that its age has, or was late; windows follow each other', async () => {
  const seen = { late: 0, ages: 0, slid: 0 };
  await fc.assert(
    fc.asyncProperty(specs, moments, async (kinds, lives) => {
      const times = lives.flatMap((life) => life.times);
      const { plans, told, stream } = await run(kinds, lives);
      const ages = ageOfRows(lives, plans);
      plans.forEach((plan, kind) => {
        const own = told.filter(({ spec }) => spec === plan.label);
        const inTime = ages[kind]!.flatMap((age, row) => (age === null ? [] : row));
        const held = own.flatMap(({ rows }) => rows);
        // Each row that came in time is told, once where windows do not overlap; no other is.
        expect([...new Set(held)].sort((a, b) => a - b)).toEqual(inTime);
        if (plan.step === plan.size) expect(held.length).toBe(inTime.length);
        else if (held.length > inTime.length) seen.slid++;
        let last = null as { readonly age: number; readonly window: Told } | null;
        for (const window of own) {
          const age = ages[kind]![window.rows[0]!]!;
          const belongs = (row: number): boolean =>
            ages[kind]![row] === age && times[row]! >= window.start && times[row]! < window.end;
          expect(window.rows).toEqual(inTime.filter(belongs));
          expect(window.end - window.start).toBe(plan.size);
          if (last?.age === age) {
            expect((window.start - last.window.start) % plan.step).toBe(0);
            expect(window.start - last.window.start).toBeGreaterThanOrEqual(plan.step);
          } else if (last !== null) {
            expect(age).toBeGreaterThan(last.age);
            seen.ages++;
          }
          last = { age, window };
        }
        const late = times.length - inTime.length;
        expect(own.reduce((sum, window) => sum + window.late, 0)).toBeLessThanOrEqual(late);
      });
      const someLate = times.filter((_, row) => ages.some((kind) => kind[row] === null)).length;
      expect(stream.late).toBe(someLate);
      seen.late += someLate;
    }),
    { numRuns: 400 },
  );
  // What this is about has come up.
  expect(Math.min(seen.late, seen.ages, seen.slid)).toBeGreaterThan(50);
});

async function run(kinds: readonly WindowSpec[], lives: readonly Moment[]) {
  const { windows } = planWindows(kinds);
  const times = lives.flatMap((life) => life.times);
  return { plans: windows, ...(await windowsOf(kinds, times, { steps: lives, end: true })) };
}
