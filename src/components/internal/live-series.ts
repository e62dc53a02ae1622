// SPDX-License-Identifier: Apache-2.0
import type { Alert } from '../../monitor/alert.js';
import type {
  Annotation,
  FeatureSeries,
  MonitorSnapshot,
  WindowPoint,
  WindowSeries,
} from '../../monitor/snapshot.js';
import type { OutcomeSummary } from '../../performance/outcomes.js';
import type { WindowReport } from '../../report/report.js';
import type { TimedFeature } from './heat.js';

/** What a timeline draws, wherever it comes from: a report has neither alerts, nor annotations, nor outcomes. */
export interface Timeline {
  /** Drawn next to each other, also where windows overlap. */
  readonly windows: readonly WindowReport[];
  /** The windows as they were, for words. */
  readonly spans: readonly { readonly start: number; readonly end: number }[];
  readonly features: readonly TimedFeature[];
  readonly alerts: readonly Alert[];
  readonly annotations: readonly Annotation[];
  /** By window; null when no window has any. */
  readonly outcomes: readonly (OutcomeSummary | undefined)[] | null;
}

/** The windows of a kind; the first kind when there is none of this name. */
export function seriesBySpec(snapshot: MonitorSnapshot | null, spec: string): WindowSeries | undefined {
  return snapshot?.series.find((series) => series.spec === spec) ?? snapshot?.series[0];
}

export function liveTimeline(snapshot: MonitorSnapshot, spec: string): Timeline {
  const series = seriesBySpec(snapshot, spec);
  const { labels } = snapshot;
  const points = series?.windows ?? [];
  const outcomes = points.map((point) => point.outcomes);
  const first = points[0]?.start ?? Number.POSITIVE_INFINITY;
  const last = points.at(-1)?.end ?? Number.NEGATIVE_INFINITY;
  return {
    windows: sideBySide(points),
    spans: points,
    features: series === undefined ? [] : worstFirst(series),
    alerts: snapshot.alerts.filter(({ since, at }) => at > first && since < last),
    annotations: snapshot.annotations.filter(({ at }) => at >= first && at <= last),
    // Once predictions wait for labels, room is kept for what they will say.
    outcomes:
      labels.joined + labels.waiting > 0 || outcomes.some((outcome) => outcome !== undefined)
        ? outcomes
        : null,
  };
}

/** Sliding windows overlap: each is drawn over the part that it adds. Windows that took no time get equal places. */
function sideBySide(points: readonly WindowPoint[]): WindowReport[] {
  const from = points[0]?.start ?? 0;
  const span = (points.at(-1)?.end ?? 0) - from;
  const even = span < points.length;
  let edge = Number.NEGATIVE_INFINITY;
  return points.map(({ rows, rating, ...times }, i) => {
    const start = even ? from + i : Math.max(times.start, Math.min(edge, times.end));
    const end = even ? from + i + 1 : times.end;
    edge = Math.max(edge, end);
    return { side: 'current', start, end, rows, rating };
  });
}

/**
 * What is over its threshold now, then what has been; the rest keeps the order of the schema, so that values that only
 * wobble change no places. Those that were never rated (times, keys) have nothing to draw and are left out.
 */
export function worstFirst({ features }: WindowSeries): TimedFeature[] {
  return features
    .filter(isRated)
    .map((feature) => {
      let drift = 0;
      let watch = 0;
      for (const rating of feature.ratings) {
        if (rating === 'drift') drift++;
        if (rating === 'watch') watch++;
      }
      const now = feature.ratings.at(-1);
      const weight =
        (now === 'drift' ? 2e6 : now === 'watch' ? 1e6 : 0) + drift * 1000 + (drift > 0 ? watch : 0);
      return { feature: { name: feature.name, series: feature }, weight };
    })
    .sort((a, b) => b.weight - a.weight)
    .map(({ feature }) => feature);
}

const isRated = ({ ratings }: FeatureSeries): boolean => ratings.some((rating) => rating !== 'notRated');

/** Names of the features that `worstFirst` leaves out. */
export function neverRated({ features, windows }: WindowSeries): string[] {
  return windows.length === 0 ? [] : features.filter((feature) => !isRated(feature)).map(({ name }) => name);
}

/** Equal for snapshots of which a timeline draws the same: most news is about the system and the open window. */
export function timelineKey(snapshot: MonitorSnapshot, spec: string): string {
  const series = seriesBySpec(snapshot, spec);
  const last = series?.windows.at(-1);
  let labelled = 0;
  for (const { outcomes } of series?.windows ?? []) labelled += outcomes?.rows ?? 0;
  const alerts = snapshot.alerts.map(({ id, state, at }) => `${id} ${state} ${at}`);
  const waiting = snapshot.labels.joined + snapshot.labels.waiting > 0;
  return [
    series?.spec,
    series?.windows.length,
    last?.id,
    last?.rows,
    labelled,
    waiting,
    snapshot.annotations.length,
    ...alerts,
  ].join();
}
