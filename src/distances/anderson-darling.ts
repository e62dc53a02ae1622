// SPDX-License-Identifier: Apache-2.0
/**
 * Anderson–Darling for two samples (Scholz & Stephens 1987, midranks):
 * A² = (N−1)/N Σ over distinct pooled values of l·mn·Δ² / (B(N−B) − N·l/4), l rows tied there, B and Δ = F − G at the
 * middle of the tie. Weighs the tails: 1/(H(1−H)). Mean 1 under the null; a test statistic, not an effect size.
 * From bins: point bins exactly; inside open bins Δ is taken as linear in the pooled rank, with the integral in closed
 * form, within the bounds of anderson-darling-bounds.ts (wide: they hold for any rows). An empty bin adds nothing. No
 * interval.
 * p: standardised (A² − 1)/σ_N by Scholz and Stephens, then read from the limit Σ χ²₁/(j(j+1)) by Smirnov's formula at
 * 1 + σ_∞·(A² − 1)/σ_N: same mean and variance, and a tail without end, where scipy clips to .001 … .25
 * (conventions/scipy.ts has that variant). Ties raise the variance (a binary column: from .58 to 2), which scipy does not
 * count; here they are, see tie-moments.ts. From bins the mean loss between borders is added first.
 */
import type { CdfPartial } from '../kernels/kernels.js';
import type { AnchoredBins } from './anchored-bins.js';
import { andersonDarlingBounds } from './anderson-darling-bounds.js';
import type { Distance } from './distance.js';
import { andersonDarlingSf } from './special/quadratic-form.js';
import { andersonDarlingTieRatio } from './tie-moments.js';

const CONVENTION = 'two-sample A² of Scholz and Stephens, midranks, not standardised';

/** Var of Σ χ²₁/(j(j+1)). */
const LIMIT_SIGMA = Math.sqrt(2 * (Math.PI ** 2 / 3 - 3));

export function andersonDarlingFromCdf({ andersonDarling }: CdfPartial, bins: AnchoredBins): Distance {
  return {
    value: andersonDarling,
    lower: andersonDarling,
    upper: andersonDarling,
    pValue: andersonDarlingP(andersonDarling, bins.m, bins.n, andersonDarlingTieRatio(bins)),
    pMethod: 'asymptotic (Scholz–Stephens standardised)',
    exact: true,
    convention: CONVENTION,
  };
}

export function andersonDarlingFromBins(bins: AnchoredBins): Distance {
  const { a, b, m, n, delta, point } = bins;
  const total = m + n;
  const effective = (m * n) / total;
  let value = 0;
  let lost = 0;
  let rank = 0;
  const tie = (count: number, start: number, end: number) => {
    const middle = rank + count / 2;
    const weight = middle * (total - middle) - (total * count) / 4;
    if (count > 0 && weight > 0) value += (count * m * n * ((start + end) / 2) ** 2) / weight;
    rank += count;
  };
  tie(bins.negative[0] + bins.negative[1], 0, delta[0]);
  for (let i = 0; i < a.length; i++) {
    const count = a[i] + b[i];
    if (count === 0) continue;
    if (point[i] || count === 1) {
      tie(count, delta[i], delta[i + 1]);
      continue;
    }
    const h0 = rank / total;
    const h1 = (rank + count) / total;
    const width = h1 - h0;
    const slope = (delta[i + 1] - delta[i]) / width;
    const atZero = h0 === 0 ? 0 : delta[i] - slope * h0;
    const atOne = h1 >= 1 ? 0 : delta[i + 1] + slope * (1 - h1);
    const logLow = h0 === 0 ? 0 : Math.log(h1 / h0);
    const logHigh = h1 >= 1 ? 0 : Math.log((1 - h0) / (1 - h1));
    value += effective * (atZero ** 2 * logLow + atOne ** 2 * logHigh - slope ** 2 * width);
    lost += (width - h0 * h1 * logLow - (1 - h0) * (1 - h1) * logHigh) / width;
    rank += count;
  }
  tie(bins.positive[0] + bins.positive[1], delta[a.length], 0);
  const { lower, upper } = andersonDarlingBounds(bins);
  value = Math.min(upper, Math.max(lower, (value * (total - 1)) / total));
  return {
    value,
    lower,
    upper,
    pValue: andersonDarlingP(value + lost, m, n, andersonDarlingTieRatio(bins)),
    pMethod: 'asymptotic (Scholz–Stephens standardised), bin-corrected',
    exact: false,
    convention: CONVENTION,
  };
}

/** Asymptotic p of A²; `tieRatio` is the null variance with ties over that without. */
function andersonDarlingP(value: number, m: number, n: number, tieRatio = 1): number {
  if (m + n < 4 || !(tieRatio > 1e-9)) return 1;
  const sigma = andersonDarlingSigma(m, n) * Math.sqrt(tieRatio);
  return andersonDarlingSf(1 + ((value - 1) / sigma) * LIMIT_SIGMA);
}

/** σ_N of Scholz & Stephens for two samples; from 20,000 rows on its limit, right to 1e-4 there. */
export function andersonDarlingSigma(m: number, n: number): number {
  const total = m + n;
  if (total > 20_000) return LIMIT_SIGMA;
  const inverse = 1 / m + 1 / n;
  // tail = Σ_{j=N−i}^{N−1} 1/j; g = Σ_{i} tail/(i+1), h = Σ_{i<N} 1/i
  let tail = 0;
  let g = 0;
  for (let i = 1; i <= total - 2; i++) {
    tail += 1 / (total - i);
    g += tail / (i + 1);
  }
  const h = tail + 1;
  const k = 2;
  const c3 = (4 * g - 6) * (k - 1) + (10 - 6 * g) * inverse;
  const c2 = (2 * g - 4) * k * k + 8 * h * k + (2 * g - 14 * h - 4) * inverse - 8 * h + 4 * g - 6;
  const c1 = (6 * h + 2 * g - 2) * k * k + (4 * h - 4 * g + 6) * k + (2 * h - 6) * inverse + 4 * h;
  const c0 = (2 * h + 6) * k * k - 4 * h * k;
  const numerator = ((c3 * total + c2) * total + c1) * total + c0;
  return Math.sqrt(numerator / ((total - 1) * (total - 2) * (total - 3)));
}
