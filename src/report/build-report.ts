// SPDX-License-Identifier: Apache-2.0
import type { Feature } from '../baseline/frame.js';
import type { Role } from '../columns/schema.js';
import { type Comparison, type FeatureComparison, QUANTILE_LEVELS } from '../distances/comparison.js';
import { shareDifference } from '../distances/share-difference.js';
import type { Part } from '../profile/parts.js';
import { summarize } from '../profile/summary.js';
import type { RatedReport } from '../verdict/rated-report.js';
import type { Settings } from '../verdict/settings.js';
import type { Verdict } from '../verdict/verdict.js';
import type { embeddingDrawing } from './embedding-drawing.js';
import { headline } from './headline.js';
import { categoryHistogram, numberCdf, numberHistogram, presentOf } from './histogram-data.js';
import type { EngineInfo, FeatureReport, HistogramData, Report, SideStatistics } from './report.js';

/** Puts together what was measured and how it was rated. Pure: the same inputs give the same report. */
export function buildReport(options: {
  readonly comparison: Comparison;
  readonly rated: RatedReport;
  readonly settings: Settings;
  readonly version: string;
  readonly engine: EngineInfo;
  /** What the readers and the engine noted. */
  readonly notes: readonly string[];
  /** Loaded where the table holds an embedding. */
  readonly embeddingDrawing?: typeof embeddingDrawing | undefined;
}): Report {
  const { comparison, rated, settings, version, engine } = options;
  const features = comparison.features
    .map((feature) => featureReport(feature, { rated, settings, drawn: options.embeddingDrawing?.(feature) }))
    .sort(byImportance);
  const episodes = new Map<string, string>();
  for (const { name, series } of features)
    if (series?.episode !== undefined) episodes.set(name, series.episode);
  const { summary, checks, columns } = rated;
  const side = ({ name, profile }: Comparison['reference']): Report['reference'] => ({
    name,
    rows: profile.rows,
  });
  return {
    schema: 1,
    driftglass: version,
    level: settings.level,
    seed: settings.seed,
    engine,
    settings,
    baselineId: comparison.frame.id,
    reference: side(comparison.reference),
    current: side(comparison.current),
    headline: headline({ features, summary, checks, columns, episodes, notes: options.notes }),
    summary,
    columns,
    features,
    checks,
    tests: rated.tests,
    windows: rated.windows,
    notes: [...new Set([...options.notes, ...rated.notes, ...embeddingNotes(comparison)])],
  };
}

function featureReport(
  measured: FeatureComparison,
  {
    rated,
    settings,
    drawn,
  }: { rated: RatedReport; settings: Settings; drawn: ReturnType<typeof embeddingDrawing> | undefined },
): FeatureReport {
  const { feature, reference, current, distances, missingness, quantiles } = measured;
  const verdict = rated.verdicts.get(feature.name);
  if (verdict === undefined) throw new Error(`no verdict for "${feature.name}"`);
  const unseen = unseenShare(measured, settings.level);
  const { episode, ...series } = rated.series.get(feature.name) ?? {};
  return {
    name: feature.name,
    kind: feature.kind,
    role: settings.columns[feature.name]?.role ?? feature.role,
    reference: sideStatistics(feature, reference, quantiles?.reference),
    current: sideStatistics(feature, current, quantiles?.current),
    distances,
    missingness,
    ...(unseen === undefined ? {} : { unseen }),
    verdict,
    ...drawings(feature, reference, current),
    ...drawn,
    ...('values' in series
      ? { series: { ...series, ...(episode === undefined ? {} : { episode: episode.text }) } }
      : {}),
  };
}

function sideStatistics(feature: Feature, part: Part, exact: readonly number[] | undefined): SideStatistics {
  const {
    quantiles: binned,
    skewness: _skewness,
    kurtosis: _kurtosis,
    ...summary
  } = summarize(part, feature.frame, QUANTILE_LEVELS);
  const quantiles = exact ?? binned;
  if (quantiles === undefined || quantiles.length === 0) return summary;
  return {
    ...summary,
    quantiles: Object.fromEntries(QUANTILE_LEVELS.map((level, i) => [String(level), quantiles[i]])),
  };
}

function unseenShare({ reference, current }: FeatureComparison, level: number): FeatureReport['unseen'] {
  if (!('unseen' in reference && 'unseen' in current)) return undefined;
  return shareDifference({
    reference: [reference.unseen, presentOf(reference)],
    current: [current.unseen, presentOf(current)],
    level,
  });
}

function drawings(
  { frame }: Feature,
  reference: Part,
  current: Part,
): Pick<FeatureReport, 'histogram' | 'cdf'> {
  if (frame.kind === 'number' && reference.kind === 'number' && current.kind === 'number') {
    return {
      histogram: numberHistogram(frame, reference, current),
      cdf: numberCdf(frame, reference, current),
    };
  }
  if ('categories' in frame && 'unseen' in reference && 'unseen' in current)
    return { histogram: categoryHistogram(frame, reference, current) };
  if (frame.kind === 'text' && reference.kind === 'text' && current.kind === 'text') {
    return {
      histogram: numberHistogram(frame.length, reference.length, current.length),
      cdf: numberCdf(frame.length, reference.length, current.length),
    };
  }
  if (reference.kind === 'time' && current.kind === 'time')
    return { histogram: hoursOfDay(reference.hourOfWeek, current.hourOfWeek) };
  return {};
}

/** Which null an embedding was held against, and what was left out of it. */
function embeddingNotes({ features }: Comparison): string[] {
  return features.flatMap(({ feature, embedding }) =>
    embedding === undefined
      ? []
      : [`${feature.name}: ${[embedding.null.reason, ...embedding.notes].join(' ')}`],
  );
}

/** Times are drawn by their rhythm: rows per hour of the day, UTC. */
function hoursOfDay(reference: Float64Array, current: Float64Array): HistogramData {
  const fold = (week: Float64Array): number[] => [
    0,
    ...Array.from({ length: 24 }, (_, hour) =>
      week.reduce((sum, count, i) => (i % 24 === hour ? sum + count : sum), 0),
    ),
    0,
  ];
  return {
    edges: Array.from({ length: 25 }, (_, hour) => hour),
    reference: fold(reference),
    current: fold(current),
  };
}

const ROLE_ORDER: Readonly<Record<Role, number>> = {
  prediction: 0,
  label: 1,
  input: 2,
  time: 2,
  key: 2,
  ignore: 3,
};
const RATING_ORDER: Readonly<Record<Verdict['rating'], number>> = {
  drift: 0,
  watch: 1,
  unknown: 2,
  stable: 3,
  notRated: 4,
};

/** Predictions and labels first, then by rating, then by how far over its threshold. */
function byImportance(a: FeatureReport, b: FeatureReport): number {
  const excess = ({ verdict }: FeatureReport): number =>
    verdict.threshold > 0 ? verdict.value / verdict.threshold : 0;
  return (
    ROLE_ORDER[a.role] - ROLE_ORDER[b.role] ||
    RATING_ORDER[a.verdict.rating] - RATING_ORDER[b.verdict.rating] ||
    excess(b) - excess(a) ||
    0
  );
}
