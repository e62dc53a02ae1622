// SPDX-License-Identifier: Apache-2.0
import { tailQuantile } from './tail-quantile.js';

/**
 * Kolmogorov's limit P(sup|B| > t) = 2 Σ (−1)^{k−1} exp(−2k²t²) for a Brownian bridge B; below t = .82 its theta dual
 * 1 − √(2π)/t Σ exp(−(2k−1)²π²/(8t²)).
 */
export function kolmogorovSf(t: number): number {
  if (!(t > 0)) return 1;
  if (t < 0.82) {
    const w = -(Math.PI * Math.PI) / (8 * t * t);
    const sum = Math.exp(w) + Math.exp(9 * w) + Math.exp(25 * w) + Math.exp(49 * w);
    return 1 - (Math.sqrt(2 * Math.PI) / t) * sum;
  }
  const q = Math.exp(-2 * t * t);
  return 2 * (q - q ** 4 + q ** 9 - q ** 16 + q ** 25);
}

/** The t with kolmogorovSf(t) = p. */
export function kolmogorovUpperQuantile(p: number): number {
  return tailQuantile(kolmogorovSf, p);
}

/**
 * Kuiper's limit P(max B − min B > t) = 2 Σ (4k²t² − 1) exp(−2k²t²). Below t = .4 it is 1 to 1e-15 or better.
 */
export function kuiperSf(t: number): number {
  if (!(t > 0.4)) return 1;
  let sum = 0;
  for (let k = 1; k <= 40; k++) {
    const a = 2 * k * k * t * t;
    const term = (2 * a - 1) * Math.exp(-a);
    sum += term;
    if (k > 1 && Math.abs(term) < 1e-17 * Math.abs(sum)) break;
  }
  return Math.min(1, Math.max(0, 2 * sum));
}

/** The t with kuiperSf(t) = p. */
export function kuiperUpperQuantile(p: number): number {
  return tailQuantile(kuiperSf, p);
}
