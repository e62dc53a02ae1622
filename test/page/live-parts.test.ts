// SPDX-License-Identifier: Apache-2.0
import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Alert } from '../../src/monitor/alert.js';
import type { WindowVerdict } from '../../src/monitor/window-verdict.js';
import { adversarial } from '../../web/live/attack.js';
import { airportsOf, type BreakState, breaksOf, endOf } from '../../web/live/breaks.js';
import { LabelQueue } from '../../web/live/label-queue.js';
import { addAlert, countWindow, newTrial } from '../../web/live/notices.js';
import { DAY, type Flights, filterFlights, HOUR, hourOf, sliceFlights } from '../../web/live/rows.js';
import { clockText, spanText } from '../../web/live/time-words.js';
import { root } from '../source-files.js';

const NAMES = ['ATL', 'DFW', 'LAX', 'ORD', 'SFO'];
const START = Date.UTC(2001, 1, 1);

/** A flight an hour, of 100, 200 … miles, from one airport to the next. */
function flights(rows: number): Flights {
  const column = (of: (row: number) => number) => Float32Array.from({ length: rows }, (_, row) => of(row));
  const time = Float64Array.from({ length: rows }, (_, row) => START + row * HOUR);
  return {
    time,
    late: Uint8Array.from({ length: rows }, (_, row) => row % 2),
    hour: Float32Array.from(time, hourOf),
    distance: column((row) => 100 * (1 + (row % 20))),
    origin: column((row) => 1 + (row % 5)),
    destination: column((row) => 1 + ((row + 1) % 5)),
    id: Float64Array.from({ length: rows }, (_, row) => 1000 + row),
  };
}

const state: BreakState = {
  since: START,
  first: { hour: 7, distance: 321 },
  score: ({ hour, distance }) => hour.map((value, i) => value / 24 + distance[i]! / 10_000),
};

const broken = (id: string, rows = 480): Flights => {
  const one = breaksOf(airportsOf(NAMES)).find((known) => known.id === id)!;
  return one.apply(flights(rows), state);
};

test('rows are cut and filtered in all columns alike', () => {
  expect(sliceFlights(flights(10), 2, 5).id).toEqual(Float64Array.of(1002, 1003, 1004));
  const even = filterFlights(flights(10), (row) => row % 2 === 0);
  expect([...even.id]).toEqual([1000, 1002, 1004, 1006, 1008]);
  expect([...even.late]).toEqual([0, 0, 0, 0, 0]);
  expect(even.destination.length).toBe(5);
});

test('a label is told once its time has come, once, in order', () => {
  const queue = new LabelQueue();
  queue.add(sliceFlights(flights(6), 0, 3));
  queue.add(sliceFlights(flights(6), 3, 6));
  const told: [number, boolean][] = [];
  const tell = (id: number, isLate: boolean) => told.push([id, isLate]);
  queue.release(START, tell);
  expect(told).toEqual([]);
  queue.release(START + 2 * HOUR, tell);
  expect(told).toEqual([
    [1000, false],
    [1001, true],
  ]);
  queue.release(START + DAY, tell);
  queue.release(START + DAY, tell);
  expect(told.map(([id]) => id)).toEqual([1000, 1001, 1002, 1003, 1004, 1005]);
});

test('each break does what it says', () => {
  const whole = flights(480);
  expect(broken('unit').distance[4]).toBeCloseTo(500 * 1.609344, 3);
  expect(new Set(broken('stuck').distance)).toEqual(new Set([321]));
  expect([...broken('airport').origin.subarray(0, 5)]).toEqual([1, 0, 3, 0, 5]);
  expect(broken('sudden').hour[22]).toBe(1);
  const gradual = broken('gradual');
  const short = (from: number) =>
    [...gradual.time].filter(
      (time, i) =>
        time >= START + from * DAY && time < START + (from + 4) * DAY && gradual.distance[i]! < 500,
    ).length;
  expect(short(0)).toBeGreaterThan(short(4));
  expect(short(10)).toBe(0);
  expect(gradual.distance.filter((miles) => miles >= 500).length).toBe(
    whole.distance.filter((miles) => miles >= 500).length,
  );
  const periodic = broken('periodic');
  const moved = (day: number) => periodic.hour[day * 24] !== whole.hour[day * 24];
  expect([0, 1, 2, 3, 4, 5].map(moved)).toEqual([true, true, true, false, false, true]);
  expect(broken('temporary').origin).not.toContain(1);
});

