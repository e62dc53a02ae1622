// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { seriesOf, snapshotOf } from '../../../test/look/fixture-monitor.js';
import { liveTimeline, neverRated, seriesBySpec, timelineKey, worstFirst } from './live-series.js';

test('what drifts now comes first, then what did; the rest keeps the order of the schema', () => {
  const names = worstFirst(seriesOf(96)).map(({ name }) => name);
  expect(names.slice(0, 5)).toEqual(['temperature', 'score', 'humidity', 'origin', 'departure_hour']);
  const calm = worstFirst(seriesOf(10)).map(({ name }) => name);
  expect(calm).toEqual(seriesOf(10).features.map(({ name }) => name));
});

test('what was never rated is left out, and named', () => {
  const series = seriesOf(10);
  const features = series.features.map((feature) =>
    feature.name === 'seats'
      ? { ...feature, ratings: feature.ratings.map(() => 'notRated' as const) }
      : feature,
  );
  expect(worstFirst({ ...series, features }).map(({ name }) => name)).not.toContain('seats');
  expect(neverRated({ ...series, features })).toEqual(['seats']);
  expect(neverRated(series)).toEqual([]);
});

test('overlapping windows are drawn side by side, and told as they were', () => {
  const series = seriesOf(6);
  const sliding = {
    ...series,
    windows: series.windows.map((window, i) => ({ ...window, start: i * 10, end: i * 10 + 60 })),
  };
  const { windows, spans } = liveTimeline(snapshotOf(6, { series: [sliding] }), '');
  expect(windows.map(({ start, end }) => [start, end])).toEqual([
    [0, 60],
    [60, 70],
    [70, 80],
    [80, 90],
    [90, 100],
    [100, 110],
  ]);
  expect(spans[3]).toMatchObject({ start: 30, end: 90 });
});

test('windows that took no time get equal places', () => {
  const series = seriesOf(4);
  const at = { start: 1000, end: 1000 };
  const still = { ...series, windows: series.windows.map((window) => ({ ...window, ...at })) };
  const { windows } = liveTimeline(snapshotOf(4, { series: [still] }), '');
  expect(new Set(windows.map(({ start, end }) => end - start))).toEqual(new Set([1]));
});

test('the kind of window that is asked for, or the first', () => {
  const snapshot = snapshotOf(20, { series: [seriesOf(20, '1 h'), seriesOf(10, '1,000 rows')] });
  expect(seriesBySpec(snapshot, '1,000 rows')?.windows).toHaveLength(10);
  expect(seriesBySpec(snapshot, 'gone')?.spec).toBe('1 h');
  expect(seriesBySpec(null, '')).toBeUndefined();
});

test('room is kept for performance as soon as predictions wait for labels', () => {
  const young = snapshotOf(10);
  expect(liveTimeline(young, '').outcomes).toEqual(Array(10).fill(undefined));
  const never = { ...young, labels: { joined: 0, waiting: 0, expired: 0, unknown: 0 } };
  expect(liveTimeline(never, '').outcomes).toBeNull();
});

test('news of the system alone leaves a timeline as it is; a label that came does not', () => {
  const snapshot = snapshotOf(50);
  const key = timelineKey(snapshot, '');
  expect(timelineKey({ ...snapshot, at: 1, system: snapshotOf(51).system }, '')).toBe(key);
  expect(timelineKey(snapshotOf(51), '')).not.toBe(key);
  const [series] = snapshot.series;
  const windows = series!.windows.map(({ outcomes, ...window }) => window);
  expect(timelineKey({ ...snapshot, series: [{ ...series!, windows }] }, '')).not.toBe(key);
  expect(timelineKey({ ...snapshot, annotations: [] }, '')).not.toBe(key);
});
