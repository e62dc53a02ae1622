// SPDX-License-Identifier: Apache-2.0
import type { Alert } from '../../src/monitor/alert.js';
import type { MonitorSource } from '../../src/monitor/follow.js';
import type {
  FeatureSeries,
  MonitorSnapshot,
  SystemSnapshot,
  SystemSummary,
  WindowPoint,
  WindowSeries,
} from '../../src/monitor/snapshot.js';
import type { FeatureVerdict, WindowVerdict } from '../../src/monitor/window-verdict.js';
import type { OutcomeSummary } from '../../src/performance/outcomes.js';
import type { Report } from '../../src/report/report.js';
import type { Metric, Rating } from '../../src/verdict/verdict.js';
import { randomOf } from './fixture-parts.js';

/**
 * A made-up model in production, for pictures and tests of the live elements: flight delays, one window an hour. An
 * airport opens and gets known; then a release sends temperatures in Fahrenheit, scores follow, and a day later, when
 * labels come, accuracy is seen to have fallen. Nothing here is measured.
 */

const HOUR = 3_600_000;
export const STORY_START = Date.UTC(2026, 2, 2);
/** Windows that have been judged when the whole story has been told. */
export const STORY_WINDOWS = 96;
const LABEL_DELAY = 24;
const RELEASE = 52;

interface Actor {
  readonly name: string;
  readonly role: FeatureSeries['role'];
  readonly metric: Metric;
  readonly threshold: number;
  /** What happened on top of noise, by window, in thresholds. */
  readonly shift?: (window: number) => number;
  readonly words?: string;
}

const ACTORS: readonly Actor[] = [
  { name: 'departure_hour', role: 'input', metric: 'rhythm', threshold: 0.12 },
  { name: 'distance', role: 'input', metric: 'kolmogorovSmirnov', threshold: 0.064 },
  {
    name: 'origin',
    role: 'input',
    metric: 'totalVariation',
    threshold: 0.09,
    shift: (window) => (window >= 18 && window < 25 ? 1.5 : 0),
    words: 'An airport that the reference never held (BER) has 11 % of rows.',
  },
  { name: 'destination', role: 'input', metric: 'totalVariation', threshold: 0.09 },
  { name: 'carrier', role: 'input', metric: 'totalVariation', threshold: 0.07 },
  {
    name: 'temperature',
    role: 'input',
    metric: 'kolmogorovSmirnov',
    threshold: 0.08,
    shift: (window) => (window >= RELEASE ? 7.4 : 0),
    words: 'The median rose from 11.2 to 52.1; nine in ten rows lie above all but 2 % of the reference.',
  },
  { name: 'wind_speed', role: 'input', metric: 'kolmogorovSmirnov', threshold: 0.08 },
  {
    name: 'humidity',
    role: 'input',
    metric: 'kolmogorovSmirnov',
    threshold: 0.08,
    shift: (window) => Math.max(0, window - 40) * 0.009,
    words: 'The median rises slowly, from 61 to 66 in two days.',
  },
  { name: 'visibility', role: 'input', metric: 'kolmogorovSmirnov', threshold: 0.08 },
  { name: 'seats', role: 'input', metric: 'kolmogorovSmirnov', threshold: 0.07 },
  { name: 'weather_text', role: 'input', metric: 'fourierMmd', threshold: 0.021 },
  {
    name: 'score',
    role: 'prediction',
    metric: 'kolmogorovSmirnov',
    threshold: 0.06,
    shift: (window) => (window >= RELEASE ? Math.min(1.1, (window - RELEASE) * 0.09) : 0),
    words: 'More delays are predicted: the mean score rose from 0.21 to 0.29.',
  },
];

const random = randomOf(7);
/** Values of every actor in every window, so that a later snapshot repeats what an earlier one said. */
const VALUES = ACTORS.map(({ threshold, shift }) =>
  Array.from(
    { length: STORY_WINDOWS * 2 },
    (_, window) => threshold * (0.16 + 0.26 * random() + 0.14 * random() + (shift?.(window) ?? 0)),
  ),
);

const ratingOf = (value: number, threshold: number): Rating =>
  value > threshold ? 'drift' : value > threshold * 0.72 ? 'watch' : 'stable';

const RATINGS: readonly Rating[] = ['drift', 'watch', 'unknown', 'stable', 'notRated'];
const worst = (ratings: readonly Rating[]): Rating =>
  RATINGS.find((rating) => ratings.includes(rating)) ?? 'unknown';

