// SPDX-License-Identifier: Apache-2.0
/** The longest stretch without a row. */
import type { TimeFrame } from '../../baseline/frame.js';
import type { TimePart } from '../../profile/parts.js';

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
/** Buckets that are laid out for it, at most. */
const MOST_BUCKETS = 200_000;

/**
 * Bound on the probability of a gap as long as the current side's, where it is longer than any of the reference. Every
 * stretch of the reference as long, with the C rows that it holds, stays empty on the current side with probability
 * (1 + ρ)^−C, ρ = current over reference rows a bucket (that all C fall to the reference when the pooled rows are
 * dealt); summed over the stretches, so that quiet nights and thin days count as often as they come. 1 where gaps
 * mean nothing.
 */
export function gapP(reference: TimePart, current: TimePart, gaps: { reference: Gap; current: Gap }): number {
  const length = gaps.current.buckets;
  if (length <= gaps.reference.buckets || current.bucketsDropped + reference.bucketsDropped > 0) return 1;
  const ours = rangeOf(reference);
  const theirs = rangeOf(current);
  if (reference.buckets.size < FILLED * ours.span || ours.span > MOST_BUCKETS) return 1;
  const rows = new Float64Array(ours.span);
  for (const [index, count] of reference.buckets) rows[index - ours.first] = count;
  const stay = Math.log1p(theirs.mean / ours.mean);
  const stretch = Math.min(length, ours.span);
  let held = 0;
  let sum = 0;
  for (let i = 0; i < ours.span; i++) {
    held += rows[i] - (i >= stretch ? rows[i - stretch] : 0);
    if (i >= stretch - 1) sum += Math.exp(-stay * held);
  }
  return Math.min(1, sum * Math.max(1, theirs.span / ours.span));
}

/** Buckets from the first to the last row, and rows a bucket. */
function rangeOf({ buckets }: TimePart): { first: number; span: number; mean: number } {
  let first = Infinity;
  let last = -Infinity;
  let rows = 0;
  for (const [index, count] of buckets) {
    first = Math.min(first, index);
    last = Math.max(last, index);
    rows += count;
  }
  const span = Math.max(1, last - first + 1);
  return { first, span, mean: rows / span };
}
