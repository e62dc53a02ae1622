// SPDX-License-Identifier: Apache-2.0
/**
 * What is tested of a numeric feature: its main metric (KS), the share beyond the reference's 1 % tails, the share
 * beyond its range, and the shares of missing, NaN and unparsable values. A disaster in 2 % of the rows moves KS by
 * .02 only; the tails and the range show it.
 */

import type { NumberFrame } from '../../baseline/frame.js';
import type { FeatureComparison } from '../../distances/comparison.js';
import type { Distance, Distances } from '../../distances/distance.js';
import { kolmogorovSf } from '../../distances/special/kolmogorov.js';
import type { NumberPart } from '../../profile/parts.js';
import { finiteCount } from '../../profile/summary.js';
import { roundedNumber } from '../words/number-words.js';
import { type Hypothesis, type RowNoise, roundedRows, studentised, unstudentised } from './hypothesis.js';
import { kolmogorovQuantile } from './kolmogorov-quantile.js';
import { shareHypothesis } from './share-hypothesis.js';
import type { ShareCounts } from './share-test.js';
import type { TestContext } from './test-context.js';

export function numberTests(comparison: FeatureComparison, context: TestContext): Hypothesis[] {
  const { feature } = comparison;
  const frame = feature.frame as NumberFrame;
  const reference = comparison.reference as NumberPart;
  const current = comparison.current as NumberPart;
  const share = (metric: 'nan' | 'infinite' | 'outOfRange', counts: ShareCounts, side: 'more' | 'both') =>
    shareHypothesis(counts, {
      feature: feature.name,
      metric,
      side,
      tolerance: context.tolerance(metric === 'infinite' ? 'nan' : metric),
      level: context.level,
      noise: context.noise,
    });
  const m = valuesOf(reference);
  const n = valuesOf(current);
  if (m === 0 || n === 0) return [];
  const found = [mainTest(comparison, context, { m, n })];
  const tail = tailTest(frame, { reference, current, m, n, context, feature: feature.name });
  if (tail) found.push(tail);
  const beyond = beyondRange(frame, reference, current);
  const range = share('outOfRange', { a: 0, m, b: beyond.below + beyond.above, n }, 'more');
  // The reference's extremes are thresholds that it chose itself: a share of 0 by construction, hence the one-sided
  // test at each end (k rows beyond the maximum have p of about (n/(n+m))^k), the better of two.
  const ends = [beyond.below, beyond.above].map((b) => share('outOfRange', { a: 0, m, b, n }, 'more').pValue);
  const oneRow = 5.1 / context.tolerance('outOfRange');
  found.push({
    ...range,
    vacuous: false,
    ...(justBeyond(reference, current) ? { atMost: 'watch' as const } : {}),
    pValue: Math.min(1, 2 * Math.min(...ends)),
    noise: (p) =>
      Math.max(
        0,
        (context.noise.deff * Math.log(unstudentised(p, context.noise) / 2)) / Math.log(n / (n + m)) / n,
      ),
    rowsNeeded: roundedRows(2 * oneRow * context.noise.deff),
  });
  if (reference.nan + current.nan > 0) {
    found.push(
      share('nan', { a: reference.nan, m: m + reference.nan, b: current.nan, n: n + current.nan }, 'both'),
    );
  }
  const infinite = ({ negativeInfinity, positiveInfinity }: NumberPart) =>
    negativeInfinity + positiveInfinity;
  if (infinite(reference) + infinite(current) > 0) {
    found.push(share('infinite', { a: infinite(reference), m, b: infinite(current), n }, 'both'));
  }
  return found;
}

/** Finite and infinite values. */
export function valuesOf(part: NumberPart): number {
  return finiteCount(part) + part.negativeInfinity + part.positiveInfinity;
}

/** The only value of a part; undefined when there are several or none. */
export function onlyValue(part: NumberPart): number | undefined {
  if (part.positiveInfinity + part.negativeInfinity > 0) return undefined;
  return part.min === part.max && valuesOf(part) > 0 ? part.min : undefined;
}

/** Current values below and above all of the reference's; ±∞ counts unless the reference has it. */
export function beyondRange(
  { cuts }: NumberFrame,
  reference: NumberPart,
  current: NumberPart,
): { below: number; above: number } {
  if (cuts.length === 0) {
    return {
      below: reference.negativeInfinity > 0 ? 0 : current.negativeInfinity,
      above: reference.positiveInfinity > 0 ? 0 : current.positiveInfinity,
    };
  }
  const first = reference.counts[0] === 0 ? current.counts[0] : 0;
  const last = reference.counts.at(-1) === 0 ? current.counts.at(-1)! : 0;
  return {
    below: reference.negativeInfinity > 0 ? 0 : first + current.negativeInfinity,
    above: reference.positiveInfinity > 0 ? 0 : last + current.positiveInfinity,
  };
}

/** Share of the reference's range by which values may exceed it before that can be drift by itself. */
const JUST_BEYOND = 0.05;

/** No value lies far out: ages coded up to 95 that ended at 94 are worth a look, no more. */
export function justBeyond(reference: NumberPart, current: NumberPart): boolean {
  const infinite = current.negativeInfinity + current.positiveInfinity > 0;
  const excess = Math.max(current.max - reference.max, reference.min - current.min);
  return !infinite && excess <= JUST_BEYOND * (reference.max - reference.min);
}