function outcomesOf(window: number, judged: number): OutcomeSummary | undefined {
  if (window >= judged - LABEL_DELAY) return undefined;
  const value = (window >= RELEASE ? 0.792 : 0.861) + Math.sin(window * 1.7) * 0.009;
  return { rows: 912, metric: 'accuracy', value, low: value - 0.022, high: value + 0.022, reference: 0.864 };
}

function windowOf(spec: string, window: number, judged: number): WindowPoint {
  const start = STORY_START + window * HOUR;
  const outcomes = outcomesOf(window, judged);
  return {
    id: `${spec}/${start}/0`,
    spec,
    start,
    end: start + HOUR,
    rows: 940 + ((window * 7919) % 160),
    skipped: 0,
    late: window % 5 === 0 ? 3 : 0,
    version: window >= RELEASE ? '2.4.1' : '2.4.0',
    rating: worst(ACTORS.map(({ threshold }, i) => ratingOf(VALUES[i]?.[window] ?? 0, threshold))),
    ...(outcomes === undefined ? {} : { outcomes }),
    metrics: { rebookings: window >= RELEASE ? 0.061 : 0.034 },
  };
}

function latestOf(series: Omit<WindowSeries, 'latest'>): WindowVerdict | null {
  const last = series.windows.length - 1;
  const window = series.windows[last];
  if (window === undefined) return null;
  const features = series.features
    .map((feature): FeatureVerdict => {
      const value = feature.values[last] ?? Number.NaN;
      const rating = feature.ratings[last] ?? 'unknown';
      const words = ACTORS.find(({ name }) => name === feature.name)?.words;
      return {
        name: feature.name,
        role: feature.role,
        rating,
        metric: feature.metric as Metric,
        value,
        low: value * 0.82,
        high: value * 1.18,
        threshold: feature.threshold,
        thresholdFrom: feature.thresholdFrom,
        delta: value - (feature.values[last - 1] ?? Number.NaN),
        pValue: rating === 'drift' ? 1e-40 : 0.2,
        adjustedPValue: rating === 'drift' ? 1e-39 : 1,
        sentence: rating === 'stable' || words === undefined ? 'No change worth mentioning.' : words,
      };
    })
    .sort(
      (a, b) =>
        RATINGS.indexOf(a.rating) - RATINGS.indexOf(b.rating) ||
        b.value / b.threshold - a.value / a.threshold,
    );
  return {
    window,
    rating: window.rating,
    sentence: 'temperature has drifted.',
    features,
    checks: [],
    reference: { label: 'January 2026', rows: 481_203 },
  };
}

export function seriesOf(judged: number, spec = '1 h'): WindowSeries {
  const count = Math.min(240, judged);
  const indexes = Array.from({ length: count }, (_, i) => judged - count + i);
  const series = {
    spec,
    windows: indexes.map((window) => windowOf(spec, window, judged)),
    features: ACTORS.map(({ name, role, metric, threshold }, i): FeatureSeries => {
      const values = indexes.map((window) => VALUES[i]?.[window] ?? Number.NaN);
      return {
        name,
        role,
        metric,
        values,
        ratings: values.map((value) => ratingOf(value, threshold)),
        threshold,
        thresholdFrom: `tolerance ${threshold - 0.02}, and the noise of 1,000 rows`,
      };
    }),
    open: { rows: 412, of: null, start: STORY_START + judged * HOUR },
  };
  return { ...series, latest: latestOf(series) };
}

interface Plot {
  readonly id: string;
  readonly kind: Alert['subject']['kind'];
  readonly name: string;
  readonly from: number;
  readonly raised: number;
  readonly recovered?: number;
  readonly value: number;
  readonly threshold: number;
  readonly sentence: string;
  readonly advice: string;
}

const PLOTS: readonly Plot[] = [
  {
    id: 'a1',
    kind: 'feature',
    name: 'origin',
    from: 18,
    raised: 20,
    recovered: 28,
    value: 0.162,
    threshold: 0.09,
    sentence: 'An airport that the reference never held (BER) has 11 % of rows; three of five windows agree.',
    advice: 'Map new categories of origin (BER) to known ones, or add them and retrain.',
  },
  {
    id: 'a2',
    kind: 'feature',
    name: 'temperature',
    from: RELEASE,
    raised: RELEASE + 2,
    value: 0.61,
    threshold: 0.08,
    sentence:
      'The median rose from 11.2 to 52.1 within one window, and all windows since agree. A change of unit looks like this.',
    advice: 'Check the unit of temperature upstream: Celsius may have become Fahrenheit.',
  },
  {
    id: 'a3',
    kind: 'feature',
    name: 'score',
    from: RELEASE + 9,
    raised: RELEASE + 12,
    value: 0.081,
    threshold: 0.06,
    sentence: 'More delays are predicted: the mean score rose from 0.21 to 0.29.',
    advice: 'See which inputs drifted. If none did, label new rows and check how often score is right.',
  },
  {
    id: 'a4',
    kind: 'performance',
    name: 'accuracy',
    from: RELEASE,
    raised: RELEASE + LABEL_DELAY + 3,
    value: 0.792,
    threshold: 0.841,
    sentence: 'Accuracy fell from 0.861 to 0.792 with the rows since 4 Mar 04:00, whose labels have come.',
    advice: 'If no input is at fault, retrain with the newest labelled rows.',
  },
];

