// SPDX-License-Identifier: Apache-2.0
/** Columns whose values say nothing about drift by moving, or by standing still. */
import type { FeatureFrame } from '../baseline/frame.js';
import type { Role } from '../columns/schema.js';
import type { FeatureComparison } from '../distances/comparison.js';
import { distinctCount } from '../profile/hyperloglog.js';
import type { Part } from '../profile/parts.js';
import { onlyValue } from './hypotheses/number-tests.js';

type NotRatedCause = 'ignored' | 'late' | 'key' | 'counter' | 'constant' | 'empty' | 'time' | 'text';

export interface NotRated {
  readonly cause: NotRatedCause;
  /** In plain words, for the report. */
  readonly reason: string;
}

const KEY_SHARE = 0.99;
/** Below this nearly anything is distinct. */
const KEY_ROWS = 100;

/** Undefined when the column is to be rated. A role that a person has set (`roleIsSet`) is believed. `gone`: the current side lacks it. */
export function notRated(
  { feature, reference, current }: FeatureComparison,
  { role, roleIsSet, gone }: { role: Role; roleIsSet: boolean; gone: boolean },
): NotRated | undefined {
  const { frame } = feature;
  if (role === 'ignore') return { cause: 'ignored', reason: 'set to be ignored' };
  // Labels are known later than what they are labels of.
  if (gone && role === 'label') return { cause: 'late', reason: 'its labels have not come yet' };
  if (frame.kind === 'time') {
    return { cause: 'time', reason: 'time: its gaps and rhythm are tested instead' };
  }
  if (role === 'key') return { cause: 'key', reason: 'key: a value names a row, so values cannot drift' };
  if (frame.kind === 'text') {
    return { cause: 'text', reason: 'free text: its length, words and tokens are tested instead' };
  }
  if (reference.kind === 'embedding' && current.kind === 'embedding') {
    if (reference.measured > 0 && current.measured > 0) return undefined;
    const side = reference.measured > 0 ? 'current' : 'reference';
    // rows that all turned into NaN are a change that can be told all the same
    if (side === 'current' && current.nonFinite > 0) return undefined;
    return { cause: 'empty', reason: `no row of the ${side} side can be measured` };
  }
  const values = present(reference) + present(current);
  if (values === 0) return { cause: 'empty', reason: 'no value on either side' };
  const constant = sameConstant({ feature, reference, current });
  if (constant) return { cause: 'constant', reason: 'constant, and the same on both sides' };
  if (roleIsSet) return undefined;
  return keyLike(frame, reference);
}

/** Values of a part, NaN left out. */
export function present(part: Part): number {
  const count = part.rows - part.missing - part.unparsable;
  return part.kind === 'number' ? count - part.nan : count;
}

function sameConstant({
  feature,
  reference,
  current,
}: Pick<FeatureComparison, 'feature' | 'reference' | 'current'>): boolean {
  if (reference.kind === 'number' && current.kind === 'number') {
    const value = onlyValue(reference);
    return value !== undefined && value === onlyValue(current) && reference.nan + current.nan === 0;
  }
  if (!('unseen' in reference && 'unseen' in current) || !('categories' in feature.frame)) return false;
  if (reference.other + current.other + current.unseen + reference.unseen > 0) return false;
  let used = 0;
  let shared = 0;
  for (let i = 0; i < reference.counts.length; i++) {
    if (reference.counts[i] + current.counts[i] > 0) used++;
    if (reference.counts[i] > 0 && current.counts[i] > 0) shared++;
  }
  return used === 1 && shared === 1;
}

/**
 * Strings of which at least 99 % differ; whole numbers only where so many would not differ by chance, because they fill
 * their range: salaries differ too.
 */
function keyLike(frame: FeatureFrame, part: Part): NotRated | undefined {
  if (!('distinct' in part) || frame.kind === 'boolean') return undefined;
  const rows = present(part);
  // Counting distinct values costs more than seeing that they cannot be enough.
  if (rows < KEY_ROWS || (frame.kind === 'number' && !frame.integer)) return undefined;
  if ('categories' in frame && !frame.overflow) {
    if (frame.categories.length + frame.otherHashes.length < KEY_SHARE * rows) return undefined;
  }
  const distinct = distinctCount(part.distinct);
  if (distinct === undefined || distinct < KEY_SHARE * rows) return undefined;
  if (part.kind !== 'number') return { cause: 'key', reason: 'key: at least 99 % of its values differ' };
  const range = part.max - part.min + 1;
  const byChance = range * -Math.expm1(-rows / range);
  if (byChance >= 0.95 * rows) return undefined;
  return range <= 1.05 * rows
    ? { cause: 'counter', reason: 'counter: whole numbers that number the rows' }
    : { cause: 'key', reason: 'key: at least 99 % of its whole numbers differ' };
}
