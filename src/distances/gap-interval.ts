// SPDX-License-Identifier: Apache-2.0

/**
 * Interval of a gap between two CDFs (KS, Kuiper) around what the samples gave: ± q·√(1/m + 1/n), q the upper quantile of the
 * statistic's own limit at the level; within 0 … 1.
 */
export function gapInterval(
  { lower, upper, m, n }: { lower: number; upper: number; m: number; n: number },
  quantile: number,
): { low: number; high: number } {
  const reach = quantile * Math.sqrt(1 / m + 1 / n);
  return { low: Math.max(0, lower - reach), high: Math.min(1, upper + reach) };
}