export function alertsOf(judged: number): Alert[] {
  return PLOTS.filter(({ raised }) => raised < judged)
    .map((plot): Alert => {
      const over = plot.recovered !== undefined && plot.recovered < judged;
      const last = over ? (plot.recovered ?? 0) : judged;
      const state = over ? 'recovered' : judged - plot.raised > 12 ? 'persists' : 'raised';
      return {
        id: plot.id,
        subject: { kind: plot.kind, name: plot.name },
        state,
        spec: '1 h',
        since: STORY_START + plot.from * HOUR,
        at: STORY_START + last * HOUR,
        windows: { drifting: over ? 0 : 5, of: 5 },
        value: over ? plot.threshold * 0.4 : plot.value,
        threshold: plot.threshold,
        sentence: over ? `Back to the reference for three windows. ${plot.sentence}` : plot.sentence,
        ...(over ? {} : { advice: plot.advice }),
      };
    })
    .sort((a, b) => b.since - a.since);
}

function minuteOf(minute: number): SystemSummary & { start: number } {
  const noise = randomOf(minute + 1);
  const wasm = minute % 60 > 38;
  const p50 = (wasm ? 9.6 : 4.2) * (0.94 + 0.12 * noise());
  return {
    start: STORY_START + minute * 60_000,
    calls: Math.round(880 + 140 * noise()),
    rows: Math.round(880 + 140 * noise()),
    errors: minute % 60 === 38 ? 4 : 0,
    nonFinite: 0,
    p50,
    p95: p50 * (1.8 + 0.3 * noise()),
    p99: p50 * (2.7 + (minute % 17 === 0 ? 1.4 : 0.5 * noise())),
    callsPerSecond: 15.2,
    longTasks: noise() < 0.2 ? 1 + Math.round(noise()) : 0,
    ownLongTasks: 0,
    droppedFrames: Math.round(noise() * 5),
    ownShare: 0.003 + 0.001 * noise(),
  };
}

export function systemOf(judged: number): SystemSnapshot {
  const minutes = Array.from({ length: 60 }, (_, i) => minuteOf(judged * 60 - 60 + i));
  return {
    total: {
      ...minuteOf(0),
      calls: judged * 60 * 940,
      errors: judged * 4,
      longTasks: judged * 11,
      ownLongTasks: 0,
      droppedFrames: judged * 140,
      p50: 4.4,
      p95: 9.8,
      p99: 17.1,
      ownShare: 0.0034,
    },
    minutes,
    backend: 'wasm',
    backendChanges: [{ at: STORY_START + (judged * 60 - 21) * 60_000, from: 'webgl', to: 'wasm' }],
    memory: { heap: 84_300_000 + judged * 12_000, tensors: 212, tensorBytes: 14_200_000 },
    device: '8 cores, 8 GB',
  };
}

/** What the monitor knows when so many windows have been judged (at least 1); `ticks` counts updates since. */
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

/** A monitor to look at that says what it is told, and counts who listens. */
export class ToldSource implements MonitorSource {
  readonly name: string;
  listeners = 0;
  asked = 0;
  latest: MonitorSnapshot;
  #callbacks = new Set<(snapshot: MonitorSnapshot) => void>();
  report?: (spec?: string) => Promise<Report | null>;

  constructor(latest: MonitorSnapshot, report?: (spec?: string) => Promise<Report | null>) {
    this.name = latest.name;
    this.latest = latest;
    if (report !== undefined) this.report = report;
  }

  onUpdate(callback: (snapshot: MonitorSnapshot) => void): () => void {
    this.#callbacks.add(callback);
    this.listeners = this.#callbacks.size;
    return () => {
      this.#callbacks.delete(callback);
      this.listeners = this.#callbacks.size;
    };
  }

  async snapshot(): Promise<MonitorSnapshot> {
    this.asked++;
    return this.latest;
  }

  tell(snapshot: MonitorSnapshot): void {
    this.latest = snapshot;
    for (const callback of this.#callbacks) callback(snapshot);
  }
}
