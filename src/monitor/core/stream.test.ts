// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { sumOf } from './block.js';
import { everyMs, HOUR, NOON, range, windowsOf } from './testing/stream-windows.js';

describe('windows by rows', () => {
  test('follow each other, and the rest stays open', async () => {
    const { told, stream } = await windowsOf([{ rows: 4 }], everyMs(10, 1_000));
    expect(told.map(({ rows }) => rows)).toEqual([range(0, 4), range(4, 8)]);
    expect(told[1]).toMatchObject({ spec: '4 rows', start: NOON + 4_000, end: NOON + 7_001 });
    expect(stream.pendingOf(stream.rowWindows[0]).rows).toBe(2);
  });

  test('slide by their step: each is the sum of the tumbling windows in it', async () => {
    const { told } = await windowsOf([{ rows: 6, step: 2 }], everyMs(11, 1_000));
    expect(told.map(({ rows }) => rows)).toEqual([range(0, 6), range(2, 8), range(4, 10)]);
  });

  test('of a size that is no multiple of the step', async () => {
    const { told } = await windowsOf([{ rows: 5, step: 3 }], everyMs(12, 1_000));
    expect(told.map(({ rows }) => rows)).toEqual([range(0, 5), range(3, 8), range(6, 11)]);
  });

  test('share what they measure', async () => {
    const { profiles } = await windowsOf([{ rows: 2 }, { rows: 6 }, { rows: 4, step: 2 }], everyMs(12, 1));
    const alone = await windowsOf([{ rows: 6 }], everyMs(12, 1));
    const six = profiles.filter(({ plan }) => plan.size === 6);
    expect(six.map((window) => sumOf(window.blocks).profile)).toEqual(
      alone.profiles.map((window) => sumOf(window.blocks).profile),
    );
  });
});

describe('windows by time', () => {
  test('end when event time has passed their end by the lateness; late rows in time are in their window', async () => {
    const times = [0, 30, 59, 61, 58, 64.9, 57, 65, 56, 66].map((minutes) => NOON + minutes * 60_000);
    const { told, stream } = await windowsOf([{ every: '1h', lateness: '5m' }], times, { end: true });
    expect(told).toEqual([
      { spec: '1 h', start: NOON, end: NOON + HOUR, rows: [0, 1, 2, 4, 6], late: 0, version: '' },
      { spec: '1 h', start: NOON + HOUR, end: NOON + 2 * HOUR, rows: [3, 5, 7, 9], late: 1, version: '' },
    ]);
    expect(stream.late).toBe(1);
  });

  test('slide, and a step without rows makes none', async () => {
    const times = [0, 10, 20, 25, 59, 130, 131, 200].map((minutes) => NOON + minutes * 60_000);
    const { told } = await windowsOf([{ every: '30m', step: '10m', lateness: 0 }], times);
    const minutes = told.map(({ start, end, rows }) => [
      (start - NOON) / 60_000,
      (end - NOON) / 60_000,
      rows,
    ]);
    expect(minutes).toEqual([
      [0, 30, [0, 1, 2, 3]],
      [30, 60, [4]],
      [110, 140, [5, 6]],
    ]);
  });

  test('slide: the first waits until rows have come for its whole time, late ones included', async () => {
    const times = [7, 12, 3, 18, 19, 1, 26, 45].map((minutes) => NOON + minutes * 60_000);
    const { told, stream } = await windowsOf([{ every: '20m', step: '5m', lateness: '10m' }], times, {
      steps: [{ rows: times.length, now: NOON + HOUR }],
    });
    // the row of minute 3 came in time and opened the first stretch; that of minute 1 was too late
    expect(told.map(({ start, end, rows, late }) => [start - NOON, end - NOON, rows, late])).toEqual([
      [0, 20 * 60_000, [0, 1, 2, 3, 4], 1],
      [10 * 60_000, 30 * 60_000, [1, 3, 4, 6], 0],
    ]);
    expect(stream.late).toBe(1);
  });

  test('slide: what is open when they begin anew is told once, and the next waits again', async () => {
    const times = range(0, 12).map((row) => NOON + row * 5 * 60_000);
    const { told } = await windowsOf([{ every: '20m', step: '5m', lateness: 0 }], times, {
      steps: [
        { rows: 3, version: 'a' },
        { rows: 9, version: 'b' },
      ],
    });
    expect(told.map(({ start, rows, version }) => [(start - NOON) / 60_000, rows, version])).toEqual([
      [0, [0, 1, 2], 'a'],
      [15, [3, 4, 5, 6], 'b'],
      [20, [4, 5, 6, 7], 'b'],
      [25, [5, 6, 7, 8], 'b'],
      [30, [6, 7, 8, 9], 'b'],
      [35, [7, 8, 9, 10], 'b'],
    ]);
  });

  test('weeks begin on Monday', async () => {
    const monday = Date.UTC(2026, 2, 2);
    const { told } = await windowsOf([{ every: '1w' }], [monday + HOUR, monday - HOUR + 7 * 24 * HOUR], {
      end: true,
    });
    expect(told).toHaveLength(1);
    expect(told[0].start).toBe(monday);
  });

  test('an idle tab ends its window by the clock, once, and sleep makes no empty ones', async () => {
    const { told, stream } = await windowsOf([{ every: '5m', step: '1m' }], everyMs(30, 1_000), {
      steps: [{ rows: 30, now: NOON + 29_000 }],
    });
    stream.tick(NOON + 50_000);
    expect(told).toHaveLength(0);
    stream.tick(NOON + 5 * 60_000 + 5_000);
    expect(told).toHaveLength(0);
    stream.tick(NOON + 5 * 60_000 + 7_000);
    expect(told.map(({ rows }) => rows)).toEqual([range(0, 30)]);
    for (let hours = 1; hours < 100; hours++) stream.tick(NOON + hours * HOUR);
    expect(told).toHaveLength(1);
  });

  test('a long window ends by the clock too, many hours after its last row', async () => {
    const { told, stream } = await windowsOf([{ every: '1d' }], everyMs(5, 1_000), {
      steps: [{ rows: 5, now: NOON + 4_000 }],
    });
    for (let hours = 1; hours < 12; hours++) stream.tick(NOON + hours * HOUR);
    expect(told).toHaveLength(0);
    stream.tick(NOON + 12 * HOUR + 120_000);
    expect(told.map(({ rows }) => rows)).toEqual([range(0, 5)]);
  });

  test('event times of long ago are no matter of the clock', async () => {
    const { told, stream } = await windowsOf([{ every: '1h' }], everyMs(10, 1_000), {
      steps: [{ rows: 10, now: NOON + 9_000 * HOUR }],
    });
    stream.tick(NOON + 9_001 * HOUR);
    expect(told).toEqual([]);
  });
});

describe('versions', () => {
  test('a window never holds two: a new one ends what is open', async () => {
    const { told } = await windowsOf([{ rows: 6, step: 2 }, { every: '1h' }], everyMs(10, 1_000), {
      steps: [
        { rows: 5, version: 'a' },
        { rows: 5, version: 'b' },
      ],
      end: true,
    });
    const rows = told.map(({ spec, version, rows: held }) => [spec, version, held.length]);
    expect(rows).toEqual([
      ['6 rows every 2', 'a', 5],
      ['1 h', 'a', 5],
      ['6 rows every 2', 'b', 5],
      ['1 h', 'b', 5],
    ]);
  });
});
