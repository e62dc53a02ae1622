// SPDX-License-Identifier: Apache-2.0
import type { NumberFrame } from '../../baseline/frame.js';
import type { FeatureComparison } from '../../distances/comparison.js';
import type { NumberPart } from '../../profile/parts.js';
import { type Placeholder, placeholderIn } from '../advice/placeholder.js';
import { beyondRange, onlyValue, tailCounts, valuesOf } from '../hypotheses/number-tests.js';
import type { Metric } from '../verdict.js';
import { numbersBeside, percent, shortNumber } from './number-words.js';

/** Places of .01, .25, .5, .75 and .99 in QUANTILE_LEVELS. */
const [LOWEST, LOWER, MEDIAN, UPPER, HIGHEST] = [0, 3, 4, 5, 8];
/** Change of the median, in reference interquartile ranges, that is worth words; likewise of the range itself. */
const WORTH = 0.02;
const SPREAD_WORTH = 0.15;
/** A placeholder that holds a share s moves KS by s; up to so many times that, it is all that happened. */
const MOSTLY = 1.25;

/** What happened to a numeric feature, most telling first; at most three clauses. */
export function numberChanges(comparison: FeatureComparison, flagged: ReadonlySet<Metric>): string[] {
  const frame = comparison.feature.frame as NumberFrame;
  const reference = comparison.reference as NumberPart;
  const current = comparison.current as NumberPart;
  const constant = onlyValue(current);
  if (constant !== undefined && valuesOf(current) > 1) {
    const before = onlyValue(reference);
    return [
      before === undefined
        ? `every value is now ${shortNumber(constant)}`
        : `a constant moved ${fromTo(before, constant)}`,
    ];
  }
  const always = onlyValue(reference);
  if (always !== undefined && valuesOf(reference) > 1 && Number.isFinite(current.max - current.min)) {
    const [was, low, high] = numbersBeside(always, current.min, current.max);
    return [`the value was always ${was} and now runs from ${low} to ${high}`];
  }
  const placeholder = placeholderIn(frame, reference, current);
  const said = placeholder === undefined ? [] : [placeholderWords(placeholder, reference)];
  // Quantiles that it pushes aside are no other news.
  if (placeholder && (comparison.distances.kolmogorovSmirnov?.value ?? 0) <= MOSTLY * placeholder.share)
    return said;
  const a = comparison.quantiles?.reference ?? [];
  const b = comparison.quantiles?.current ?? [];
  const known = a.length > HIGHEST && b.length > HIGHEST;
  const body = [...flagged].some(
    (metric) => !['tail', 'outOfRange', 'missing', 'nan', 'unparsable'].includes(metric),
  );
  if (body && known) said.push(...bodyChanges(a, b));
  if (body && said.length === 0) said.push(...gapChange(frame, reference, current));
  if (known && (flagged.has('tail') || body)) said.push(...tailChanges(a, b));
  if (flagged.has('tail') && !said.some((clause) => clause.includes('1 %'))) {
    said.push(...tailShares(frame, reference, current));
  }
  if (placeholder === undefined && (flagged.has('outOfRange') || flagged.has('infinite'))) {
    const { below, above } = beyondRange(frame, reference, current);
    const n = valuesOf(current);
    const sides = [
      below > 0 ? `${percent(below / n)} of values lie below ${shortNumber(reference.min)}` : '',
      above > 0
        ? `${percent(above / n)}${below > 0 ? '' : ' of values'} lie above ${shortNumber(reference.max)}`
        : '',
    ].filter((side) => side !== '');
    if (sides.length > 0) said.push(`${sides.join(' and ')}, where the reference has none`);
  }
  return said.slice(0, 3);
}

function placeholderWords({ value, share, side }: Placeholder, { min, max }: NumberPart): string {
  const [at, end] = numbersBeside(value, side === 'low' ? min : max);
  return `${percent(share)} of values are ${at}, where the reference ${side === 'low' ? `begins at ${end}` : `ends at ${end}`}`;
}

function fromTo(before: number, now: number): string {
  const [a, b] = numbersBeside(before, now);
  return `from ${a} to ${b}`;
}

function bodyChanges(a: readonly number[], b: readonly number[]): string[] {
  const said: string[] = [];
  const spread = a[UPPER] - a[LOWER];
  const scale = spread > 0 ? spread : Math.abs(a[HIGHEST] - a[LOWEST]);
  if (Math.abs(b[MEDIAN] - a[MEDIAN]) > WORTH * scale) {
    const way = b[MEDIAN] > a[MEDIAN] ? 'rose' : 'fell';
    said.push(`the median ${way} ${fromTo(a[MEDIAN], b[MEDIAN])}`);
  }
  const now = b[UPPER] - b[LOWER];
  if (spread > 0 && Math.abs(now - spread) > SPREAD_WORTH * spread) {
    const way = now > spread ? 'widened' : 'narrowed';
    const [low, high, lowNow, highNow] = numbersBeside(a[LOWER], a[UPPER], b[LOWER], b[UPPER]);
    said.push(`the middle half ${way} from ${low} … ${high} to ${lowNow} … ${highNow}`);
  }
  return said;
}

function tailChanges(a: readonly number[], b: readonly number[]): string[] {
  const said: string[] = [];
  const spread = Math.max(a[UPPER] - a[LOWER], Number.MIN_VALUE);
  const moved = (at: number) => Math.abs(b[at] - a[at]) > SPREAD_WORTH * spread;
  if (moved(HIGHEST)) {
    const way = b[HIGHEST] > a[HIGHEST] ? 'grew' : 'shrank';
    said.push(`the highest 1 % ${way} ${fromTo(a[HIGHEST], b[HIGHEST])}`);
  } else if (moved(LOWEST)) {
    const way = b[LOWEST] > a[LOWEST] ? 'rose' : 'fell';
    said.push(`the lowest 1 % ${way} ${fromTo(a[LOWEST], b[LOWEST])}`);
  }
  return said;
}

/** Where the medians agree: the share on one side of the greatest gap. */
function gapChange(frame: NumberFrame, reference: NumberPart, current: NumberPart): string[] {
  const m = valuesOf(reference);
  const n = valuesOf(current);
  let f = reference.negativeInfinity;
  let g = current.negativeInfinity;
  let best = { gap: 0, at: Number.NaN, f: 0, g: 0 };
  frame.cuts.forEach((cut, i) => {
    f += reference.counts[i];
    g += current.counts[i];
    const gap = Math.abs(f / m - g / n);
    if (gap > best.gap) best = { gap, at: cut, f: f / m, g: g / n };
  });
  if (!(best.gap > 0)) return [];
  return [`the share below ${shortNumber(best.at)} went from ${percent(best.f)} to ${percent(best.g)}`];
}

function tailShares(frame: NumberFrame, reference: NumberPart, current: NumberPart): string[] {
  const change = ({ a, m, b, n }: { a: number; m: number; b: number; n: number }) => Math.abs(b / n - a / m);
  const [most] = tailCounts(frame, reference, current).sort((x, y) => change(y) - change(x));
  if (!most) return [];
  const where = most.side === 'low' ? 'below' : 'from';
  return [
    `the share ${where} ${shortNumber(most.cut)}${most.side === 'high' ? ' on' : ''} went from ${percent(most.a / most.m)} to ${percent(most.b / most.n)}`,
  ];
}
