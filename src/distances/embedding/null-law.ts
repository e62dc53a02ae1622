// SPDX-License-Identifier: Apache-2.0
/**
 * The null law of T = ‖Σ aᵢxᵢ‖², where xᵢ are centred feature rows, aᵢ = 1/n for the current rows and −1/m for those of the
 * reference. With hᵢ = xᵢ·xᵢ, K = xᵢ·xⱼ (i ≠ j), s_r = Σ aᵢʳ and M the covariance of x, exactly:
 *
 *   κ₁ = s₂ tr M
 *   κ₂ = s₄ Var h + 2 (s₂² − s₄) tr M²
 *   κ₃ = s₆ E h̃³ + 12 (s₂s₄ − s₆) E h̃K² + 6 (s₃² − s₆) E h̃h̃′K + 8 (s₂³ − 3 s₂s₄ + 2 s₆) tr M³ + 4 (s₃² − s₆) E K³
 *
 * As n and m grow these become the cumulants of Σ λ χ²₁ (Gretton et al. 2009); at small n the other terms are what keeps
 * the test honest. The law itself is the Pearson type III (shifted gamma) with these three cumulants, which for large n is
 * the fit of Hall, Buckley and Eagleson.
 */
import type { StatisticNull } from '../../baseline/frame.js';
import { chiSquareSf } from '../special/chi-square.js';
import { gammaP } from '../special/incomplete-gamma.js';
import { normalSf } from '../special/normal.js';

export interface Cumulants {
  readonly k1: number;
  readonly k2: number;
  readonly k3: number;
}

export interface Sizes {
  /** Reference rows. */
  readonly m: number;
  /** Current rows. */
  readonly n: number;
}

export function nullCumulants(law: StatisticNull, { m, n }: Sizes): Cumulants {
  const s2 = 1 / n + 1 / m;
  const s3 = 1 / n ** 2 - 1 / m ** 2;
  const s4 = 1 / n ** 3 + 1 / m ** 3;
  const s6 = 1 / n ** 5 + 1 / m ** 5;
  return {
    k1: s2 * law.mean,
    k2: s4 * law.variance + 2 * (s2 * s2 - s4) * law.square,
    k3:
      s6 * law.skew +
      12 * (s2 * s4 - s6) * law.coupling +
      6 * (s3 * s3 - s6) * law.cross +
      8 * (s2 ** 3 - 3 * s2 * s4 + 2 * s6) * law.cube +
      4 * (s3 * s3 - s6) * law.third,
  };
}

/** P(T ≥ value). */
export function upperTail(value: number, { k1, k2, k3 }: Cumulants): number {
  return tail(value, { k1, k2, k3 }, true);
}

/** Degrees of freedom beyond which the fit is normal to the digits that a p-value has. */
const NEARLY_NORMAL = 1e7;

function tail(value: number, { k1, k2, k3 }: Cumulants, upper: boolean): number {
  if (!(k2 > 0)) return (upper ? value <= k1 : value >= k1) ? 1 : 0;
  const z = (value - k1) / Math.sqrt(k2);
  const df = k3 > 0 ? (8 * k2 ** 3) / k3 ** 2 : Number.POSITIVE_INFINITY;
  if (!(df < NEARLY_NORMAL)) return normalSf(upper ? z : -z);
  const x = z * Math.sqrt(2 * df) + df;
  if (upper) return chiSquareSf(x, df);
  return x <= 0 ? 0 : gammaP(df / 2, x / 2);
}

/**
 * Bounds of Δ, the squared length of the true difference, that P(T ≥ value | low) ≤ share and P(T ≤ value | high) ≤ share
 * leave. `along` is the variance of one feature row in the direction of the difference: with it Δ adds Δ, 4cλΔ and 24c²λ²Δ
 * to the cumulants, c = 1/n + 1/m.
 */
export function differenceBounds(
  value: number,
  null_: Cumulants,
  { sizes, along, share }: { sizes: Sizes; along: number; share: number },
): { low: number; high: number } {
  const c = 1 / sizes.n + 1 / sizes.m;
  const withDifference = (delta: number): Cumulants => ({
    k1: null_.k1 + delta,
    k2: null_.k2 + 4 * c * along * delta,
    k3: null_.k3 + 24 * c * c * along * along * delta,
  });
  const above = (delta: number) => tail(value, withDifference(delta), true) > share;
  const below = (delta: number) => tail(value, withDifference(delta), false) <= share;
  const spread = Math.sqrt(Math.max(0, null_.k2)) + Math.sqrt(c * along * Math.max(0, value));
  let top = Math.max(value, 0) + 4 * spread + 1e-300;
  for (let i = 0; i < 60 && !below(top); i++) top *= 2;
  return {
    low: above(0) ? 0 : crossing(above, 0, Math.max(value, 0)),
    high: below(0) ? 0 : crossing(below, 0, top),
  };
}

/** The point between where `reached` turns true: the side where it is still false. */
function crossing(reached: (x: number) => boolean, from: number, to: number): number {
  let low = from;
  let high = to;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (reached(middle)) high = middle;
    else low = middle;
  }
  return low;
}
