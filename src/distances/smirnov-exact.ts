// SPDX-License-Identifier: Apache-2.0
/**
 * Exact two-sided p of the two-sample Smirnov test: the share of lattice paths from (0, 0) to (m, n) that reach
 * |i/m − j/n| ≥ d (Hodges 1958). Every path is equally likely under the null when there are no ties; with ties the
 * share is an upper bound. Both recursions only add and multiply positive numbers, so that p keeps its relative
 * precision down to 1e-300.
 */
import { gcd } from './special/gcd.js';

/** Cells that `smirnovExact` visits. */
export function smirnovWork(d: number, m: number, n: number): number {
  if (m === n) return n;
  return Math.min(m, n) * (Math.min(1, 2 * d) * Math.max(m, n) + 2);
}

export function smirnovExact(d: number, m: number, n: number): number {
  const divisor = gcd(m, n);
  const lcm = (m / divisor) * n;
  const h = Math.round(d * lcm);
  if (h <= 0) return 1;
  if (h > lcm) return 0;
  return m === n ? equalSizes(h, n) : band(h, { m: Math.max(m, n), n: Math.min(m, n), divisor });
}

/**
 * m = n: reflections, P = 2 Σ_k (−1)^{k+1} C(2n, n − kh)/C(2n, n), nested from the inside out so that nothing cancels.
 */
function equalSizes(h: number, n: number): number {
  let p = 0;
  for (let k = Math.floor(n / h); k >= 1; k--) {
    // C(2n, n − kh) / C(2n, n − (k−1)h)
    let ratio = 1;
    const start = n - (k - 1) * h;
    const opposite = n + (k - 1) * h;
    for (let j = 0; j < h; j++) ratio *= (start - j) / (opposite + j + 1);
    p = ratio * (1 - p);
  }
  return Math.min(1, 2 * p);
}

/**
 * r(i, j), the share of paths to (i, j) that have touched the border, is (i r(i−1, j) + j r(i, j−1)) / (i + j) inside
 * the band and 1 outside. One row of the band is kept at a time; `i` runs to m ≥ n.
 */
function band(h: number, { m, n, divisor }: { m: number; n: number; divisor: number }): number {
  const mg = m / divisor;
  const ng = n / divisor;
  const row = new Float64Array(m + 2).fill(1);
  let first = 0;
  let last = -1;
  for (let j = 0; j <= n; j++) {
    // Inside: |i·ng − j·mg| < h
    const low = Math.max(0, Math.floor((j * mg - h) / ng) + 1);
    const high = Math.min(m, Math.ceil((j * mg + h) / ng) - 1);
    for (let i = low; i <= high; i++) {
      if (i === 0 && j === 0) {
        row[0] = 0;
        continue;
      }
      const fromLeft = i === low ? (i === 0 ? 0 : 1) : row[i - 1];
      const fromBelow = j === 0 ? 0 : i >= first && i <= last ? row[i] : 1;
      row[i] = (i * fromLeft + j * fromBelow) / (i + j);
    }
    first = low;
    last = high;
  }
  return m >= first && m <= last ? row[m] : 1;
}
