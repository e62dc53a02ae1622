// SPDX-License-Identifier: Apache-2.0
import type { NumberFrame } from '../../baseline/frame.js';
import type { NumberPart } from '../../profile/parts.js';
import { valuesOf } from '../hypotheses/number-tests.js';

/** One value, as −999, that stands where the reference has none: a sign of "nothing was measured" rather than a measurement. */
export interface Placeholder {
  readonly value: number;
  /** Of the current values. */
  readonly share: number;
  readonly side: 'low' | 'high';
}

/** Rarer ones are outliers that happen to be alike. */
const LEAST_SHARE = 0.005;
const LEAST_ROWS = 5;
/** Nearer to the reference's range, in such ranges, a measurement may well lie: the next step of a coarse scale. */
const FAR = 0.2;
/** Sums of equal values, as f64 adds them. */
const ROUNDING = 1e-9;

/**
 * All that lies beyond the reference's range on one side, where it is one value: the bin's sum is then as many times its
 * extreme. Undefined where there is none, and near the range.
 */
export function placeholderIn(
  frame: NumberFrame,
  reference: NumberPart,
  current: NumberPart,
): Placeholder | undefined {
  if (frame.cuts.length === 0) return undefined;
  const last = current.counts.length - 1;
  for (const [bin, value, side] of [
    [0, current.min, 'low'],
    [last, current.max, 'high'],
  ] as const) {
    const count = current.counts[bin]!;
    const share = count / valuesOf(current);
    const distance = side === 'low' ? reference.min - value : value - reference.max;
    if (distance < FAR * (reference.max - reference.min)) continue;
    if (reference.counts[bin]! > 0 || count < LEAST_ROWS || share < LEAST_SHARE) continue;
    const sum = count * value;
    if (Math.abs(current.binSums[bin]! - sum) <= ROUNDING * Math.abs(sum)) return { value, share, side };
  }
  return undefined;
}
