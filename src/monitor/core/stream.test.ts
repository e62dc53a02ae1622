// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameBuilder } from '../../baseline/frame-builder.js';
import type { Batch } from '../../columns/batch.js';
import { sliceBatch } from '../../columns/take-rows.js';
import { cpuKernels } from '../../kernels/cpu/cpu.js';
import { FrameMeter } from '../../profile/meter.js';
import type { NumberPart } from '../../profile/parts.js';
import type { WindowSpec } from '../specs.js';
import { type ClosedWindow, sumOf } from './block.js';
import { Stream } from './stream.js';
import { planWindows } from './window-plan.js';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 2, 2, 12);

/** Row i holds i. */
function numbered(rows: number): Batch {
  const values = Float64Array.from({ length: rows }, (_, row) => row);
  return { rows, columns: new Map([['row', { type: 'number', values, status: null }]]) };
}

const builder = new FrameBuilder([{ name: 'row', type: 'number' }]);
builder.add(numbered(64));
const frame = builder.finish();

interface Told {
  readonly spec: string;
  readonly start: number;
  readonly end: number;
  readonly rows: readonly number[];
  readonly late: number;
  readonly version: string;
}

interface Step {
  readonly rows: number;
  readonly version?: string;
  readonly now?: number;
}

/** Windows that come of rows of these times, cut into chunks as given, each with all the rows that are in it. */
async function windowsOf(
  specs: readonly WindowSpec[],
  times: readonly number[],
  { steps = [{ rows: times.length }], end = false }: { steps?: readonly Step[]; end?: boolean } = {},
): Promise<{ told: Told[]; stream: Stream; profiles: ClosedWindow[]; measured: Set<unknown> }> {
  const told: Told[] = [];
  const profiles: ClosedWindow[] = [];
  const rowsOfBlock = new Map<number, number[]>();
  let id = 0;
  let offset = 0;
  const measured = new Set<unknown>();
  const stream = new Stream({
    frame,
    meter: new FrameMeter(frame, cpuKernels),
    plans: planWindows(specs).windows,
    nextId: () => id++,
    onRows: ({ profile, from, to, blocks }) => {
      measured.add(profile);
      for (const block of blocks) {
        const rows = rowsOfBlock.get(block) ?? [];
        rowsOfBlock.set(block, rows);
        for (let row = from; row < to; row++) rows.push(offset + row);
      }
    },
    onWindow: (window) => {
      const { plan, start, end, blocks, late, version } = window;
      const rows = blocks.flatMap((block) => rowsOfBlock.get(block.id) ?? []).sort((a, b) => a - b);
      const { profile } = sumOf(blocks);
      // Which rows are in a window is told twice: by its blocks, and by what was measured.
      expect(profile.rows).toBe(rows.length);
      const part = profile.parts.get('row') as NumberPart;
      expect(part.binSums.reduce((a, b) => a + b, 0)).toBeCloseTo(
        rows.reduce((a, b) => a + b, 0),
        6,
      );
      profiles.push(window);
      told.push({ spec: plan.label, start, end, rows, late, version });
    },
  });
  const batch = numbered(times.length);
  for (const { rows, version = '', now = NOON } of steps) {
    const to = Math.min(times.length, offset + rows);
    await stream.add(sliceBatch(batch, offset, to), {
      times: Float64Array.from(times.slice(offset, to)),
      version,
      skipped: 0,
      now,
    });
    offset = to;
  }
  if (end) stream.endAll();
  return { told, stream, profiles, measured };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
const everyMs = (rows: number, ms: number): number[] => range(0, rows).map((row) => NOON + row * ms);

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
