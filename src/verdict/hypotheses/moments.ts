// SPDX-License-Identifier: Apache-2.0
import type { NumberPart } from '../../profile/parts.js';
import { finiteCount } from '../../profile/summary.js';

/** Mean (less the shift), sd and kurtosis of the finite values. */
export function moments(part: NumberPart): { count: number; mean: number; sd: number; kurtosis: number } {
  const count = finiteCount(part);
  const [s1, s2, s3, s4] = part.sums;
  const mean = s1 / count;
  // Squares of values beyond 1e154 leave the range of f64.
  const variance = Number.isFinite(s2)
    ? Math.max(0, (s2 - count * mean * mean) / Math.max(1, count - 1))
    : Number.POSITIVE_INFINITY;
  const fourth = s4 / count - 4 * mean * (s3 / count) + 6 * mean * mean * (s2 / count) - 3 * mean ** 4;
  const ratio = fourth / variance ** 2;
  return { count, mean, sd: Math.sqrt(variance), kurtosis: Number.isFinite(ratio) ? Math.max(1, ratio) : 3 };
}
