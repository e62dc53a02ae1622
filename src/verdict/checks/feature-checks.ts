// SPDX-License-Identifier: Apache-2.0
/** Rules of one column. */
import type { CategoryFrame, NumberFrame } from '../../baseline/frame.js';
import type { FeatureComparison } from '../../distances/comparison.js';
import { normalQuantile } from '../../distances/special/normal.js';
import type { CategoryPart, EmbeddingPart, NumberPart, Part } from '../../profile/parts.js';
import { moments } from '../hypotheses/moments.js';
import { beyondRange, valuesOf } from '../hypotheses/number-tests.js';
import { stuckHypothesis } from '../hypotheses/stuck.js';
import { unseenCounts } from '../hypotheses/unseen-tail.js';
import { present } from '../not-rated.js';
import { unseenByCount } from '../words/category-sentence.js';
import { listed, numbersBeside, percent } from '../words/number-words.js';
import type { CheckContext, PendingCheck } from './pending-check.js';

export function featureChecks(comparison: FeatureComparison, context: CheckContext): PendingCheck[] {
  const { feature, reference, current } = comparison;
  const name = feature.name;
  const checks = [
    shareCheck(name, 'missing', [reference.missing, reference.rows], [current.missing, current.rows]),
  ];
  if (reference.unparsable + current.unparsable > 0) {
    const rows = (part: Part) => [part.unparsable, part.rows] as const;
    checks.push(shareCheck(name, 'unparsable', rows(reference), rows(current)));
  }
  if (!context.isRated(comparison)) return checks;
  if (reference.kind === 'number' && current.kind === 'number') {
    checks.push(...numberChecks(comparison, { reference, current, context }));
  } else if (reference.kind === 'embedding' && current.kind === 'embedding') {
    checks.push(...embeddingChecks(name, reference, current));
  } else if ('unseen' in reference && 'unseen' in current) {
    checks.push(...categoryChecks(name, feature.frame as CategoryFrame, { reference, current }));
  }
  const stuck = stuckHypothesis(comparison, context.level);
  if (stuck) {
    const { hypothesis, expected, observed } = stuck;
    checks.push({
      feature: name,
      check: 'constant',
      expected,
      observed,
      rows: hypothesis ? current.rows : 0,
      ...(hypothesis ? { hypothesis } : { failed: false }),
    });
  }
  return checks;
}

type Share = readonly [count: number, rows: number];

function shareCheck(
  feature: string,
  metric: 'missing' | 'nan' | 'infinite' | 'unparsable' | 'zeroRows',
  [a, m]: Share,
  [b, n]: Share,
): PendingCheck {
  return {
    feature,
    check: metric,
    expected: `${m > 0 ? percent(a / m) : 'no rows'} of rows`,
    observed: `${n > 0 ? percent(b / n) : 'no rows'}`,
    rows: b,
    metric,
  };
}

function embeddingChecks(feature: string, reference: EmbeddingPart, current: EmbeddingPart): PendingCheck[] {
  const [m, n] = [present(reference), present(current)];
  const checks: PendingCheck[] = [];
  if (reference.nonFinite + current.nonFinite > 0)
    checks.push(shareCheck(feature, 'nan', [reference.nonFinite, m], [current.nonFinite, n]));
  if (reference.zero + current.zero > 0)
    checks.push(shareCheck(feature, 'zeroRows', [reference.zero, m], [current.zero, n]));
  return checks;
}

interface NumberSides {
  readonly reference: NumberPart;
  readonly current: NumberPart;
}

