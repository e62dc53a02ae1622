// SPDX-License-Identifier: Apache-2.0
/**
 * Kuiper: V = max(F − G) + max(G − F), 0 … 1; unlike KS it is the same wherever a circle is cut, so it suits hours and
 * angles, and it feels the tails as much as the middle.
 * From bins: maxima over borders; upper bound by the range of F − G inside each bin (error ≤ 2 × largest open mass).
 * p: Q(λ) = 2 Σ (4k²λ² − 1) e^{−2k²λ²} with λ = (√N + .155 + .24/√N) V, N = nm/(n + m) (Stephens 1970).
 * Interval: V ± q·√(1/n + 1/m), q the quantile of Kuiper's limit. An empty bin adds nothing.
 */
import type { CdfPartial } from '../kernels/kernels.js';
import { type AnchoredBins, deltaRange } from './anchored-bins.js';
import type { Distance } from './distance.js';
import { gapInterval } from './gap-interval.js';
import { meanRootMass } from './kolmogorov-smirnov.js';
import { kuiperSf, kuiperUpperQuantile } from './special/kolmogorov.js';

const CONVENTION = 'greatest gap up plus greatest gap down between the cumulative shares';

export function kuiperExact(
  { above, below }: CdfPartial,
  { m, n, level }: { m: number; n: number; level: number },
): Distance {
  const value = above + below;
  return {
    value,
    lower: value,
    upper: value,
    ...gapInterval({ lower: value, upper: value, m, n }, kuiperUpperQuantile(level)),
    pValue: kuiperP(value, (m * n) / (m + n)),
    pMethod: 'asymptotic (Stephens)',
    exact: true,
    convention: CONVENTION,
  };
}

export function kuiperFromBins(bins: AnchoredBins, level: number): Distance {
  const { m, n, delta } = bins;
  let up = 0;
  let down = 0;
  for (const d of delta) {
    up = Math.max(up, d);
    down = Math.max(down, -d);
  }
  let upMost = up;
  let downMost = down;
  for (let i = 0; i < bins.a.length; i++) {
    const [low, high] = deltaRange(bins, i);
    upMost = Math.max(upMost, high);
    downMost = Math.max(downMost, -low);
  }
  const value = up + down;
  const upper = Math.min(1, upMost + downMost);
  const effective = (n * m) / (n + m);
  // Both one-sided maxima overshoot the monitored points.
  const corrected = value + (2 * 0.5826 * meanRootMass(bins)) / Math.sqrt(effective);
  return {
    value,
    lower: value,
    upper,
    ...gapInterval({ lower: value, upper, m, n }, kuiperUpperQuantile(level)),
    pValue: kuiperP(corrected, effective),
    pMethod: 'asymptotic (Stephens), bin-corrected',
    exact: false,
    convention: CONVENTION,
  };
}

/** `effective` = nm/(n + m). */
function kuiperP(value: number, effective: number): number {
  const root = Math.sqrt(effective);
  return kuiperSf((root + 0.155 + 0.24 / root) * value);
}