test('a temporary shift ends by itself, the others do not', () => {
  const ends = breaksOf(airportsOf(NAMES)).map((one) => [one.id, endOf(one, START)] as const);
  expect(ends.filter(([, end]) => Number.isFinite(end))).toEqual([['temporary', START + 5 * DAY]]);
});

test('the attack lowers every score, by changes within its bounds, and leaves labels and ids alone', () => {
  const whole = flights(480);
  const attacked = adversarial(flights(480), state.score);
  const [before, after] = [state.score(whole), state.score(attacked)];
  after.forEach((score, i) => {
    expect(score).toBeLessThanOrEqual(before[i]!);
    expect(Math.abs(attacked.hour[i]! - whole.hour[i]!)).toBeLessThanOrEqual(4);
    expect(attacked.distance[i]! / whole.distance[i]!).toBeGreaterThan(0.79);
  });
  expect(after.reduce((a, b) => a + b, 0)).toBeLessThan(0.9 * before.reduce((a, b) => a + b, 0));
  expect(attacked.id).toEqual(whole.id);
  expect(attacked.late).toEqual(whole.late);
});

const alert = (told: Partial<Alert>): Alert => ({
  id: 'a',
  subject: { kind: 'feature', name: 'distance' },
  state: 'raised',
  spec: '1 d',
  since: START,
  at: START + 3 * DAY,
  windows: { drifting: 3, of: 5 },
  value: 0.2,
  threshold: 0.1,
  sentence: 'distance: longer',
  ...told,
});

test('an alert counts for a break when it is raised after its begin and not long after its end', () => {
  const [unit] = breaksOf(airportsOf(NAMES));
  let trial = newTrial(unit!, START + DAY / 2, 1000);
  expect(addAlert(trial, alert({ at: START }), 2000).notices).toEqual([]);
  trial = countWindow(trial, { window: { end: START } } as WindowVerdict);
  expect(trial.windows).toBe(0);
  for (const day of [1, 2, 3])
    trial = countWindow(trial, { window: { end: START + day * DAY } } as WindowVerdict);
  trial = addAlert(trial, alert({}), 4500);
  trial = addAlert(trial, alert({ state: 'persists', at: START + 4 * DAY }), 5500);
  expect(trial.notices).toEqual([
    {
      id: 'a',
      subject: 'distance',
      sentence: 'distance: longer',
      after: 2.5 * DAY,
      waited: 3500,
      windows: 3,
      recovered: null,
    },
  ]);
  trial = { ...trial, ended: START + 5 * DAY };
  expect(addAlert(trial, alert({ id: 'b', at: START + 9 * DAY }), 9000).notices).toHaveLength(1);
  trial = addAlert(trial, alert({ state: 'recovered', at: START + 8 * DAY }), 9500);
  expect(trial.notices[0]!.recovered).toBe(3 * DAY);
});

test('times as people say them', () => {
  expect(clockText(START + 18.5 * HOUR)).toBe('Thu 1 Feb, 18:30');
  expect(spanText(2.5 * DAY)).toBe('2 days 12 h');
  expect(spanText(DAY)).toBe('1 day');
  expect(spanText(18 * HOUR)).toBe('18 h');
  expect(spanText(60_000)).toBe('1 min');
});

test('the model is under 300 kB, and so is its baseline', () => {
  const size = (name: string): number => statSync(`${root}web/public/live/${name}`).size;
  expect(size('model.json') + size('weights.bin')).toBeLessThan(300_000);
  expect(size('flights.baseline')).toBeLessThan(300_000);
});
