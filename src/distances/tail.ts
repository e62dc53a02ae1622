// SPDX-License-Identifier: Apache-2.0
/**
 * Tails of a numeric feature, where a rare disaster hides from the main distances (2 % of rows at 1e9: KS .022).
 *
 * A cut is a value of the reference itself, so a rows at or beyond it in the reference were no chance outcome. What is
 * random is how many current rows lie beyond: with k of them and the pooled rows in random order, at most a of the k + a
 * outermost rows are the reference's: p = P(H ≤ a), H hypergeometric (m reference rows among m + n, k + a drawn). At the
 * maximum itself a = 0 and p = Π (n − i)/(n + m − i) ≈ (n/(n + m))^k. Exact at any counts, and conservative under ties.
 */
import type { NumberFrame } from '../baseline/frame.js';
import type { NumberPart } from '../profile/parts.js';
import { type AnchoredBins, anchoredBins } from './anchored-bins.js';
import type { ShareDifference } from './distance.js';
import { shareDifference } from './share-difference.js';
import { hypergeometricCdf } from './special/hypergeometric.js';

export interface TailSides {
  readonly frame: NumberFrame;
  readonly reference: NumberPart;
  readonly current: NumberPart;
  readonly level: number;
}

export interface TailDifference extends ShareDifference {
  /** Rows beyond, and rows. */
  readonly reference: readonly [number, number];
  readonly current: readonly [number, number];
  /** Where the tail begins: x < `below` or x ≥ `above`. */
  readonly below: number;
  readonly above: number;
}

/**
 * Share of rows outside the reference's [min, max], both ends together; ±Infinity count where the reference has none of
 * that sign. p is twice the smaller of the two ends'. Undefined when a side has no value.
 */
export function outOfRange({ frame, reference, current, level }: TailSides): TailDifference | undefined {
  const bins = anchoredBins(frame, reference, current);
  if (bins.m === 0 || bins.n === 0 || frame.cuts.length === 0) return undefined;
  return difference(bins, { first: 0, last: frame.cuts.length, level, frame });
}

/**
 * Share of rows beyond the reference's tail cuts, about `share` of its rows at each end (default 1 %): the cuts of the
 * frame that hold at most that. Undefined when a side has no value.
 */
export function tail(
  { frame, reference, current, level }: TailSides,
  share = 0.01,
): TailDifference | undefined {
  const bins = anchoredBins(frame, reference, current);
  const { a, m, n } = bins;
  if (m === 0 || n === 0 || frame.cuts.length === 0) return undefined;
  let first = 0;
  let beyond = bins.negative[0] + a[0];
  while (first + 1 < frame.cuts.length && beyond + a[first + 1] <= share * m) beyond += a[++first];
  let last = frame.cuts.length;
  beyond = bins.positive[0] + a[last];
  while (last - 1 > first && beyond + a[last - 1] <= share * m) beyond += a[--last];
  return difference(bins, { first, last, level, frame });
}

/** Bins up to `first` and from `last` on are the tails. */
function difference(
  { a, b, m, n, negative, positive }: AnchoredBins,
  { first, last, level, frame }: { first: number; last: number; level: number; frame: NumberFrame },
): TailDifference {
  const sum = (counts: Float64Array, from: number, to: number) => {
    let rows = 0;
    for (let i = from; i < to; i++) rows += counts[i];
    return rows;
  };
  const low = [negative[0] + sum(a, 0, first + 1), negative[1] + sum(b, 0, first + 1)];
  const high = [positive[0] + sum(a, last, a.length), positive[1] + sum(b, last, b.length)];
  const p = (k: readonly number[]) =>
    hypergeometricCdf(k[0], { total: m + n, marked: m, drawn: Math.min(m + n, k[0] + k[1]) });
  const counts = {
    reference: [low[0] + high[0], m] as const,
    current: [low[1] + high[1], n] as const,
  };
  const { delta, low: from, high: to } = shareDifference({ ...counts, level });
  const pValue = Math.min(1, 2 * Math.min(p(low), p(high)));
  return {
    delta,
    low: from,
    high: to,
    pValue,
    ...counts,
    below: frame.cuts[first],
    above: frame.cuts[last - 1],
  };
}
