// SPDX-License-Identifier: Apache-2.0
import type { NumberPart } from '../profile/parts.js';
import { finiteCount } from '../profile/summary.js';

/** Sample variance (ddof 1) of the finite values, from sums around the frame's shift; NaN below two values. */
export function variance(part: NumberPart): number {
  const count = finiteCount(part);
  if (count < 2) return Number.NaN;
  const mean = part.sums[0] / count;
  return Math.max(0, part.sums[1] - count * mean * mean) / (count - 1);
}
