// SPDX-License-Identifier: Apache-2.0
/** Free text is not compared value by value; its length, its words a row, its empty share and its frequent tokens are. */
import type { TextFrame } from '../../baseline/frame.js';
import { anchoredBins } from '../../distances/anchored-bins.js';
import type { FeatureComparison } from '../../distances/comparison.js';
import { kolmogorovSmirnovFromBins } from '../../distances/kolmogorov-smirnov.js';
import type { TextPart } from '../../profile/parts.js';
import { totalVariationTest } from './category-tests.js';
import type { Hypothesis } from './hypothesis.js';
import { mainTest, valuesOf } from './number-tests.js';
import type { PooledCells } from './pooled-cells.js';
import { shareHypothesis } from './share-hypothesis.js';
import type { TestContext } from './test-context.js';

export function textTests(comparison: FeatureComparison, context: TestContext): Hypothesis[] {
  const { feature } = comparison;
  const frame = feature.frame as TextFrame;
  const reference = comparison.reference as TextPart;
  const current = comparison.current as TextPart;
  const found: Hypothesis[] = [];
  const ks: TestContext = { ...context, metric: 'kolmogorovSmirnov' };
  for (const [metric, field] of [
    ['textLength', 'length'],
    ['textWords', 'words'],
  ] as const) {
    const m = valuesOf(reference[field]);
    const n = valuesOf(current[field]);
    if (m === 0 || n === 0) continue;
    const bins = anchoredBins(frame[field], reference[field], current[field]);
    const distances = { kolmogorovSmirnov: kolmogorovSmirnovFromBins(bins, context.level) };
    found.push({ ...mainTest({ feature, distances }, ks, { m, n }), metric });
  }
  const tokens = tokenCells(reference, current);
  if (tokens) {
    found.push({
      ...totalVariationTest(feature.name, tokens, { ...context, metric: 'totalVariation' }),
      metric: 'textTokens',
    });
  }
  const present = (part: TextPart) => part.rows - part.missing - part.unparsable;
  if (reference.empty + current.empty > 0) {
    found.push(
      shareHypothesis(
        { a: reference.empty, m: present(reference), b: current.empty, n: present(current) },
        {
          feature: feature.name,
          metric: 'empty',
          tolerance: context.tolerance('missing'),
          level: context.level,
          noise: context.missingNoise,
        },
      ),
    );
  }
  return found;
}

/**
 * Shares of the tokens that both sketches vouch for, one cell each, and all others in one, scaled down to one draw a row:
 * words of one row hang together, at worst wholly. What the sketches may lack is taken off the differences, so that
 * two sketches of the same text never differ by their bounds alone.
 */
export function tokenCells(reference: TextPart, current: TextPart): PooledCells | undefined {
  const rows = (part: TextPart) => part.rows - part.missing - part.unparsable - part.empty;
  const m = rows(reference);
  const n = rows(current);
  if (m <= 0 || n <= 0 || reference.tokenCount === 0 || current.tokenCount === 0) return undefined;
  const names = new Set([...reference.tokens.keys(), ...current.tokens.keys()]);
  const a: number[] = [];
  const b: number[] = [];
  for (const name of names) {
    const [p, q] = nearest(range(reference, name), range(current, name));
    a.push(Math.floor(p * m));
    b.push(Math.floor(q * n));
  }
  const rest = (counts: number[], total: number) => Math.max(0, total - counts.reduce((x, y) => x + y, 0));
  const [restA, restB] = [rest(a, m), rest(b, n)];
  return { m, n, a: Float64Array.from([...a, restA]), b: Float64Array.from([...b, restB]) };
}

/** Shares of all tokens that a token's true count may have. */
function range(part: TextPart, name: string): [number, number] {
  const count = part.tokens.get(name) ?? 0;
  return [count / part.tokenCount, (count + part.tokenError) / part.tokenCount];
}

/** The two shares inside their ranges that differ least. */
function nearest(p: [number, number], q: [number, number]): [number, number] {
  if (p[0] > q[1]) return [p[0], q[1]];
  if (q[0] > p[1]) return [p[1], q[0]];
  const shared = Math.max(p[0], q[0]);
  return [shared, shared];
}
