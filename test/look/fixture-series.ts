// SPDX-License-Identifier: Apache-2.0
import type { FeatureSeries, WindowPoint, WindowSeries } from '../../src/monitor/snapshot.js';
import type { FeatureVerdict, WindowVerdict } from '../../src/monitor/window-verdict.js';
import type { Metric, Rating } from '../../src/verdict/verdict.js';
import { randomOf } from './fixture-parts.js';

import { HOUR, outcomesOf, RELEASE, STORY_START, STORY_WINDOWS } from './fixture-story.js';

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
