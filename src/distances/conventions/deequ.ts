// SPDX-License-Identifier: Apache-2.0
/**
 * Deequ 2's distances. L-infinity is corrected for small samples: max(0, d − c(α)√((n + m)/(nm))), c = √(−½ ln(α/2)), 1.8
 * where no α is given (its flag `correctForLowNumberOfSamples = true` returns the uncorrected one). χ² tests the current
 * counts against the reference's shares taken as known, categories that only the current side holds left out. PSI has no
 * filling: one empty bucket makes it infinite.
 */

import type { TableTest } from '../chi-square.js';
import { type Contingency, shares, total } from '../contingency.js';
import { lInfinity } from '../l-infinity.js';
import { chiSquareSf } from '../special/chi-square.js';

export function deequLInfinity(counts: Contingency, alpha?: number): number {
  const m = total(counts.a);
  const n = total(counts.b);
  const c = alpha === undefined ? 1.8 : Math.sqrt(-Math.log(alpha / 2) / 2);
  return Math.max(0, lInfinity(counts).value - c * Math.sqrt((n + m) / (n * m)));
}

export interface DeequChiSquareOptions {
  /** Expected count under which a category is small, with three categories and more. Default 5. */
  readonly small?: number;
  /** Share of categories that may be small. Default .2. */
  readonly share?: number;
  /** Expected count under which one of two categories is small. Default 10. */
  readonly smallOfTwo?: number;
}

/**
 * `expected` and `sample` are counts by category. While too many categories are small, the smallest is added to the second
 * smallest. NaN when fewer than two categories are left.
 */
export function deequChiSquare(
  expected: ReadonlyMap<string, number>,
  sample: ReadonlyMap<string, number>,
  { small = 5, share = 0.2, smallOfTwo = 10 }: DeequChiSquareOptions = {},
): TableTest {
  const known = [...expected].map(([name, count]) => ({ count, observed: sample.get(name) ?? 0 }));
  const rows = known.reduce((sum, cell) => sum + cell.observed, 0);
  const all = known.reduce((sum, cell) => sum + cell.count, 0);
  const cells = known.map(({ count, observed }) => ({ expected: (count / all) * rows, observed }));
  const tooMany = () => {
    const [limit, allowed] = cells.length > 2 ? [small, Math.floor(share * cells.length)] : [smallOfTwo, 0];
    return cells.filter((cell) => cell.expected < limit).length > allowed;
  };
  while (cells.length >= 2 && tooMany()) {
    cells.sort((x, y) => y.expected - x.expected);
    const least = cells.pop()!;
    cells[cells.length - 1].expected += least.expected;
    cells[cells.length - 1].observed += least.observed;
  }
  if (cells.length < 2) return { statistic: Number.NaN, df: 0, pValue: Number.NaN };
  const statistic = cells.reduce(
    (sum, cell) => sum + (cell.observed - cell.expected) ** 2 / cell.expected,
    0,
  );
  return { statistic, df: cells.length - 1, pValue: chiSquareSf(statistic, cells.length - 1) };
}

export function deequPopulationStability({ a, b }: Contingency): number {
  const p = shares(a);
  const q = shares(b);
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += (q[i] - p[i]) * Math.log(q[i] / p[i]);
  return sum;
}
