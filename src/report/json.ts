// SPDX-License-Identifier: Apache-2.0
/** The report as published JSON: report.schema.json describes it, field for field. */
import type { Distance, Distances } from '../distances/distance.js';
import type { FeatureReport, HistogramData, Report, SideStatistics } from './report.js';

/** Two-space indented JSON. NaN is null, ±∞ "Infinity" and "-Infinity", whole numbers beyond 2^53 strings, times ISO 8601. */
export function reportToJson(report: Report): string {
  return JSON.stringify(reportToData(report), plainNumber, 2);
}

/** The same as a plain value, numbers not yet made safe for JSON. */
function reportToData(report: Report): Record<string, unknown> {
  const { summary } = report;
  return {
    schema: report.schema,
    driftglass: report.driftglass,
    level: report.level,
    seed: report.seed,
    engine: report.engine,
    settings: report.settings,
    baselineId: report.baselineId,
    reference: report.reference,
    current: report.current,
    summary: {
      rating: summary.rating,
      drift: summary.drift,
      watch: summary.watch,
      unknown: summary.unknown,
      notRated: summary.notRated,
    },
    columns: report.columns,
    features: report.features.map(featureData),
    checks: report.checks,
    windows: report.windows.map((window, i) => ({
      side: window.side,
      start: isoTime(window.start),
      end: isoTime(window.end),
      rows: window.rows,
      rating: window.rating,
      features: Object.fromEntries(
        report.features
          .filter((feature) => feature.series !== undefined && Number.isFinite(feature.series.values[i]))
          .map((feature) => [
            feature.name,
            {
              metric: feature.series?.metric,
              value: feature.series?.values[i],
              rating: feature.series?.ratings[i],
            },
          ]),
      ),
    })),
  };
}

function featureData(feature: FeatureReport): Record<string, unknown> {
  const time = feature.kind === 'time';
  const { verdict } = feature;
  return defined({
    name: feature.name,
    kind: feature.kind,
    role: feature.role,
    reference: sideData(feature.reference, time),
    current: sideData(feature.current, time),
    distances: distancesData(feature.distances),
    missingness: feature.missingness,
    unseen: feature.unseen,
    verdict: defined({
      metric: verdict.metric,
      value: verdict.value,
      low: verdict.low,
      high: verdict.high,
      threshold: verdict.threshold,
      thresholdFrom: verdict.thresholdFrom,
      tolerance: verdict.tolerance,
      pValue: verdict.pValue,
      adjustedPValue: verdict.adjustedPValue,
      rating: verdict.rating,
      sentence: verdict.sentence,
    }),
    histogram: histogramData(feature.histogram),
  });
}

/** Values of the wrong type are told by a check. */
function sideData(
  { unparsable: _unparsable, ...side }: SideStatistics,
  time: boolean,
): Record<string, unknown> {
  const moment = (value: number | undefined): unknown =>
    time && value !== undefined ? isoTime(value) : value;
  return defined({ ...side, min: moment(side.min), max: moment(side.max) });
}

function histogramData(histogram: HistogramData | undefined): Omit<HistogramData, 'unseen'> | undefined {
  if (histogram === undefined) return undefined;
  const { unseen: _unseen, ...drawn } = histogram;
  return drawn;
}

function distancesData(distances: Distances): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(distances).map(([name, { at: _at, details, ...distance }]: [string, Distance]) => [
      name,
      defined({ ...details, ...distance }),
    ]),
  );
}

function isoTime(ms: number): string | null {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : null;
}

function defined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function plainNumber(_key: string, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  if (Number.isNaN(value)) return null;
  if (value === Infinity) return 'Infinity';
  if (value === -Infinity) return '-Infinity';
  return Number.isInteger(value) && Math.abs(value) > Number.MAX_SAFE_INTEGER
    ? BigInt(value).toString()
    : value;
}
