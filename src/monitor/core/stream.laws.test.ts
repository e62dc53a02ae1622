// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WindowSpec } from '../specs.js';
import { NOON, windowsOf } from './testing/stream-windows.js';
import { planWindows } from './window-plan.js';

describe('properties', () => {
  const specs = fc.array(
    fc.oneof(
      fc
        .tuple(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 12 }))
        .map(([rows, step]): WindowSpec => ({ rows, step: Math.min(rows, step) })),
      fc
        .record({
          every: fc.constantFrom(10, 20, 60),
          parts: fc.constantFrom(1, 2, 5),
          lateness: fc.integer({ min: 0, max: 30 }),
        })
        .map(({ every, parts, lateness }): WindowSpec => ({ every, step: every / parts, lateness })),
    ),
    { minLength: 1, maxLength: 4 },
  );
  /** Mostly forward, some of them late. */
  const times = fc.array(fc.integer({ min: -40, max: 25 }), { minLength: 1, maxLength: 120 }).map((steps) => {
    let at = NOON;
    return steps.map((step) => {
      if (step > 0) at += step;
      return step > 0 ? at : at + step;
    });
  });

  test('any cutting of the same rows into chunks gives the same windows with the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(specs, times, fc.array(fc.integer({ min: 1, max: 30 })), async (kinds, rows, cuts) => {
        const whole = await windowsOf(kinds, rows, { end: true });
        const steps = [...cuts.map((count) => ({ rows: count })), { rows: rows.length }];
        const cut = await windowsOf(kinds, rows, { steps, end: true });
        expect(cut.told).toEqual(whole.told);
        expect(cut.stream.late).toBe(whole.stream.late);
      }),
      { numRuns: 200 },
    );
  });

  test('every row is in exactly one tumbling window of each kind, or was late for it', async () => {
    await fc.assert(
      fc.asyncProperty(specs, times, async (kinds, rows) => {
        const { told } = await windowsOf(kinds, rows, { end: true });
        for (const plan of planWindows(kinds).windows) {
          const own = told.filter(({ spec }) => spec === plan.label);
          const held = own.flatMap((window) => window.rows);
          if (plan.step === plan.size) expect(new Set(held).size).toBe(held.length);
          if (plan.kind === 'rows') {
            expect(new Set(held).size).toBe(rows.length);
            continue;
          }
          for (const { start, end, rows: inside } of own)
            for (const row of inside) expect(rows[row] >= start && rows[row] < end).toBe(true);
          const inWindow = new Set(held);
          let latest = Number.NEGATIVE_INFINITY;
          rows.forEach((time, row) => {
            const stretch = Math.floor(time / plan.unit) * plan.unit;
            const isLate = stretch + plan.unit + plan.lateness <= latest;
            expect(inWindow.has(row)).toBe(!isLate);
            latest = Math.max(latest, time);
          });
        }
      }),
      { numRuns: 200 },
    );
  });

  test('rows in order: windows by time are what grouping by time gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1 }), async (steps) => {
        let at = NOON;
        const ordered = steps.map((step) => {
          at += step;
          return at;
        });
        const { told } = await windowsOf([{ every: 60, lateness: 7 }], ordered, { end: true });
        const groups = new Map<number, number[]>();
        ordered.forEach((time, row) => {
          const start = Math.floor(time / 60) * 60;
          groups.set(start, [...(groups.get(start) ?? []), row]);
        });
        expect(told.map(({ start, rows }) => [start, rows])).toEqual([...groups]);
      }),
      { numRuns: 100 },
    );
  });
});
