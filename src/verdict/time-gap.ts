// SPDX-License-Identifier: Apache-2.0
/** The longest stretch without a row. */
import type { TimeFrame } from '../baseline/frame.js';
import type { TimePart } from '../profile/parts.js';

export interface Gap {
  /** Empty buckets in a row, the longest run. */
  readonly buckets: number;
  /** Its start and end, ms. */
  readonly start: number;
  readonly end: number;
}

export function longestGap({ origin, widthMs }: TimeFrame, { buckets }: TimePart): Gap {
  const occupied = Float64Array.from(buckets.keys()).sort();
  let gap = { buckets: 0, start: Number.NaN, end: Number.NaN };
  for (let i = 1; i < occupied.length; i++) {
    const empty = occupied[i] - occupied[i - 1] - 1;
    if (empty <= gap.buckets) continue;
    gap = {
      buckets: empty,
      start: origin + (occupied[i - 1] + 1) * widthMs,
      end: origin + occupied[i] * widthMs,
    };
  }
  return gap;
}

/** Share of buckets that the reference must fill for an empty one to mean anything. */
const FILLED = 0.5;

/**
 * Bound on the probability of a gap longer than the reference ever had: with λ rows a bucket, g further buckets stay empty
 * somewhere with probability at most buckets · exp(−λg/φ); φ is how much bucket counts vary over a Poisson law's
 * (less than 1 for rows that come like clockwork, more for bursts). 1 where gaps mean nothing.
 */
export function gapP(reference: TimePart, current: TimePart, gaps: { reference: Gap; current: Gap }): number {
  const extra = gaps.current.buckets - gaps.reference.buckets;
  if (extra <= 0 || current.bucketsDropped > 0 || reference.bucketsDropped > 0) return 1;
  const ours = spanOf(reference);
  const theirs = spanOf(current);
  if (ours.filled < FILLED * ours.span) return 1;
  const calm = theirs.mean >= 0.5 * ours.mean ? 0.05 : 1;
  const phi = Math.max(calm, ours.variance / ours.mean);
  return Math.min(1, theirs.span * Math.exp((-theirs.mean * extra) / phi));
}

/** Buckets from the first to the last row; mean and variance of rows a bucket, empty ones included. */
function spanOf({ buckets }: TimePart): { span: number; filled: number; mean: number; variance: number } {
  let first = Infinity;
  let last = -Infinity;
  let rows = 0;
  let squares = 0;
  for (const [index, count] of buckets) {
    first = Math.min(first, index);
    last = Math.max(last, index);
    rows += count;
    squares += count * count;
  }
  const span = Math.max(1, last - first + 1);
  const mean = rows / span;
  return { span, filled: buckets.size, mean, variance: squares / span - mean * mean };
}
