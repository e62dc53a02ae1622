// SPDX-License-Identifier: Apache-2.0
/** Two rows of counts over the same cells: what the distances between proportions read. */
export interface Contingency {
  /** Counts of the reference, and of the current side. */
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
}

export function total(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i];
  return sum;
}

/** Shares; all zero when there are no rows. */
export function shares(counts: ArrayLike<number>): Float64Array {
  const sum = total(counts);
  return Float64Array.from({ length: counts.length }, (_, i) => (sum > 0 ? counts[i] / sum : 0));
}

/** Shares with half a row put into every empty cell first, so that logarithms of ratios stay finite. */
export function filledShares(counts: ArrayLike<number>): Float64Array {
  return shares(Float64Array.from({ length: counts.length }, (_, i) => counts[i] || 0.5));
}

/** Cells in which either side has a row. */
export function occupied({ a, b }: Contingency): number {
  let cells = 0;
  for (let i = 0; i < a.length; i++) if (a[i] + b[i] > 0) cells++;
  return cells;
}
