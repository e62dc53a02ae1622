// SPDX-License-Identifier: Apache-2.0
import type { NumberPart } from '../profile/parts.js';

/** Finite values of a part. */
export function finiteCount(part: NumberPart): number {
  let count = 0;
  for (const c of part.counts) count += c;
  return count;
}

/** Sample variance (ddof 1) of the finite values, from sums around the frame's shift; NaN below two values. */
export function variance(part: NumberPart): number {
  const count = finiteCount(part);
  if (count < 2) return Number.NaN;
  const mean = part.sums[0] / count;
  return Math.max(0, part.sums[1] - count * mean * mean) / (count - 1);
}
