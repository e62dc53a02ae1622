// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOf, startOf } from './calendar.js';
import { timeFrame } from './time-frame.js';
import { chooseTimeColumn, chooseWindowing } from './windowing.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2024, 0, 1);

/** Evenly spread times over a span. */
const times = (spanMs: number, n = 50_000) =>
  Float64Array.from({ length: n }, (_, i) => START + (i / n) * spanMs);

describe('chooseWindowing', () => {
  test.each<[string, number, string | undefined]>([
    ['two days', 2 * DAY, 'hour'],
    ['a month', 30 * DAY, 'day'],
    ['half a year', 182 * DAY, 'week'],
    ['two years', 731 * DAY, 'month'],
    ['a quarter: 13 weeks are too few', 91 * DAY, 'day'],
    ['nine days', 9 * DAY, 'hour'],
    ['thirteen months', 396 * DAY, 'week'],
    ['eight hours', 8 * HOUR, 'hour'],
    ['six hours: too few windows', 6 * HOUR, undefined],
  ])('%s', (_, span, unit) => {
    expect(chooseWindowing('t', times(span))?.unit).toBe(unit);
  });

  test('a year of daily rows has weeks, two years have months', () => {
    expect(chooseWindowing('t', times(365 * DAY, 365))?.unit).toBe('week');
    expect(chooseWindowing('t', times(731 * DAY, 731))?.unit).toBe('month');
    expect(chooseWindowing('t', times(90 * DAY, 90))).toBeNull();
  });

  test('20 windows hold 5 rows each, fewer of them 20, or there are none', () => {
    expect(chooseWindowing('t', times(30 * DAY, 145))).toBeNull();
    expect(chooseWindowing('t', times(30 * DAY, 155))?.unit).toBe('day');
    expect(chooseWindowing('t', times(10 * HOUR, 190))).toBeNull();
    expect(chooseWindowing('t', times(10 * HOUR, 210))?.unit).toBe('hour');
    expect(chooseWindowing('t', times(30 * DAY, 100), 50_000)?.unit).toBe('day');
  });

  test('a longer unit is kept where shorter windows would be near empty', () => {
    expect(chooseWindowing('t', times(12 * DAY, 300))?.unit).toBe('day');
    expect(chooseWindowing('t', times(12 * DAY, 12 * 24 * 19))?.unit).toBe('day');
    expect(chooseWindowing('t', times(12 * DAY, 12 * 24 * 21))?.unit).toBe('hour');
    expect(chooseWindowing('t', times(300 * DAY, 300))?.unit).toBe('week');
  });

  test('rows without a time do not count', () => {
    expect(chooseWindowing('t', [Number.NaN, Infinity, 1e300])).toBeNull();
  });
});

test('the time axis is the most complete, then the best named column', () => {
  const choose = (...columns: [string, number][]) =>
    chooseTimeColumn(columns.map(([name, missingShare]) => ({ name, missingShare })));
  expect(choose(['born', 0], ['timestamp', 0])).toBe('timestamp');
  expect(choose(['timestamp', 0.3], ['born', 0])).toBe('born');
  expect(choose(['x', 0], ['y', 0])).toBe('x');
  expect(choose(['timestamp', 0.6])).toBeUndefined();
});

describe('calendar', () => {
  test.each([
    ['hour', '2024-02-29T13:00:00.000Z', '2024-02-29T14:00:00.000Z'],
    ['day', '2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
    ['week', '2024-02-26T00:00:00.000Z', '2024-03-04T00:00:00.000Z'],
    ['month', '2024-02-01T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
  ] as const)('%s', (unit, start, end) => {
    const time = Date.parse('2024-02-29T13:45:10Z');
    expect(new Date(startOf(time, unit)).toISOString()).toBe(start);
    expect(new Date(endOf(startOf(time, unit), unit)).toISOString()).toBe(end);
  });

  test('every time lies in its unit, and units follow each other', () => {
    const unit = fc.constantFrom('hour', 'day', 'week', 'month' as const);
    fc.assert(
      fc.property(fc.integer({ min: -8.5e15, max: 8.5e15 }), unit, (time, each) => {
        const start = startOf(time, each);
        const end = endOf(start, each);
        expect(start).toBeLessThanOrEqual(time);
        expect(end).toBeGreaterThan(time);
        expect(startOf(start, each)).toBe(start);
        expect(startOf(end - 1, each)).toBe(start);
      }),
    );
    expect(startOf(8.64e15, 'month')).toBeNaN();
    expect(startOf(Number.NaN, 'day')).toBeNaN();
  });

  test('the first century', () => {
    const time = Date.parse('0050-07-15T00:00:00Z');
    expect(new Date(startOf(time, 'month')).toISOString()).toBe('0050-07-01T00:00:00.000Z');
    expect(new Date(endOf(startOf(time, 'month'), 'month')).toISOString()).toBe('0050-08-01T00:00:00.000Z');
  });
});

describe('timeFrame', () => {
  test('regular rows have buckets of their step', () => {
    expect(timeFrame(times(30 * DAY, 720))).toEqual({ kind: 'time', origin: START, widthMs: HOUR });
  });

  test('irregular rows have buckets that are hardly ever empty by chance', () => {
    let time = START;
    let state = 1;
    const list = Float64Array.from({ length: 5_000 }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      time += -Math.log((state + 1) / 2 ** 32) * 60_000;
      return time;
    });
    const { origin, widthMs } = timeFrame(list);
    expect(widthMs).toBe(15 * 60_000);
    const used = new Set(Array.from(list, (each) => Math.floor((each - origin) / widthMs)));
    const span =
      Math.floor((list[4_999]! - origin) / widthMs) - Math.floor((list[0]! - origin) / widthMs) + 1;
    expect(used.size).toBe(span);
  });

  test('a long range has wider buckets instead of more', () => {
    const { widthMs } = timeFrame(Float64Array.of(-8e15, 0, 1, 2, 3, 8e15));
    expect(1.6e16 / widthMs).toBeLessThanOrEqual(8_192);
  });

  test('what is no date does not stretch the buckets', () => {
    const list = Float64Array.of(-1e300, ...times(30 * DAY, 720), 1e300, Infinity);
    expect(timeFrame(list)).toEqual({ kind: 'time', origin: START, widthMs: HOUR });
  });

  test.each([[[]], [[START]], [[START, START]], [[-Infinity, Infinity]]])('few rows: %j', (list) => {
    expect(timeFrame(Float64Array.from(list)).widthMs).toBe(DAY);
  });
});
