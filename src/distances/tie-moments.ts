// SPDX-License-Identifier: Apache-2.0
/**
 * What ties do to the null of the two quadratic statistics. Without ties F − G is √(1/n + 1/m) times a Brownian bridge;
 * over an atom it is known at both ends only. Atoms are the point bins of the frame: lighter ties change little.
 */
import type { AnchoredBins } from './anchored-bins.js';

/** Pooled mass ranges [start, end] of the bins that hold rows, atoms marked. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly atom: boolean;
}

function pieces({ a, b, m, n, point, negative, positive }: AnchoredBins): Piece[] {
  const total = m + n;
  const found: Piece[] = [];
  let rank = 0;
  const add = (rows: number, atom: boolean) => {
    if (rows > 0) found.push({ start: rank / total, end: (rank + rows) / total, atom: atom && rows > 1 });
    rank += rows;
  };
  add(negative[0] + negative[1], true);
  for (let i = 0; i < a.length; i++) add(a[i] + b[i], point[i] === 1);
  add(positive[0] + positive[1], true);
  return found;
}

/**
 * Null variance of Cramér–von Mises with ties broken at random (in the mean), over that without ties: 0 … 1.
 * Without ties it is 2∫∫c² = 1/45, c the bridge's covariance. Inside an atom of mass w the linear path lacks the
 * covariance r = w(min − xy), so that ∫∫(2c̃r + r²) is missing there.
 */
export function cramerVonMisesTieRatio(bins: AnchoredBins): number {
  let missing = 0;
  for (const { start, end, atom } of pieces(bins)) {
    if (!atom) continue;
    const w = end - start;
    const ends = start * (1 - start) + end * (1 - end);
    const across = start * (1 - end);
    missing += 2 * w ** 3 * (ends / 45 + (7 * across) / 180) + w ** 4 / 90;
  }
  return Math.max(0, 1 - 90 * missing);
}

/**
 * Null variance of Anderson–Darling with midranks over that without ties, ≥ 1: 2∫∫ρ², ρ the correlation of F − G at
 * two pooled ranks. For u < v, ρ² = (u²/V(u))·((1 − v)²/V(v)) with V = u(1 − u), less w/4 at the middle of an atom, which
 * is fully correlated with itself.
 */
export function andersonDarlingTieRatio(bins: AnchoredBins): number {
  const list = pieces(bins);
  if (!list.some((piece) => piece.atom)) return 1;
  let sum = 0;
  let before = 0;
  for (const { start, end, atom } of list) {
    const w = end - start;
    if (atom) {
      const middle = (start + end) / 2;
      const v = middle * (1 - middle) - w / 4;
      if (v <= 0) continue;
      sum += 2 * w * before * ((1 - middle) ** 2 / v) + w * w;
      before += (w * middle ** 2) / v;
      continue;
    }
    let after = 0;
    let inside = 0;
    for (const [x, weight] of GAUSS) {
      const v = start + w * x;
      const right = ((1 - v) / v) * weight * w;
      after += right;
      inside += right * (odds(v) - odds(start));
    }
    sum += 2 * (before * after + inside);
    before += odds(Math.min(end, 1 - 1e-12)) - odds(start);
  }
  return Math.max(0, (2 * sum) / CONTINUOUS);
}

/** Var Σ χ²₁/(j(j+1)). */
const CONTINUOUS = 2 * (Math.PI ** 2 / 3 - 3);

/** ∫₀ᵘ t/(1 − t) dt. */
function odds(u: number): number {
  return u < 1e-4 ? u * u * (0.5 + u / 3) : -Math.log1p(-u) - u;
}

/** Five-point Gauss–Legendre rule on [0, 1]. */
const GAUSS: readonly (readonly [number, number])[] = [
  [0.04691007703066802, 0.11846344252809454],
  [0.23076534494715845, 0.23931433524968324],
  [0.5, 0.28444444444444444],
  [0.7692346550528415, 0.23931433524968324],
  [0.953089922969332, 0.11846344252809454],
];
