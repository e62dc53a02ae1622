// SPDX-License-Identifier: Apache-2.0
/**
 * Every calendar window of every feature against the reference: its own windows leave-one-out, never in-sample.
 *
 * A window drifts when its value exceeds the tolerance by more than sampling can add (once in 1/level reports over all
 * windows and features) and lies beyond what the reference's own windows reach (a prediction limit, from 20 reference
 * windows on). It is worth watching when the change is real, over half the tolerance, and unusual.
 */
import type { Comparison, FeatureComparison } from '../../distances/comparison.js';
import { kolmogorovUpperQuantile } from '../../distances/special/kolmogorov.js';
import { studentUpperQuantile } from '../../distances/special/student-t.js';
import { FEWEST_BLOCKS } from '../hypotheses/hypothesis.js';
import { worse } from '../rate.js';
import type { RatedSeries, RatedWindow } from '../rated-report.js';
import type { Settings } from '../settings.js';
import { resolveMetric, resolveTolerance } from '../tolerance.js';
import type { Rating } from '../verdict.js';
import { counted, shortNumber } from '../words/number-words.js';
import { nameEpisode } from './episode.js';
import { type WindowValue, windowDistance } from './window-distance.js';

export interface RatedWindows {
  readonly windows: readonly RatedWindow[];
  readonly series: ReadonlyMap<string, RatedSeries>;
}

