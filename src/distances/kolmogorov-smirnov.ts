// SPDX-License-Identifier: Apache-2.0
/**
 * Kolmogorov–Smirnov: D = sup|F − G| over the pooled values, 0 … 1.
 * From bins (numerics: anchored bins): D_E = max over bin borders; D_E ≤ D ≤ max over bins of the range that F − G can
 * take inside, which exceeds D_E by at most the largest open bin's reference mass, whatever the current rows are. An
 * empty bin adds nothing.
 * p: exact (ties make it conservative) for small samples, Kolmogorov's limit at (√N + .12 + .11/√N) D beyond, N = nm/(n + m)
 * (Stephens 1970: 50 rows against 100,000 are still few); from bins D is raised by
 * .5826/√(B·n_eff), the mean overshoot of a Brownian bridge between monitored points (Chernoff; Broadie, Glasserman &
 * Kou 1997), where 1/√B is the mean of √mass over the rows: equal-mass open bins give B, point bins count nothing.
 * Interval: D ± q·√(1/n + 1/m), q Kolmogorov's quantile at the level: bounds sup|F − G| of the populations.
 */
import type { CdfPartial } from '../kernels/kernels.js';
import { type AnchoredBins, deltaRange } from './anchored-bins.js';
import type { Distance } from './distance.js';
import { gapInterval } from './gap-interval.js';
import { smirnovExact, smirnovWork } from './smirnov-exact.js';
import { kolmogorovSf, kolmogorovUpperQuantile } from './special/kolmogorov.js';

const KOLMOGOROV_SMIRNOV = 'greatest gap between the cumulative shares, sup|F − G|';

/** Cells of the exact recursion that one p-value may cost (a few ms); scipy's own limit is max(n, m) ≤ 10,000. */
const EXACT_WORK = 1e6;
const EXACT_ROWS = 10_000;

/** `m` and `n` are the values on each side of `cdf`. */
export function kolmogorovSmirnovExact(
  { above, aboveAt, below, belowAt }: CdfPartial,
  { m, n, level }: { m: number; n: number; level: number },
): Distance {
  const value = Math.max(above, below);
  return {
    value,
    lower: value,
    upper: value,
    ...gapInterval({ lower: value, upper: value, m, n }, kolmogorovUpperQuantile(level)),
    ...kolmogorovSmirnovP({ value, m, n }),
    exact: true,
    convention: KOLMOGOROV_SMIRNOV,
    at: above >= below ? aboveAt : belowAt,
  };
}

export function kolmogorovSmirnovFromBins(bins: AnchoredBins, level: number): Distance {
  const { m, n, delta, right, left } = bins;
  let value = 0;
  let at = left[0];
  let upper = 0;
  for (let i = 0; i < bins.a.length; i++) {
    if (Math.abs(delta[i]) > value) {
      value = Math.abs(delta[i]);
      at = left[i];
    }
    const [low, high] = deltaRange(bins, i);
    upper = Math.max(upper, -low, high);
  }
  const last = bins.a.length;
  if (Math.abs(delta[last]) > value) {
    value = Math.abs(delta[last]);
    at = right[last - 1];
  }
  upper = Math.min(1, Math.max(value, upper));
  const effective = (n * m) / (n + m);
  const corrected = value + (0.5826 * meanRootMass(bins)) / Math.sqrt(effective);
  return {
    value,
    lower: value,
    upper,
    ...gapInterval({ lower: value, upper, m, n }, kolmogorovUpperQuantile(level)),
    pValue: kolmogorovSf(stephens(effective) * corrected),
    pMethod: 'asymptotic, bin-corrected',
    exact: false,
    convention: KOLMOGOROV_SMIRNOV,
    at,
  };
}

/** Two-sided p of D = value: exact where the work allows, asymptotic beyond, as scipy's method "auto" chooses by size. */
export function kolmogorovSmirnovP({ value, m, n }: { value: number; m: number; n: number }): {
  pValue: number;
  pMethod: string;
} {
  if (Math.max(m, n) <= EXACT_ROWS && smirnovWork(value, m, n) <= EXACT_WORK) {
    return { pValue: smirnovExact(value, m, n), pMethod: 'exact' };
  }
  return { pValue: kolmogorovSf(stephens((m * n) / (m + n)) * value), pMethod: 'asymptotic' };
}

/** √N with Stephens' correction for small N (1970), N = nm/(n + m). */
function stephens(effective: number): number {
  const root = Math.sqrt(effective);
  return root + 0.12 + 0.11 / root;
}

/**
 * Σ mass^1.5 over open bins, pooled mass: 1/√B for B equal-mass open bins. A bin of k rows overshoots (k − 1)/(k + 1) as
 * far as a bridge would, not at all with one row; k is what two sides of equal size would hold, 4 n_eff × mass.
 */
export function meanRootMass({ a, b, m, n, point }: AnchoredBins): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const mass = (a[i] + b[i]) / (m + n);
    const rows = (4 * mass * m * n) / (m + n);
    if (!point[i] && rows > 1) sum += (mass ** 1.5 * (rows - 1)) / (rows + 1);
  }
  return sum;
}
