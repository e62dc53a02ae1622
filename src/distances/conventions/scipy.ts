// SPDX-License-Identifier: Apache-2.0
/**
 * Numbers as scipy 1.17 gives them, from the one merge of two sorted columns. Where ours differ: p-values with ties, and
 * tails beyond what scipy tabulates.
 */
import type { CdfPartial } from '../../kernels/kernels.js';
import { andersonDarlingSigma } from '../anderson-darling.js';
import { cramerVonMisesP } from '../cramer-von-mises.js';
import { cramerVonMisesExactP } from '../cramer-von-mises-exact.js';

interface Sizes {
  readonly m: number;
  readonly n: number;
}

export interface TestResult {
  readonly statistic: number;
  readonly pValue: number;
}

/** scipy.stats.cramervonmises_2samp(method="auto"): exact up to 20 rows a side, ties or not. */
export function scipyCramerVonMises({ cramerVonMises }: CdfPartial, { m, n }: Sizes): TestResult {
  const p = Math.max(m, n) <= 20 ? cramerVonMisesExactP : cramerVonMisesP;
  return { statistic: cramerVonMises, pValue: p(cramerVonMises, m, n) };
}

/**
 * scipy.stats.anderson_ksamp(variant="midrank"): standardised, with a parabola through the logarithms of the seven
 * tabulated levels, clipped to .001 … .25.
 */
export function scipyAndersonDarling({ andersonDarling }: CdfPartial, { m, n }: Sizes): TestResult {
  const statistic = (andersonDarling - 1) / andersonDarlingSigma(m, n);
  // Scholz & Stephens 1987, table 2, b₀ + b₁/√(k−1) + b₂/(k−1) at k = 2.
  const critical = LEVELS.map((_, i) => B0[i] + B1[i] + B2[i]);
  if (statistic < critical[0]) return { statistic, pValue: 0.25 };
  if (statistic > critical[6]) return { statistic, pValue: 0.001 };
  const [c, b, a] = parabola(critical, LEVELS.map(Math.log));
  return { statistic, pValue: Math.exp((a * statistic + b) * statistic + c) };
}

/** scipy.stats.wasserstein_distance. */
export function scipyWasserstein({ wasserstein }: CdfPartial): number {
  return wasserstein;
}

/** scipy.stats.energy_distance: the root of twice Cramér's. */
export function scipyEnergy({ cramer }: CdfPartial): number {
  return Math.sqrt(2 * cramer);
}

const LEVELS = [0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001];
const B0 = [0.675, 1.281, 1.645, 1.96, 2.326, 2.573, 3.085];
const B1 = [-0.245, 0.25, 0.678, 1.149, 1.822, 2.364, 3.615];
const B2 = [-0.105, -0.305, -0.362, -0.391, -0.396, -0.345, -0.154];

/** Least-squares [constant, slope, curvature]. */
function parabola(x: readonly number[], y: readonly number[]): [number, number, number] {
  const power = (k: number) => x.reduce((sum, v) => sum + v ** k, 0);
  const moment = (k: number) => x.reduce((sum, v, i) => sum + v ** k * y[i], 0);
  const rows = [0, 1, 2].map((r) => [power(r), power(r + 1), power(r + 2), moment(r)]);
  for (let p = 0; p < 3; p++) {
    for (let r = 0; r < 3; r++) {
      if (r === p) continue;
      const factor = rows[r][p] / rows[p][p];
      rows[r] = rows[r].map((v, i) => v - factor * rows[p][i]);
    }
  }
  return [rows[0][3] / rows[0][0], rows[1][3] / rows[1][1], rows[2][3] / rows[2][2]];
}