/** The chosen distance, with its intervals at the report's level and its p; KS lends its p to distances without one. */
export function mainTest(
  { feature, distances }: Pick<FeatureComparison, 'feature' | 'distances'>,
  context: TestContext,
  { m, n }: { m: number; n: number },
): Hypothesis {
  const ks = distances.kolmogorovSmirnov ?? { value: 0, exact: false, convention: '', pValue: 1 };
  const metric = distances[context.metric] === undefined ? 'kolmogorovSmirnov' : context.metric;
  const distance = distances[metric] ?? ks;
  const tolerance = context.tolerance(metric);
  const { noise, level } = context;
  const root = Math.sqrt(noise.deff * (1 / m + 1 / n));
  const reach = kolmogorovQuantile(unstudentised(level, noise)) * root;
  const ksLow = Math.max(0, (ks.lower ?? ks.value) - reach);
  const ksHigh = Math.min(1, (ks.upper ?? ks.value) + reach);
  const isKs = metric === 'kolmogorovSmirnov';
  const interval = isKs
    ? { low: ksLow, high: ksHigh }
    : intervalOf(distance, noise, ks.value > 0 ? [ksLow / ks.value, ksHigh / ks.value] : [0, 1]);
  const scale = isKs || !(ks.value > 0) ? 1 : distance.value / ks.value;
  return {
    feature: feature.name,
    metric,
    value: distance.value,
    ...(distance.lower === undefined ? {} : { lower: distance.lower }),
    ...(distance.upper === undefined ? {} : { upper: distance.upper }),
    deff: noise.deff,
    ...interval,
    tolerance,
    ...pOf(distance, distances, { noise, root, ks }),
    noise: (p) => scale * kolmogorovQuantile(unstudentised(p, noise)) * root,
    rowsNeeded: roundedRows((2 / (1 / m + 1 / n)) * ((scale * (reach + 0.87 * root)) / tolerance) ** 2),
  };
}

function intervalOf(
  distance: Distance,
  { deff }: RowNoise,
  [lowShare, highShare]: readonly [number, number],
): { low: number; high: number } {
  const { value, low, high } = distance;
  // No interval of its own: as far, in proportion, as that of KS.
  if (low === undefined || high === undefined) return { low: value * lowShare, high: value * highShare };
  const stretch = Math.sqrt(deff);
  return { low: Math.max(0, value - (value - low) * stretch), high: value + (high - value) * stretch };
}

function pOf(
  distance: Distance,
  { kolmogorovSmirnov }: Distances,
  { noise, root, ks }: { noise: RowNoise; root: number; ks: Distance },
): { pValue: number; pMethod: string } {
  if (noise.deff > 1) {
    const pValue = studentised(kolmogorovSf(ks.value / root), noise);
    return { pValue, pMethod: `of KS, with a design effect of ${roundedNumber(noise.deff)}` };
  }
  if (distance.pValue !== undefined)
    return { pValue: distance.pValue, pMethod: distance.pMethod ?? 'asymptotic' };
  return { pValue: ks.pValue ?? 1, pMethod: `of KS, ${kolmogorovSmirnov?.pMethod ?? 'asymptotic'}` };
}

/** Reference share that a tail cut may have to stand for "the worst 1 %". */
const TAIL = { wanted: 0.01, least: 0.002, most: 0.03 };

export interface TailCounts extends ShareCounts {
  readonly side: 'low' | 'high';
  /** The cut: values below it (low) or from it on (high). */
  readonly cut: number;
}

/** The cuts nearest to the reference's 1 % and 99 %, with what lies beyond on both sides. */
export function tailCounts({ cuts }: NumberFrame, reference: NumberPart, current: NumberPart): TailCounts[] {
  const m = valuesOf(reference);
  const n = valuesOf(current);
  const found: TailCounts[] = [];
  const best = { low: Infinity, high: Infinity };
  let a = reference.negativeInfinity;
  let b = current.negativeInfinity;
  const consider = (tail: TailCounts) => {
    const share = tail.a / m;
    if (share < TAIL.least || share > TAIL.most) return;
    const off = Math.abs(Math.log(share / TAIL.wanted));
    if (off >= best[tail.side]) return;
    best[tail.side] = off;
    const at = found.findIndex(({ side }) => side === tail.side);
    if (at >= 0) found.splice(at, 1);
    found.push(tail);
  };
  for (let i = 0; i < cuts.length; i++) {
    a += reference.counts[i];
    b += current.counts[i];
    consider({ side: 'low', cut: cuts[i], a, m, b, n });
    consider({ side: 'high', cut: cuts[i], a: m - a, m, b: n - b, n });
  }
  return found;
}

function tailTest(
  frame: NumberFrame,
  side: {
    reference: NumberPart;
    current: NumberPart;
    m: number;
    n: number;
    context: TestContext;
    feature: string;
  },
): Hypothesis | undefined {
  const { context, feature } = side;
  const tails = tailCounts(frame, side.reference, side.current);
  if (tails.length === 0) return undefined;
  const tests = tails.map((tail) =>
    shareHypothesis(tail, {
      feature,
      metric: 'tail',
      tolerance: context.tolerance('tail'),
      level: context.level / tails.length,
      noise: context.noise,
    }),
  );
  // Ties in p (both 1) go to the larger change.
  const best = tests.reduce((x, y) =>
    y.pValue < x.pValue || (y.pValue === x.pValue && y.value > x.value) ? y : x,
  );
  return {
    ...best,
    pValue: Math.min(1, tests.length * best.pValue),
    noise: (p) => best.noise(p / tests.length),
  };
}
