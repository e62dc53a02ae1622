// SPDX-License-Identifier: Apache-2.0
/**
 * Cramér–von Mises, two samples (Anderson 1962): T = nm/(n+m)² Σ over pooled values of (F − G)², by midranks where values
 * tie, as scipy.stats.cramervonmises_2samp. Grows with the number of rows: a test statistic, not an effect size.
 * From bins: every pooled row of a bin takes (F − G)² between what the bin's range allows; rows that tie inside an open
 * bin move the midrank form by a bounded amount, see `tieRange`. `value` takes F − G as linear inside.
 * p: exact up to 20 rows a side without ties (Xiao 2006), else the limit of Σ χ²₁/(π²j²) at 1/6 + (T − E)/√(45·Var), E
 * and Var of Anderson 1962, by Smirnov's formula (keeps precision where scipy's 1 − cdf ends).
 * Ties: with unequal sizes midranks shift T by a multiple of N (a column with 60 % zeros, 5,000 against 500 rows, has
 * p ≈ 0 under the null in scipy). The p here is that of T with ties broken at random, in the mean: same E, and Var as
 * tie-moments.ts gives. From bins the mean loss between borders, Σ mass²/6 over open bins, is added first.
 * An empty bin adds nothing. No interval.
 */
import type { CdfPartial } from '../kernels/kernels.js';
import { type AnchoredBins, deltaRange } from './anchored-bins.js';
import { cramerVonMisesExactP } from './cramer-von-mises-exact.js';
import type { Distance } from './distance.js';
import { cramerVonMisesSf } from './special/quadratic-form.js';
import { cramerVonMisesTieRatio } from './tie-moments.js';

const CONVENTION = 'two-sample T, mean squared gap over the pooled rows × nm/(n + m), midranks';
const EXACT_ROWS = 20;

export function cramerVonMisesFromCdf(
  { cramerVonMises, distinct }: CdfPartial,
  bins: AnchoredBins,
): Distance {
  const { m, n } = bins;
  const exactly = Math.max(m, n) <= EXACT_ROWS && distinct === m + n;
  return {
    value: cramerVonMises,
    lower: cramerVonMises,
    upper: cramerVonMises,
    pValue: exactly
      ? cramerVonMisesExactP(cramerVonMises, m, n)
      : cramerVonMisesP(cramerVonMises + midrankShift(bins), m, n, cramerVonMisesTieRatio(bins)),
    pMethod: exactly ? 'exact' : 'asymptotic',
    exact: true,
    convention: CONVENTION,
  };
}

export function cramerVonMisesFromBins(bins: AnchoredBins): Distance {
  const { a, b, m, n, delta, point } = bins;
  const scale = (n * m) / (n + m) ** 2;
  let lower = 0;
  let value = 0;
  let upper = 0;
  let lost = 0;
  for (let i = 0; i < a.length; i++) {
    const s = a[i];
    const t = b[i];
    if (s + t === 0) continue;
    const start = delta[i];
    const end = delta[i + 1];
    if (point[i]) {
      const term = tieTerm({ s, t, m, n, start, end });
      lower += term;
      value += term;
      upper += term;
      continue;
    }
    const [low, high] = deltaRange(bins, i);
    const most = Math.max(low * low, high * high);
    const least = low > 0 ? low * low : high < 0 ? high * high : 0;
    const ties = tieRange({ s, t, m, n });
    lower += scale * (s + t) * least - ties.less;
    upper += scale * (s + t) * most + ties.more;
    value += (scale * (s + t) * (start * start + start * end + end * end)) / 3;
    lost += ((s + t) / (m + n)) ** 2 / 6;
  }
  for (const [s, t, start, end] of [
    [bins.negative[0], bins.negative[1], 0, delta[0]],
    [bins.positive[0], bins.positive[1], delta[a.length], 0],
  ] as const) {
    const term = s + t > 0 ? tieTerm({ s, t, m, n, start, end }) : 0;
    lower += term;
    value += term;
    upper += term;
  }
  return {
    value,
    lower: Math.min(value, lower),
    upper,
    pValue: cramerVonMisesP(value + midrankShift(bins) + lost, m, n, cramerVonMisesTieRatio(bins)),
    pMethod: 'asymptotic, bin-corrected',
    exact: false,
    convention: CONVENTION,
  };
}

/** Asymptotic p of T, standardised by its null mean and variance; `tieRatio` as tie-moments.ts gives it. */
export function cramerVonMisesP(t: number, m: number, n: number, tieRatio = 1): number {
  if (!(tieRatio > 1e-9)) return 1;
  const total = m + n;
  const product = m * n;
  const mean = (1 + 1 / total) / 6;
  const variance =
    ((total + 1) * (4 * product * total - 3 * (m * m + n * n) - 2 * product)) /
    (45 * total * total * 4 * product);
  return cramerVonMisesSf(1 / 6 + (t - mean) / Math.sqrt(45 * variance * tieRatio));
}

/** T with the ties of atoms broken at random, in the mean, less T with midranks. */
function midrankShift({ a, b, m, n, point, negative, positive }: AnchoredBins): number {
  let sum =
    tieShift({ s: negative[0], t: negative[1], m, n }) + tieShift({ s: positive[0], t: positive[1], m, n });
  for (let i = 0; i < a.length; i++) if (point[i]) sum += tieShift({ s: a[i], t: b[i], m, n });
  return sum;
}

function tieShift({ s, t, m, n }: Omit<TieGroup, 'start' | 'end'>): number {
  return (m * s * ((t + 1) ** 2 - s * s) + n * t * ((s + 1) ** 2 - t * t)) / (12 * m * n * (m + n));
}

/** Rows of each side in one bin, sample sizes, and F − G before and after the bin. */
interface TieGroup {
  readonly s: number;
  readonly t: number;
  readonly m: number;
  readonly n: number;
  readonly start: number;
  readonly end: number;
}

/**
 * What s + t equal values add to T. Breaking the tie at random, F − G moves linearly from `start` to `end` in the mean
 * with a hypergeometric variance; midranks differ from that mean by a polynomial in s and t.
 */
function tieTerm({ s, t, m, n, start, end }: TieGroup): number {
  const k = s + t;
  const total = m + n;
  const step = end - start;
  const meanSquares =
    k * start * start + start * step * (k + 1) + (step * step * (k + 1) * (2 * k + 1)) / (6 * k);
  const variances = ((1 / m + 1 / n) ** 2 * s * t * (k + 1)) / (6 * k);
  return ((m * n) / total ** 2) * (meanSquares + variances) - tieShift({ s, t, m, n });
}

/** How far ties among s + t rows, grouped in any way, can take T below and above the random-order value. */
function tieRange({ s, t, m, n }: Omit<TieGroup, 'start' | 'end'>): { less: number; more: number } {
  const unit = 12 * m * n * (m + n);
  return {
    less: (m * s * ((t + 1) ** 2 - 1) + n * t * ((s + 1) ** 2 - 1)) / unit,
    more: (m * s * (s * s - 1) + n * t * (t * t - 1)) / unit,
  };
}
