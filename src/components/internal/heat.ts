// SPDX-License-Identifier: Apache-2.0
import type { FeatureReport, WindowReport } from '../../report/report.js';
import { RATING_ORDER } from './words.js';

export type HeatLevel = 0 | 1 | 2 | 3 | 4;

export type Series = NonNullable<FeatureReport['series']>;

/** A feature that has a value per window. */
export interface TimedFeature {
  readonly name: string;
  readonly series: Series;
}

/** Pale until it matters: 4 drift, 3 watch over the threshold, 2 watch, 1 over half the threshold, 0 below; −1 not told. */
export function heatLevel(series: Series, window: number): HeatLevel | -1 {
  const value = series.values[window];
  const rating = series.ratings[window];
  if (value === undefined || Number.isNaN(value) || rating === 'notRated' || rating === 'unknown') return -1;
  if (rating === 'drift') return 4;
  if (rating === 'watch') return value > series.threshold ? 3 : 2;
  return value > series.threshold / 2 ? 1 : 0;
}

/** Features with a series, the ones that drifted in most windows first; else the order of the report. */
export function timedFeatures(
  features: readonly FeatureReport[],
  windows: readonly WindowReport[],
): TimedFeature[] {
  const weight = ({ series, verdict }: FeatureReport & TimedFeature): number => {
    let drift = 0;
    let watch = 0;
    windows.forEach((window, i) => {
      if (window.side !== 'current') return;
      if (series.ratings[i] === 'drift') drift++;
      if (series.ratings[i] === 'watch') watch++;
    });
    return drift * 1000 + watch + (RATING_ORDER.length - RATING_ORDER.indexOf(verdict.rating)) / 10;
  };
  return features
    .filter((feature): feature is FeatureReport & TimedFeature => (feature.series?.values.length ?? 0) > 0)
    .map((feature) => ({ feature, weight: weight(feature) }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ feature }) => feature);
}

/** One path per level for one row of cells: few nodes whatever the number of windows. */
export function heatPaths(
  series: Series,
  windows: readonly WindowReport[],
  { x, height }: { x: (time: number) => number; height: number },
): Map<HeatLevel | -1, string> {
  const paths = new Map<HeatLevel | -1, string>();
  windows.forEach((window, i) => {
    const level = heatLevel(series, i);
    const left = x(window.start);
    const width = x(window.end) - left;
    const gap = width > 6 ? 1.5 : width > 3 ? 0.5 : 0;
    const cell = `M${left.toFixed(1)} 0h${Math.max(0.5, width - gap).toFixed(1)}v${height}h${(-Math.max(0.5, width - gap)).toFixed(1)}Z`;
    paths.set(level, (paths.get(level) ?? '') + cell);
  });
  return paths;
}
