// SPDX-License-Identifier: Apache-2.0
/** A column that varied and now holds one value: a stuck sensor, a default written everywhere. */
import type { FeatureComparison } from '../../distances/comparison.js';
import { sumOf } from '../../profile/counts.js';
import { shortNumber } from '../words/number-words.js';
import type { Hypothesis } from './hypothesis.js';
import { onlyValue, valuesOf } from './number-tests.js';
import { fisherMore } from './share-test.js';

/** How much of the reference lies elsewhere for a constant to be worth a word. */
const ELSEWHERE = 0.05;

/**
 * `hypothesis` only where the current side is constant: p = Σ over values of the chance that all current rows get it when
 * the pooled rows are dealt at random. Undefined where the reference has fewer than two values.
 */
export function stuckHypothesis(
  { feature, reference, current }: FeatureComparison,
  level: number,
): { hypothesis?: Hypothesis; expected: string; observed: string } | undefined {
  let a: ArrayLike<number>;
  let b: ArrayLike<number>;
  let name: string;
  if (reference.kind === 'number' && current.kind === 'number') {
    if (onlyValue(reference) !== undefined || valuesOf(reference) === 0) return undefined;
    const value = onlyValue(current);
    a = reference.counts;
    b = current.counts;
    name = value === undefined ? '' : shortNumber(value);
  } else if ('unseen' in reference && 'unseen' in current && 'categories' in feature.frame) {
    a = [...reference.counts, reference.other + reference.unseen];
    b = [...current.counts, current.other + current.unseen];
    if (Array.from(a).filter((count) => count > 0).length < 2) return undefined;
    const held = Array.from(b).flatMap((count, i) => (count > 0 ? [i] : []));
    const unseenOnly = held.length === 1 && held[0] === current.counts.length;
    if (held.length !== 1 || (unseenOnly && current.unseenNames.size !== 1)) name = '';
    else name = unseenOnly ? [...current.unseenNames.keys()][0] : feature.frame.categories[held[0]];
  } else return undefined;
  const expected = 'more than one value';
  if (name === '') return { expected, observed: 'several' };
  const m = sumOf(a);
  const n = sumOf(b);
  let p = 0;
  let elsewhere = 1;
  for (let i = 0; i < a.length; i++) {
    const pooled = a[i] + b[i];
    if (pooled >= n) p += fisherMore({ a: pooled - n, m, b: n, n });
    if (b[i] > 0) elsewhere = 1 - a[i] / m;
  }
  return {
    expected,
    observed: `all ${name}`,
    hypothesis: {
      feature: feature.name,
      metric: 'constant',
      value: elsewhere,
      low: elsewhere,
      high: elsewhere,
      tolerance: ELSEWHERE,
      pValue: Math.min(1, p),
      pMethod: 'exact, dealing the pooled rows at random',
      noise: (at) => Math.min(1, -Math.log(at) / Math.max(1, n)),
      rowsNeeded: Math.ceil(Math.log(1 / level) / ELSEWHERE),
    },
  };
}