function numberChecks(
  { feature }: FeatureComparison,
  { reference, current, context }: NumberSides & { context: CheckContext },
): PendingCheck[] {
  const m = valuesOf(reference);
  const n = valuesOf(current);
  if (m === 0 || n === 0) return [];
  const { name } = feature;
  const frame = feature.frame as NumberFrame;
  const checks: PendingCheck[] = [];
  if (reference.nan + current.nan > 0) {
    checks.push(shareCheck(name, 'nan', [reference.nan, m + reference.nan], [current.nan, n + current.nan]));
  }
  const infinite = (part: NumberPart) => part.negativeInfinity + part.positiveInfinity;
  if (infinite(reference) + infinite(current) > 0) {
    checks.push(shareCheck(name, 'infinite', [infinite(reference), m], [infinite(current), n]));
  }
  const { below, above } = beyondRange(frame, reference, current);
  // Each side by itself: beside an outlier the usual range would round to nothing.
  const [low, high] = numbersBeside(reference.min, reference.max);
  const [lowNow, highNow] = numbersBeside(current.min, current.max);
  checks.push({
    feature: name,
    check: 'range',
    expected: `${low} … ${high}`,
    observed: `${lowNow} … ${highNow}`,
    rows: below + above,
    metric: 'outOfRange',
  });
  checks.push(...momentChecks(name, { reference, current, context, shift: frame.shift }));
  return checks;
}

/** Change of the sd, as a factor, that does not matter. */
const SD_FACTOR = 1.25;

/**
 * Mean and sd against their limits. Their own t and F tests are no good with heavy tails at p of 1e-5, so a check fails
 * only where the feature's values changed beyond chance and the interval of the moment leaves its limits.
 */
function momentChecks(
  feature: string,
  { reference, current, context, shift }: NumberSides & { context: CheckContext; shift: number },
): PendingCheck[] {
  const a = moments(reference);
  const b = moments(current);
  if (!(a.count > 1 && b.count > 1 && a.sd > 0) || !Number.isFinite(a.sd) || Number.isNaN(b.mean)) return [];
  const z = -normalQuantile(context.level / 2);
  const slack = context.tolerance(feature, 'wassersteinNormalized') * a.sd;
  const error = z * Math.sqrt(a.sd ** 2 / a.count + b.sd ** 2 / b.count);
  const middle = shift + a.mean;
  const [lowest, highest] = numbersBeside(middle - slack, middle + slack);
  const [narrowest, widest] = numbersBeside(a.sd / SD_FACTOR, a.sd * SD_FACTOR);
  const mean: PendingCheck = {
    feature,
    check: 'mean',
    expected: `${lowest} … ${highest}`,
    observed: numbersBeside(middle, shift + b.mean)[1],
    rows: b.count,
    failed: Math.abs(b.mean - a.mean) - error > slack,
    whenChanged: true,
  };
  const logError =
    (z / 2) * Math.sqrt(Math.max(0, a.kurtosis - 1) / a.count + Math.max(0, b.kurtosis - 1) / b.count);
  const ratio = b.sd > 0 ? Math.abs(Math.log(b.sd / a.sd)) : Number.POSITIVE_INFINITY;
  const sd: PendingCheck = {
    feature,
    check: 'sd',
    expected: `${narrowest} … ${widest}`,
    observed: numbersBeside(a.sd, b.sd)[1],
    rows: b.count,
    failed: ratio - logError > Math.log(SD_FACTOR),
    whenChanged: true,
  };
  return [mean, sd];
}

function categoryChecks(
  feature: string,
  frame: CategoryFrame,
  { reference, current }: { reference: CategoryPart; current: CategoryPart },
): PendingCheck[] {
  if (frame.overflow || frame.kind === 'boolean') return [];
  const { m, n, unseen, singles } = unseenCounts(frame, reference, current);
  if (m === 0 || n === 0) return [];
  const names = unseenByCount(current);
  return [
    {
      feature,
      check: 'unseen',
      expected: `about ${percent(singles / m)} of rows in categories never seen`,
      observed:
        unseen === 0 ? 'none' : `${percent(unseen / n)}${names.length > 0 ? `: ${listed(names)}` : ''}`,
      rows: unseen,
      metric: 'unseen',
    },
  ];
}
