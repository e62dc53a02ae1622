// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { WindowSpec } from '../specs.js';
import { everyMs, HOUR, NOON, range, windowsOf } from './testing/stream-windows.js';

describe('clocks that jump', () => {
  const specs: WindowSpec[] = [{ every: '10m', lateness: '1m' }, { rows: 50 }];

  test('set forward by hours: one window ends, none is empty', async () => {
    const times = [...everyMs(20, 1_000), ...everyMs(20, 1_000).map((time) => time + 5 * HOUR)];
    const { told } = await windowsOf(specs, times, {
      steps: [{ rows: 20 }, { rows: 20, now: NOON + 5 * HOUR + 20_000 }],
      end: true,
    });
    expect(told.filter(({ spec }) => spec === '10 min').map(({ rows }) => rows)).toEqual([
      range(0, 20),
      range(20, 40),
    ]);
  });

  test('set back by hours: what was open ends, and rows are late no more', async () => {
    const times = [...everyMs(20, 1_000), ...everyMs(30, 1_000).map((time) => time - 5 * HOUR)];
    const { told, stream } = await windowsOf(specs, times, {
      steps: [
        { rows: 20, now: NOON + 20_000 },
        { rows: 30, now: NOON - 5 * HOUR + 30_000 },
      ],
      end: true,
    });
    const timed = told.filter(({ spec }) => spec === '10 min');
    expect(timed.map(({ rows }) => rows)).toEqual([range(0, 20), range(20, 50)]);
    expect(timed.every(({ start, end }) => end > start)).toBe(true);
    expect(told.find(({ spec }) => spec === '50 rows')).toMatchObject({
      start: NOON - 5 * HOUR,
      end: NOON + 19_001,
    });
    expect(stream.late).toBe(0);
  });

  test('one stamp of the far future costs one early end and no row after it', async () => {
    const times = everyMs(60, 1_000);
    times[20] = NOON + 80 * 365 * 24 * HOUR;
    const { told, stream } = await windowsOf([{ every: '10m' }], times, {
      steps: range(0, 60).map((row) => ({ rows: 1, now: NOON + row * 1_000 })),
      end: true,
    });
    expect(told.map(({ rows }) => rows)).toEqual([range(0, 20), [20], range(21, 60)]);
    expect(stream.late).toBe(0);
  });

  test('a replay that begins anew: late rows are counted until it is believed', async () => {
    const long = NOON - 1_000 * 24 * HOUR;
    const times = range(0, 400).map((row) => long + (row % 200) * 60_000);
    const { told, stream } = await windowsOf([{ every: '30m', lateness: 0 }], times, { end: true });
    expect(stream.late).toBe(99);
    const rows = told.flatMap((window) => window.rows);
    expect(rows).toHaveLength(301);
    expect(new Set(rows).size).toBe(301);
  });
});

describe('late rows', () => {
  const minutes = (list: readonly number[]): number[] => list.map((minute) => NOON + minute * 60_000);

  test('of ever so many stretches are measured together', async () => {
    const times = minutes([0, ...range(1, 1_000).map((hours) => -60 * hours), 1]);
    const { stream, measured, told } = await windowsOf([{ every: '1m' }, { rows: 2_000 }], times, {
      steps: [{ rows: 1_001, now: NOON }],
      end: true,
    });
    expect(measured.size).toBeLessThanOrEqual(3);
    expect(stream.late).toBe(999);
    expect(told.find(({ spec }) => spec === '2,000 rows')?.rows).toHaveLength(1_001);
  });

  test('for one kind are in the windows of another that they are in time for', async () => {
    // minute by minute through a morning, then what was left behind, backwards
    const times = minutes([...range(0, 300), ...range(0, 300).map((i) => 299.5 - i)]);
    const { told, stream, measured } = await windowsOf(
      [
        { every: '1m', lateness: 0 },
        { every: '1d', lateness: 0 },
      ],
      times,
      { steps: [{ rows: times.length, now: NOON + 5 * HOUR }], end: true },
    );
    expect(told.find(({ spec }) => spec === '1 d')?.rows).toEqual(range(0, 600));
    const byMinute = told.filter(({ spec }) => spec === '1 min');
    expect(byMinute.map(({ rows }) => rows)).toEqual([...range(0, 299).map((row) => [row]), [299, 300]]);
    expect(stream.late).toBe(299);
    expect(measured.size).toBeLessThanOrEqual(303);
  });
});
