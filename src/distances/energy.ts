// SPDX-License-Identifier: Apache-2.0
/**
 * Energy distance on the line: √(2 ∫ (F − G)² dx), as scipy.stats.energy_distance (Székely & Rizzo 2013), in √unit.
 * From bins: with A the exact signed area of a bin of width h and low ≤ F − G ≤ high inside,
 * A²/h ≤ ∫(F − G)² ≤ (low + high)A − low·high·h. `value` takes F − G as a power of
 * the place between its ends with that area (`squaredArea`), kept inside the bounds.
 * Interval: a norm, so the sampling noise e adds: value ± √(2·S·q), S = ∫ F(1−F)/m + G(1−G)/n dx the mean of ‖e‖², q the
 * χ²₁ quantile at the level, which bounds the quantile of every quadratic form in normals with that mean for levels
 * up to .21 (Székely & Bakirov 2003). Infinite when the shares of ±Infinity differ. An empty bin adds nothing. No p.
 */
import type { CdfPartial } from '../kernels/kernels.js';
import { type AnchoredBins, deltaRange } from './anchored-bins.js';
import type { Distance } from './distance.js';
import { chiSquareUpperQuantile } from './special/chi-square.js';
import { signedArea } from './wasserstein.js';

const CONVENTION = 'root of twice the squared area between the cumulative shares, √(2∫(F − G)² dx)';

export function energy(bins: AnchoredBins, { level, cdf }: { level: number; cdf?: CdfPartial }): Distance {
  const squared = cdf
    ? { lower: cdf.cramer, value: cdf.cramer, upper: cdf.cramer }
    : bins.infinitiesDiffer
      ? { lower: Infinity, value: Infinity, upper: Infinity }
      : cramerBounds(bins);
  const lower = Math.sqrt(2 * squared.lower);
  const upper = Math.sqrt(2 * squared.upper);
  return {
    value: Math.sqrt(2 * squared.value),
    lower,
    upper,
    ...interval({ bins, level, lower, upper }),
    exact: cdf !== undefined,
    convention: CONVENTION,
  };
}

/** Bounds of ∫(F − G)² dx from counts and sums. */
function cramerBounds(bins: AnchoredBins): { lower: number; value: number; upper: number } {
  let lower = 0;
  let value = 0;
  let upper = 0;
  for (let i = 0; i < bins.a.length; i++) {
    const width = bins.right[i] - bins.left[i];
    if (!(width > 0)) continue;
    const { area, slack } = signedArea(bins, i);
    const [low, high] = deltaRange(bins, i);
    const least = Math.max(0, Math.abs(area) - slack) ** 2 / width;
    const most = Math.max(least, (low + high) * area - low * high * width + Math.abs(low + high) * slack);
    const estimate = squaredArea(bins.delta[i], bins.delta[i + 1], area / width) * width;
    lower += least;
    upper += most;
    value += Math.min(most, Math.max(least, estimate));
  }
  return { lower, value, upper };
}

/**
 * Mean square of a function that runs from `start` to `end` with the given mean: as start + (end − start)·x^k or its
 * mirror image, whichever has k ≥ 1. Long bins in a heavy tail hold their rows near one end, where a straight line or a
 * parabola would be far off. With a mean outside the ends, the parabola through them.
 */
function squaredArea(start: number, end: number, mean: number): number {
  const ratio = (mean - end) / (start - end);
  if (!(ratio > 0 && ratio < 1)) {
    const middle = (6 * mean - start - end) / 4;
    return (
      (4 * (start * start + end * end) +
        16 * middle * middle +
        4 * middle * (start + end) -
        2 * start * end) /
      30
    );
  }
  // Level at the end where it stays longer, step to the other, and k + 1 = 1/(share of the step).
  const [level, step, share] = ratio <= 0.5 ? [end, start - end, ratio] : [start, end - start, 1 - ratio];
  return level * level + 2 * level * step * share + (step * step) / (2 / share - 1);
}

function interval({
  bins,
  level,
  lower,
  upper,
}: {
  bins: AnchoredBins;
  level: number;
  lower: number;
  upper: number;
}) {
  const { m, n } = bins;
  if (!(m > 1 && n > 1) || !Number.isFinite(upper) || level > 0.21) return {};
  let noise = 0;
  for (let i = 0; i < bins.a.length; i++) {
    const width = bins.right[i] - bins.left[i];
    if (!(width > 0)) continue;
    const f = (bins.below[i] + bins.below[i + 1]) / 2;
    const g = f - (bins.delta[i] + bins.delta[i + 1]) / 2;
    noise += width * (Math.max(0, f * (1 - f)) / (m - 1) + Math.max(0, g * (1 - g)) / (n - 1));
  }
  const reach = Math.sqrt(2 * noise * chiSquareUpperQuantile(level, 1));
  return { low: Math.max(0, lower - reach), high: upper + reach };
}
