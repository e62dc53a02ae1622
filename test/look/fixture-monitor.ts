// SPDX-License-Identifier: Apache-2.0
import type { FeatureSeries, MonitorSnapshot } from '../../src/monitor/snapshot.js';
import { alertsOf } from './fixture-alerts.js';
import { seriesOf } from './fixture-series.js';
import { HOUR, LABEL_DELAY, outcomesOf, RELEASE, STORY_START, STORY_WINDOWS } from './fixture-story.js';
import { minuteOf, systemOf } from './fixture-system.js';

export { alertsOf } from './fixture-alerts.js';
export { seriesOf } from './fixture-series.js';
export { STORY_START, STORY_WINDOWS } from './fixture-story.js';
export { ToldSource } from './told-source.js';

/** What the monitor knows when so many windows have been judged (at least 1). */
export function snapshotOf(
  judged = STORY_WINDOWS,
  overrides: Partial<MonitorSnapshot> = {},
): MonitorSnapshot {
  const series = seriesOf(judged);
  const alerts = alertsOf(judged);
  const open = alerts.filter(({ state }) => state !== 'recovered').map(({ subject }) => subject.name);
  const measured = series.windows.reduce((sum, { rows }) => sum + rows, 0) + 412;
  const release = STORY_START + RELEASE * HOUR;
  const at = STORY_START + judged * HOUR + 26 * 60_000;
  return {
    name: 'flight-delays',
    at,
    state: 'running',
    reason: '',
    rating: open.length > 0 ? 'drift' : (series.windows.at(-1)?.rating ?? 'unknown'),
    sentence:
      open.length === 0
        ? 'Nothing has drifted in the last window of 1 h.'
        : `${open.join(' and ').replace(' and ', open.length > 2 ? ', ' : ' and ')} ${open.length > 1 ? 'have' : 'has'} drifted.`,
    rows: { observed: measured + 40, measured, skipped: 0, waiting: 40, late: judged, refused: 0 },
    baseline: { id: '7f3a90c2d1e45b66', name: 'flights-january.baseline', rows: 481_203 },
    reference: { spec: 'baseline', label: 'January 2026', rows: 481_203 },
    engine: { place: 'worker', kernels: 'wasm', notes: [] },
    store: {
      kind: 'indexedDB',
      reason: '',
      bytes: 412_000 + judged * 2000,
      limit: 8_388_608,
      tabs: 2,
      leader: true,
    },
    series: [series],
    alerts,
    annotations: [
      { at: STORY_START + 17.6 * HOUR, text: 'BER opens' },
      { at: release - 0.2 * HOUR, text: 'release 2.4.1' },
    ].filter((annotation) => annotation.at < at),
    outliers: [],
    labels: { joined: Math.max(0, judged - LABEL_DELAY) * 912, waiting: 22_840, expired: 1204, unknown: 3 },
    outcomes: judged > LABEL_DELAY ? (outcomesOf(judged - LABEL_DELAY - 1, judged) ?? null) : null,
    metrics: [
      { name: 'rebookings', count: 961, mean: judged > RELEASE ? 0.061 : 0.034, min: 0, max: 1 },
      { name: 'chat_opened', count: 961, mean: 0.12, min: 0, max: 1 },
    ],
    system: systemOf(judged),
    ...overrides,
  };
}

/** The same story of a model with so many features. */
export function manyFeatures(count: number): MonitorSnapshot {
  const whole = snapshotOf(60);
  const [series] = whole.series;
  if (series === undefined) return whole;
  const features = Array.from({ length: count }, (_, i): FeatureSeries => {
    const feature = series.features[i % series.features.length] as FeatureSeries;
    return i < series.features.length
      ? feature
      : { ...feature, name: `${feature.name}_of_the_day_before_${i}` };
  });
  return { ...whole, series: [{ ...series, features }] };
}

/** A snapshot of a monitor that has no window yet. */
export function youngSnapshot(overrides: Partial<MonitorSnapshot> = {}): MonitorSnapshot {
  const whole = snapshotOf(1);
  return {
    ...whole,
    state: 'starting',
    rating: 'unknown',
    sentence: 'Starting: rows are kept until the engine is there.',
    rows: { observed: 128, measured: 0, skipped: 0, waiting: 128, late: 0, refused: 0 },
    baseline: null,
    reference: { spec: { first: 5000 }, label: 'the first 5,000 rows', rows: 0 },
    series: [{ spec: '1 h', windows: [], features: [], latest: null, open: { rows: 0, of: null, start: 0 } }],
    alerts: [],
    annotations: [],
    outcomes: null,
    labels: { joined: 0, waiting: 0, expired: 0, unknown: 0 },
    metrics: [],
    system: {
      ...whole.system,
      minutes: [],
      backend: null,
      backendChanges: [],
      total: { ...minuteOf(0), calls: 0 },
    },
    ...overrides,
  };
}
