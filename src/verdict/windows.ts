// SPDX-License-Identifier: Apache-2.0
/**
 * Every calendar window of every feature against the reference: its own windows leave-one-out, never in-sample.
 *
 * A window drifts when its value exceeds the tolerance by more than sampling can add (once in 1/level reports over all
 * windows and features) and lies beyond what the reference's own windows reach (a lognormal prediction limit, from 20
 * reference windows on). It is worth watching when the change is real, over half the tolerance, and unusual.
 */
import type { Comparison, FeatureComparison } from '../distances/comparison.js';
import { kolmogorovUpperQuantile } from '../distances/special/kolmogorov.js';
import { studentUpperQuantile } from '../distances/special/student-t.js';
import { nameEpisode } from './episode.js';
import { FEWEST_BLOCKS } from './natural-variation.js';
import { counted, shortNumber } from './number-words.js';
import { worse } from './rate.js';
import type { RatedSeries, RatedWindow } from './rated-report.js';
import type { Settings } from './settings.js';
import { resolveMetric, resolveTolerance } from './tolerance.js';
import type { Rating } from './verdict.js';
import { type WindowValue, windowDistance } from './window-distance.js';

export interface RatedWindows {
  readonly windows: readonly RatedWindow[];
  readonly series: ReadonlyMap<string, RatedSeries>;
}

/** Features for which a series makes sense are given by the caller. */
export function rateWindows(
  comparison: Comparison,
  features: readonly FeatureComparison[],
  settings: Settings,
): RatedWindows {
  const series = new Map<string, RatedSeries>();
  const { windows } = comparison;
  if (windows.length === 0) return { windows: [], series };
  const tests = windows.length * Math.max(1, features.length);
  for (const feature of features) {
    const rated = rateSeries(comparison, feature, { settings, tests });
    if (rated) series.set(feature.feature.name, rated);
  }
  return {
    series,
    windows: windows.map(({ side, start, end, profile }, i) => {
      let rating: Rating = 'notRated';
      for (const { ratings } of series.values()) rating = worse(rating, ratings[i]);
      return { side, start, end, rows: profile.rows, rating };
    }),
  };
}

function rateSeries(
  { windows }: Comparison,
  { feature, reference }: FeatureComparison,
  { settings, tests }: { settings: Settings; tests: number },
): RatedSeries | undefined {
  const { kind } = feature.frame;
  const chosen = resolveMetric(settings, feature);
  const metric = kind === 'text' ? 'kolmogorovSmirnov' : kind === 'number' ? chosen : 'totalVariation';
  const found = windows.map(({ side, profile }) => {
    const window = profile.parts.get(feature.name);
    const leave = side === 'reference';
    return window && window.kind === reference.kind
      ? windowDistance(feature, { reference, window, leave }, metric)
      : undefined;
  });
  if (found.every((value) => value === undefined)) return undefined;
  const tolerance = resolveTolerance(settings, feature.name, metric);
  const own = found.filter(
    (value, i) => value !== undefined && windows[i].side === 'reference',
  ) as WindowValue[];
  const current = windows.filter(({ side }) => side === 'current').length;
  const natural = naturalLimits(own, { level: settings.level, windows: Math.max(1, current) });
  const quantile = kolmogorovUpperQuantile(settings.level / tests);
  const limits = { tolerance, quantile, natural };
  const ratings = found.map((value) => (value ? rateWindow(value, limits) : 'notRated'));
  const typical = middle(found.filter((value) => value !== undefined));
  const reach = reachOf(typical, quantile);
  const usual = natural ? Math.hypot(natural.watch, typical.bias) : undefined;
  const parts = [
    `tolerance ${shortNumber(tolerance)} plus ${shortNumber(reach)} for sampling at ${counted(typical.n, 'row')}`,
    natural
      ? `and beyond ${shortNumber(Math.hypot(natural.drift, typical.bias))}, what ${counted(own.length, 'reference window')} allow to expect`
      : `${counted(own.length, 'reference window')}: not enough for a natural-variation limit (${FEWEST_BLOCKS} needed)`,
  ];
  const episode = nameEpisode(
    windows.flatMap(({ side, start, end }, i) =>
      side === 'current' ? { start, end, rating: ratings[i] } : [],
    ),
  );
  return {
    metric: kind === 'text' ? 'textLength' : metric,
    values: found.map((value) => value?.value ?? Number.NaN),
    ratings,
    threshold: Math.max(tolerance + reach, natural ? Math.hypot(natural.drift, typical.bias) : 0),
    thresholdFrom: parts.join('; '),
    ...(usual === undefined ? {} : { band: [0, usual] as const }),
    ...(episode === undefined ? {} : { episode }),
  };
}

interface Limits {
  readonly tolerance: number;
  readonly quantile: number;
  readonly natural: NaturalLimits | undefined;
}

/** Windows whose noise alone is this many tolerances say nothing. */
const BLIND = 2;

function rateWindow(value: WindowValue, { tolerance, quantile, natural }: Limits): Rating {
  const reach = reachOf(value, quantile);
  const beyond = (limit: number | undefined) =>
    limit === undefined || value.value > Math.hypot(limit, value.bias);
  if (value.value - reach > tolerance && beyond(natural?.drift)) return 'drift';
  if (value.value > Math.max(reach, tolerance / 2) && beyond(natural?.watch)) return 'watch';
  return reach > BLIND * tolerance && value.value < reach ? 'unknown' : 'stable';
}

function reachOf({ m, n }: WindowValue, quantile: number): number {
  return quantile * Math.sqrt(1 / m + 1 / n);
}

export interface NaturalLimits {
  /** One new window exceeds it with probability `level`. */
  readonly watch: number;
  /** Any of the current windows exceeds it with probability `level`. */
  readonly drift: number;
}

/**
 * What the reference's windows differ beyond sampling, D² = bias² + natural², and how far a new one may go: lognormal
 * prediction limit exp(mean + t·s·√(1 + 1/K)) (numerics: .4–.7 % false alarms at a nominal 1 %). Undefined below
 * FEWEST_BLOCKS windows.
 */
export function naturalLimits(
  own: readonly Pick<WindowValue, 'value' | 'bias'>[],
  { level, windows }: { level: number; windows: number },
): NaturalLimits | undefined {
  const count = own.length;
  if (count < FEWEST_BLOCKS) return undefined;
  const logs = own.map(({ value, bias }) => {
    const natural = Math.sqrt(Math.max(0, value * value - bias * bias));
    // Windows that differ less than sampling alone: not exactly 0, which has no logarithm.
    return Math.log(Math.max(natural, 0.25 * Math.max(value, bias), 1e-9));
  });
  const mean = logs.reduce((x, y) => x + y, 0) / count;
  const sd = Math.sqrt(logs.reduce((x, y) => x + (y - mean) ** 2, 0) / (count - 1));
  const limit = (p: number) =>
    Math.exp(mean + studentUpperQuantile(p, count - 1) * sd * Math.sqrt(1 + 1 / count));
  return { watch: limit(level), drift: limit(level / windows) };
}

/** Of median size. */
function middle(values: readonly WindowValue[]): WindowValue {
  const sorted = [...values].sort((a, b) => a.n - b.n);
  return sorted[sorted.length >> 1];
}
