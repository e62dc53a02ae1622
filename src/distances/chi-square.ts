// SPDX-License-Identifier: Apache-2.0
import { type Contingency, total } from './contingency.js';
import { chiSquareSf } from './special/chi-square.js';

export interface TableTest {
  readonly statistic: number;
  /** Cells with a row, less one. */
  readonly df: number;
  readonly pValue: number;
}

/**
 * Pearson's χ² = Σ (O − E)²/E of the 2 × cells table (homogeneity, no continuity correction), as
 * scipy.stats.chi2_contingency(correction=False). Cells without a row on either side are left out. Sparse cells must be
 * merged before (merge-sparse.ts): the χ² limit wants expected counts of 5.
 */
export function chiSquare(counts: Contingency): TableTest {
  return tableTest(counts, (observed, expected) => (observed - expected) ** 2 / expected);
}

/** Sums `term` over the cells of both sides that have a row in either. */
export function tableTest(
  { a, b }: Contingency,
  term: (observed: number, expected: number) => number,
): TableTest {
  const m = total(a);
  const n = total(b);
  let statistic = 0;
  let cells = 0;
  for (let i = 0; i < a.length; i++) {
    const pooled = a[i] + b[i];
    if (pooled === 0) continue;
    cells++;
    if (m > 0) statistic += term(a[i], (pooled * m) / (m + n));
    if (n > 0) statistic += term(b[i], (pooled * n) / (m + n));
  }
  const df = Math.max(0, cells - 1);
  statistic = Math.max(0, statistic);
  return { statistic, df, pValue: df === 0 || m === 0 || n === 0 ? 1 : chiSquareSf(statistic, df) };
}
