// SPDX-License-Identifier: Apache-2.0
/**
 * Wasserstein-1: W = ∫|F − G| dx, in the column's unit; over the reference sd (ddof 1) when normalised.
 * From bins with sums: A_i = ∫_bin (F − G) = Δ_left·h + (e·c − s)/m − (e·c′ − s′)/n is exact (e the right end, h the
 * width), hence Σ|A_i| ≤ W ≤ Σ U_i, where U_i = (2ulh + A(u − l))/(u + l) and −l ≤ F − G ≤ u inside the bin: the bounds
 * differ only where F − G may change sign. `value` is Σ|A_i|; the lower bound is what rounding of the sums leaves of it.
 * Infinite when the shares of ±Infinity differ. No p-value of its own.
 * Interval, z the normal quantile at 1 − level/3, s² = var(reference)/m + var(current)/n:
 *   high = upper + z·s, since W = sup over 1-Lipschitz f of E f(X) − E f(Y) and var f(X) ≤ var X;
 *   low  = the larger of |mean difference| − z·s and lower − (√(2/π) ∫√(F(1−F)/m + G(1−G)/n) dx + z·s): the expected
 *   and (Efron–Stein) the random part of ∫|sampling noise|. Where the variance is infinite the interval says little.
 */
import type { CdfPartial } from '../kernels/kernels.js';
import type { NumberPart } from '../profile/parts.js';
import { finiteCount } from '../profile/summary.js';
import { type AnchoredBins, deltaRange } from './anchored-bins.js';
import type { Distance } from './distance.js';
import { variance } from './part-moments.js';
import { normalQuantile } from './special/normal.js';

const CONVENTION = 'area between the cumulative shares, ∫|F − G| dx, in the unit of the column';

interface Sides {
  readonly bins: AnchoredBins;
  readonly reference: NumberPart;
  readonly current: NumberPart;
  readonly level: number;
}

export function wasserstein(sides: Sides, cdf?: CdfPartial): Distance {
  const { lower, value, upper } = cdf
    ? { lower: cdf.wasserstein, value: cdf.wasserstein, upper: cdf.wasserstein }
    : sides.bins.infinitiesDiffer
      ? { lower: Infinity, value: Infinity, upper: Infinity }
      : wassersteinBounds(sides.bins);
  return {
    value,
    lower,
    upper,
    ...interval({ ...sides, lower, upper }),
    exact: cdf !== undefined,
    convention: CONVENTION,
  };
}

/** The same over the reference sd; undefined where that sd is 0, infinite or unknown. */
export function wassersteinNormalized(raw: Distance, reference: NumberPart): Distance | undefined {
  const sd = Math.sqrt(variance(reference));
  if (!(sd > 0 && sd < Number.POSITIVE_INFINITY)) return undefined;
  const scaled: Record<string, number> = {};
  for (const key of ['value', 'lower', 'upper', 'low', 'high'] as const) {
    const part = raw[key];
    if (part !== undefined) scaled[key] = part / sd;
  }
  return {
    ...raw,
    ...scaled,
    convention: `area between the cumulative shares over the reference sd ${Number(sd.toPrecision(6))}`,
  };
}

/** Bounds of ∫|F − G| from counts and sums. */
function wassersteinBounds(bins: AnchoredBins): { lower: number; value: number; upper: number } {
  let lower = 0;
  let value = 0;
  let upper = 0;
  for (let i = 0; i < bins.a.length; i++) {
    const { area, slack } = signedArea(bins, i);
    const width = bins.right[i] - bins.left[i];
    if (!(width > 0)) continue;
    const [low, high] = deltaRange(bins, i);
    const least = Math.max(0, Math.abs(area) - slack);
    lower += least;
    value += Math.abs(area);
    if (low >= 0 || high <= 0) {
      upper += Math.abs(area) + slack;
    } else {
      upper += Math.max(least, (2 * high * -low * width + area * (high + low)) / (high - low) + slack);
    }
  }
  return { lower, value, upper };
}

/**
 * ∫ (F − G) dx over bin i and how far rounding in the sums may have moved it; kept within what the bin's range allows.
 * Sums of k doubles are taken to be off by ε√k of the sum of magnitudes.
 */
export function signedArea(bins: AnchoredBins, i: number): { area: number; slack: number } {
  const { a, b, aSums, bSums, m, n, left, right, delta } = bins;
  const width = right[i] - left[i];
  if (!(width > 0)) return { area: 0, slack: 0 };
  if (bins.point[i]) return { area: delta[i] * width, slack: 0 };
  const e = right[i];
  const raw =
    delta[i] * width +
    (a[i] > 0 ? (e * a[i] - aSums[i]) / m : 0) -
    (b[i] > 0 ? (e * b[i] - bSums[i]) / n : 0);
  const magnitude = Math.max(Math.abs(e), Math.abs(left[i]));
  const slack =
    Number.EPSILON *
    magnitude *
    ((a[i] * (4 + Math.sqrt(a[i]))) / m + (b[i] * (4 + Math.sqrt(b[i]))) / n + 4 * Math.abs(delta[i]));
  const [low, high] = deltaRange(bins, i);
  return { area: Math.min(high * width, Math.max(low * width, raw)), slack };
}

function interval({
  bins,
  reference,
  current,
  level,
  lower,
  upper,
}: Sides & { lower: number; upper: number }) {
  const { m, n } = bins;
  if (!(m > 1 && n > 1) || !Number.isFinite(upper)) return {};
  const z = -normalQuantile(level / 3);
  const noise = z * Math.sqrt(variance(reference) / m + variance(current) / n);
  if (!Number.isFinite(noise)) return {};
  let expected = 0;
  for (let i = 0; i < bins.a.length; i++) {
    const width = bins.right[i] - bins.left[i];
    if (!(width > 0)) continue;
    const f = (bins.below[i] + bins.below[i + 1]) / 2;
    const g = f - (bins.delta[i] + bins.delta[i + 1]) / 2;
    expected += width * Math.sqrt(Math.max(0, f * (1 - f)) / m + Math.max(0, g * (1 - g)) / n);
  }
  const signed = Math.abs(meanOf(reference) - meanOf(current));
  const low = Math.max(0, signed - noise, lower - Math.sqrt(2 / Math.PI) * expected - noise);
  return { low, high: upper + noise };
}

/** Mean relative to the frame's shift, common to both sides. */
function meanOf(part: NumberPart): number {
  return part.sums[0] / finiteCount(part);
}