/** Feature by feature. Those for which a series makes sense are given by the caller. */
export function* windowSteps(
  comparison: Comparison,
  features: readonly FeatureComparison[],
  settings: Settings,
): Generator<void, RatedWindows> {
  const series = new Map<string, RatedSeries>();
  const { windows } = comparison;
  if (windows.length === 0) return { windows: [], series };
  const tests = windows.length * Math.max(1, features.length);
  for (const feature of features) {
    const rated = rateSeries(comparison, feature, { settings, tests });
    if (rated) series.set(feature.feature.name, rated);
    yield;
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
  const metric =
    kind === 'text'
      ? 'kolmogorovSmirnov'
      : kind === 'number' || kind === 'embedding'
        ? chosen
        : 'totalVariation';
  const found = windows.map(({ side, profile }) => {
    const window = profile.parts.get(feature.name);
    const leave = side === 'reference';
    return window && window.kind === reference.kind
      ? windowDistance(feature, { reference, window, leave }, metric)
      : undefined;
  });
  if (found.every((value) => value === undefined)) return undefined;
  const tolerance = resolveTolerance(settings, feature.name, metric);
  const whole = wholeWindows(windows);
  const own = found.filter(
    (value, i) => value !== undefined && whole[i] && windows[i].side === 'reference',
  ) as WindowValue[];
  const natural = naturalLimits(own, settings.level);
  const quantile = kolmogorovUpperQuantile(settings.level / tests);
  const limits = { tolerance, quantile, natural };
  const ratings = found.map(
    (value, i): Rating =>
      value === undefined ? 'notRated' : whole[i] ? rateWindow(value, limits) : 'unknown',
  );
  const typical = middle(found.filter((value) => value !== undefined));
  const reach = reachOf(typical, quantile);
  const usual = natural ? limitAt(natural.watch, typical) : undefined;
  const parts = [
    `tolerance ${shortNumber(tolerance)} plus ${shortNumber(reach)} for sampling at ${counted(typical.n, 'row')}`,
    natural
      ? `and beyond ${shortNumber(limitAt(natural.drift, typical))}, what ${counted(own.length, 'reference window')} allow to expect`
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
    threshold: Math.max(tolerance + reach, natural ? limitAt(natural.drift, typical) : 0),
    thresholdFrom: parts.join('; '),
    ...(usual === undefined ? {} : { band: [0, usual] as const }),
    ...(episode === undefined ? {} : { episode }),
  };
}

/** Share of its side's median rows below which a window is a part of one: the first days of a week are no week. */
const PART = 0.5;

function wholeWindows(windows: Comparison['windows']): boolean[] {
  const least = { reference: 0, current: 0 };
  for (const side of ['reference', 'current'] as const) {
    const rows = windows.filter((window) => window.side === side).map(({ profile }) => profile.rows);
    least[side] = PART * (rows.sort((a, b) => a - b)[rows.length >> 1] ?? 0);
  }
  return windows.map(({ side, profile }) => profile.rows >= least[side]);
}

interface Limits {
  readonly tolerance: number;
  readonly quantile: number;
  readonly natural: NaturalLimits | undefined;
}

/** How much rarer a window must be to drift than to be worth watching, by the reference's own windows. */
const RARER = 10;
/** Windows whose noise alone is this many tolerances say nothing. */
const BLIND = 2;

function rateWindow(value: WindowValue, { tolerance, quantile, natural }: Limits): Rating {
  const reach = reachOf(value, quantile);
  const beyond = (limit: number | undefined) => limit === undefined || value.raw > limitAt(limit, value);
  if (value.value - reach > tolerance && beyond(natural?.drift)) return 'drift';
  if (value.value > Math.max(reach, tolerance / 2) && beyond(natural?.watch)) return 'watch';
  return reach > BLIND * tolerance && value.value < reach ? 'unknown' : 'stable';
}

function reachOf({ m, n }: WindowValue, quantile: number): number {
  return quantile * Math.sqrt(1 / m + 1 / n);
}

export interface NaturalLimits {
  /** Squared limits less the squared sampling noise of the windows they were told from: D² = bias² + natural². */
  readonly watch: number;
  readonly drift: number;
}

/** What lies this far beyond the reference's own furthest window is unusual whatever the law of windows. */
const BEYOND_OWN = { watch: 1.5, drift: 2 };

/**
 * How far a new window may go, judged by the reference's own, all brought to one size. One new window exceeds `watch`
 * with a probability of about `level`, `drift` with about a tenth of that (`bench/false-alarms/own-windows.py`).
 * The smaller of two limits: the lognormal prediction limit exp(mean + t·s·√(1 + 1/K)) of their distances, which suits
 * windows with storms among them; and the normal one, t·rms·√(1 + 1/K), but not under 1.5 (2) times the furthest. For
 * plain day-to-day effects the lognormal limit alone would lie at five to fifteen standard deviations and never be met.
 * Undefined below FEWEST_BLOCKS windows.
 */
export function naturalLimits(
  own: readonly Pick<WindowValue, 'raw' | 'bias'>[],
  level: number,
): NaturalLimits | undefined {
  const count = own.length;
  if (count < FEWEST_BLOCKS) return undefined;
  const typical = [...own].sort((a, b) => a.bias - b.bias)[count >> 1].bias;
  const squares = own.map(({ raw, bias }) =>
    Math.max(raw * raw - bias * bias + typical * typical, typical * typical * 0.25, 1e-12),
  );
  const logs = squares.map((square) => Math.log(square) / 2);
  const mean = logs.reduce((x, y) => x + y, 0) / count;
  const sd = Math.sqrt(logs.reduce((x, y) => x + (y - mean) ** 2, 0) / (count - 1));
  const rms = Math.sqrt(squares.reduce((x, y) => x + y, 0) / count);
  const furthest = Math.sqrt(squares.reduce((x, y) => Math.max(x, y), 0));
  const widened = Math.sqrt(1 + 1 / count);
  const limit = (p: number, beyond: number) => {
    const lognormal = Math.exp(mean + studentUpperQuantile(p, count - 1) * sd * widened);
    const normal = studentUpperQuantile(p / 2, count - 1) * rms * widened;
    return Math.min(lognormal, Math.max(normal, beyond * furthest)) ** 2 - typical * typical;
  };
  return { watch: limit(level, BEYOND_OWN.watch), drift: limit(level / RARER, BEYOND_OWN.drift) };
}

/** The limit for a window of this sampling noise. */
function limitAt(square: number, { bias }: Pick<WindowValue, 'bias'>): number {
  return Math.sqrt(Math.max(bias * bias, square + bias * bias));
}

/** Of median size. */
function middle(values: readonly WindowValue[]): WindowValue {
  const sorted = [...values].sort((a, b) => a.n - b.n);
  return sorted[sorted.length >> 1];
}
