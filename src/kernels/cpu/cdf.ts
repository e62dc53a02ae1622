// SPDX-License-Identifier: Apache-2.0
import { EMPTY_CDF } from '../empty-cdf.js';
import type { CdfPartial, Numbers } from '../kernels.js';

/**
 * One merge of two sorted columns that yields every exact one-dimensional distance.
 *
 * With n and m values, N = n + m and k = nm, let D = m·#{x ≤ v} − n·#{y ≤ v} = k(F − G)(v): an integer, exact in f64
 * while nm < 2^53. A pooled value v that x holds a times and y holds b times moves D from D₀ to D₁ = D₀ + am − bn.
 *
 * - KS, Kuiper: max D₁/k and max −D₁/k.
 * - Wasserstein-1 and Cramér: Σ |D₀|/k · gap and Σ (D₀/k)² · gap over the gaps between pooled values.
 * - Cramér–von Mises with midranks (Anderson 1962): scipy's U/(kN) − (4k−1)/(6N) subtracts two numbers a million times
 *   the result. Rearranged over D nothing large cancels:
 *   12kN²T = 4 Σ (a+b)(D₀² + D₀D₁ + D₁²) + N Σ (a²−b²)(na−mb) + N(2k − n² − m²).
 * - Anderson–Darling with midranks (Scholz & Stephens 1987, eq. 7 for two samples):
 *   A² = (N−1)/(Nk) Σ l(D₀+D₁)²/(h(2N−h) − Nl), l = a+b, h = 2·#{pooled < v} + l. Zero when all values are equal.
 *
 * All is NaN (and `distinct` 0) when a side is empty. Wasserstein and Cramér are Infinity when the sides put different
 * mass on an infinity, and only then.
 */
export function cdf(reference: Numbers, current: Numbers): CdfPartial {
  const merge = new CdfMerge(reference, current);
  merge.advance(Number.POSITIVE_INFINITY);
  return merge.result();
}

/** `cdf` piece by piece, for a thread that may not be held up. */
export class CdfMerge {
  readonly #reference: Numbers;
  readonly #current: Numbers;
  readonly #scale: number;
  #i = 0;
  #j = 0;
  #d = 0;
  #previous = 0;
  #above = Number.NEGATIVE_INFINITY;
  #aboveAt = Number.NaN;
  #below = Number.NEGATIVE_INFINITY;
  #belowAt = Number.NaN;
  #wasserstein = 0;
  #cramer = 0;
  #squares = 0;
  #ties = 0;
  #darling = 0;
  #distinct = 0;

  constructor(reference: Numbers, current: Numbers) {
    this.#reference = reference;
    this.#current = current;
    // Values may lie further apart than the largest f64; a power of two keeps each gap representable.
    this.#scale = finiteSpan(reference, current) < Number.POSITIVE_INFINITY ? 1 : 0.25;
  }

  /** Merges about `count` further values: ties are not torn apart. False when all are merged. */
  advance(count: number): boolean {
    const reference = this.#reference;
    const current = this.#current;
    const n = reference.length;
    const m = current.length;
    if (n === 0 || m === 0) return false;
    const all = n + m;
    const cells = n * m;
    const scale = this.#scale;
    // Locals: fields would be written back on every value.
    let i = this.#i;
    let j = this.#j;
    let d = this.#d;
    let previous = this.#previous;
    let above = this.#above;
    let aboveAt = this.#aboveAt;
    let below = this.#below;
    let belowAt = this.#belowAt;
    let wasserstein = this.#wasserstein;
    let cramer = this.#cramer;
    let squares = this.#squares;
    let ties = this.#ties;
    let darling = this.#darling;
    let distinct = this.#distinct;
    const until = Math.min(all, i + j + count);
    while (i + j < until) {
      const value = j === m || (i < n && reference[i]! < current[j]!) ? reference[i]! : current[j]!;
      const before = i + j;
      let a = 0;
      let b = 0;
      for (; i < n && reference[i] === value; i++) a++;
      for (; j < m && current[j] === value; j++) b++;

      // An infinite gap may not be multiplied by zero.
      if (d !== 0) {
        const gap = value * scale - previous * scale;
        const share = d / cells;
        wasserstein += Math.abs(share) * gap;
        cramer += share * share * gap;
      }
      const next = d + a * m - b * n;
      const tied = a + b;
      const h = 2 * before + tied;
      squares += tied * (d * d + d * next + next * next);
      ties += (a * a - b * b) * (n * a - m * b);
      if (tied < all) darling += (tied * (d + next) ** 2) / (h * (2 * all - h) - all * tied);
      if (next > above) {
        above = next;
        aboveAt = value;
      }
      if (-next > below) {
        below = -next;
        belowAt = value;
      }
      distinct++;
      d = next;
      previous = value;
    }
    this.#i = i;
    this.#j = j;
    this.#d = d;
    this.#previous = previous;
    this.#above = above;
    this.#aboveAt = aboveAt;
    this.#below = below;
    this.#belowAt = belowAt;
    this.#wasserstein = wasserstein;
    this.#cramer = cramer;
    this.#squares = squares;
    this.#ties = ties;
    this.#darling = darling;
    this.#distinct = distinct;
    return i + j < all;
  }

  /** Of all values; to be asked once `advance` gave false. */
  result(): CdfPartial {
    const n = this.#reference.length;
    const m = this.#current.length;
    if (n === 0 || m === 0) return EMPTY_CDF;
    const all = n + m;
    const cells = n * m;
    const skew = all * (this.#ties + (2 * cells - n * n - m * m));
    return {
      above: this.#above / cells + 0,
      aboveAt: this.#aboveAt + 0,
      below: this.#below / cells + 0,
      belowAt: this.#belowAt + 0,
      wasserstein: this.#wasserstein / this.#scale,
      cramer: this.#cramer / this.#scale,
      cramerVonMises: (4 * this.#squares + skew) / (12 * cells * all * all),
      andersonDarling: (this.#darling * (all - 1)) / (all * cells),
      distinct: this.#distinct,
    };
  }
}

/** Largest minus smallest finite pooled value; +Infinity when that leaves f64. */
function finiteSpan(reference: Numbers, current: Numbers): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const side of [reference, current]) {
    let first = 0;
    let last = side.length - 1;
    while (side[first] === Number.NEGATIVE_INFINITY) first++;
    while (side[last] === Number.POSITIVE_INFINITY) last--;
    if (first > last) continue;
    low = Math.min(low, side[first]!);
    high = Math.max(high, side[last]!);
  }
  return low <= high ? high - low : 0;
}
