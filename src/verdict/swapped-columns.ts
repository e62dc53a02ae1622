// SPDX-License-Identifier: Apache-2.0
/** Columns that changed because they hold each other's values: a join or an export that mixed them up. */
import type { CategoryFrame } from '../baseline/frame.js';
import { type FeatureComparison, QUANTILE_LEVELS } from '../distances/comparison.js';
import type { CategoryPart, Part } from '../profile/parts.js';

/** Changed columns beyond which nothing is paired: then the whole table is another. */
const MOST = 200;
/** Mean distance of quantiles, in reference ranges from 1 to 99 %, and total variation of shares, up to which values are the same. */
const SAME = { quantiles: 0.03, shares: 0.1 };
/** The other column's reference must be so many times closer than the own one. */
const CLOSER = 3;

/**
 * Of each of these columns that looks swapped the name of the other: the current values of each are like the other's
 * reference, and unlike its own. Columns of two values have too little shape to tell.
 */
export function swappedColumns(changed: readonly FeatureComparison[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (changed.length > MOST) return found;
  changed.forEach((a, i) => {
    for (const b of changed.slice(i + 1)) {
      const [one, other] = [a.feature.name, b.feature.name];
      if (found.has(one) || found.has(other) || !(holds(a, b) && holds(b, a))) continue;
      found.set(one, other).set(other, one);
    }
  });
  return found;
}

/** Are the current values of `a` like the reference of `b`, and unlike its own? */
function holds(a: FeatureComparison, b: FeatureComparison): boolean {
  // Few-valued integers are compared by name where both are, as any categories.
  const [now, before, own] =
    a.quantiles || b.quantiles
      ? [levelsOf(a, 'current'), levelsOf(b, 'reference'), levelsOf(a, 'reference')]
      : [];
  if (now && before && own) {
    const range = before[QUANTILE_LEVELS.length - 1] - before[0];
    const apart = (from: readonly number[]) => usualGap(from, now);
    return apart(before) <= Math.min(SAME.quantiles * range, apart(own) / CLOSER) && apart(own) > 0;
  }
  const mine = sharesOf(a, a.current);
  const theirs = sharesOf(b, b.reference);
  if (mine === undefined || theirs === undefined || theirs.size < 3) return false;
  const apart = variation(mine, theirs);
  return apart <= Math.min(SAME.shares, variation(mine, sharesOf(a, a.reference)) / CLOSER);
}

/** Values at QUANTILE_LEVELS of numbers, however they are kept. */
function levelsOf(
  comparison: FeatureComparison,
  side: 'reference' | 'current',
): readonly number[] | undefined {
  const { quantiles, feature } = comparison;
  if (quantiles || !('numeric' in feature.frame && feature.frame.numeric)) return quantiles?.[side];
  const steps = [...(sharesOf(comparison, comparison[side]) ?? [])]
    .map(([name, share]) => ({ value: Number(name), share }))
    .sort((x, y) => x.value - y.value);
  return QUANTILE_LEVELS.map((level) => {
    let upTo = 0;
    const step = steps.find(({ share }) => {
      upTo += share;
      return upTo >= level;
    });
    return (step ?? steps.at(-1))?.value ?? 0;
  });
}

/** Mean distance of quantiles without the two that are furthest apart: beyond the other column's range bins are wide. */
function usualGap(a: readonly number[], b: readonly number[]): number {
  const gaps = a.map((value, i) => Math.abs(value - b[i])).sort((x, y) => x - y);
  const used = gaps.slice(0, -2);
  return used.reduce((sum, gap) => sum + gap, 0) / used.length;
}

type Shares = ReadonlyMap<string, number>;

/** Shares by name, of those that are known by name. */
function sharesOf({ feature: { frame } }: FeatureComparison, part: Part): Shares | undefined {
  if (!('categories' in frame)) return undefined;
  const { counts, unseenNames, rows, missing, unparsable } = part as CategoryPart;
  const all = rows - missing - unparsable;
  const named = (frame as CategoryFrame).categories.map((name, i): [string, number] => [name, counts[i]]);
  return new Map([...named, ...unseenNames].flatMap(([name, n]) => (n > 0 ? [[name, n / all]] : [])));
}

/** Total variation; what is not known by name counts as different. */
function variation(a: Shares, b: Shares = new Map()): number {
  let same = 0;
  for (const [name, share] of a) same += Math.min(share, b.get(name) ?? 0);
  return 1 - same;
}
