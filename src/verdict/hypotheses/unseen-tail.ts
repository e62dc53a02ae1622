// SPDX-License-Identifier: Apache-2.0
/**
 * How many rows of the current side may hold categories that the reference lacks, by luck. Good and Turing: a next row
 * is new with probability f1/m, f1 = categories that the reference saw once (Good 1953).
 */
import type { CategoryFrame } from '../../baseline/frame.js';
import type { CategoryPart } from '../../profile/parts.js';
import { exponentialBound } from './exponential-bound.js';

export interface UnseenCounts {
  /** Rows with a value on each side. */
  readonly m: number;
  readonly n: number;
  /** Current rows whose category the reference never held. */
  readonly unseen: number;
  /** Reference categories seen once (an upper bound where they are not all listed). */
  readonly singles: number;
  /** Pooled rows per category → number of such categories. */
  readonly sizes: ReadonlyMap<number, number>;
}

export function unseenCounts(
  frame: CategoryFrame,
  reference: CategoryPart,
  current: CategoryPart,
): UnseenCounts {
  const sizes = new Map<number, number>();
  const add = (size: number, times = 1) => size > 0 && sizes.set(size, (sizes.get(size) ?? 0) + times);
  let singles = 0;
  let least = Infinity;
  let m = reference.other + reference.unseen;
  let n = current.other + current.unseen;
  for (let i = 0; i < reference.counts.length; i++) {
    const count = reference.counts[i];
    m += count;
    n += current.counts[i];
    if (count === 1) singles++;
    if (count > 0) least = Math.min(least, count);
    add(count + current.counts[i]);
  }
  let named = 0;
  for (const count of current.unseenNames.values()) {
    named += count;
    add(count);
  }
  add(1, Math.max(0, current.unseen - named));
  // Categories known by hash only: as many of them seen once as their rows allow.
  const hashed = frame.otherHashes.length;
  if (hashed > 0) {
    const most = least === Infinity ? 2 : Math.max(2, least);
    const once = Math.min(hashed, Math.max(0, Math.floor((hashed * most - reference.other) / (most - 1))));
    singles += once;
    add(1, once);
  }
  return { m, n, unseen: current.unseen, singles, sizes };
}

/**
 * Bound on P(rows in categories that fell wholly to the current side ≥ unseen) when the pooled rows are dealt at random:
 * a category of t rows falls there with probability π(t) ≈ (n/N)^t; these events are negatively associated, so the
 * exponential bound min over θ of exp(Σ ln(1 + π(t)(e^{θt} − 1)) − θ·unseen) holds for the categories of at most `unseen`
 * rows; that a larger one fell there adds its π(t). One category alone gives π(t).
 */
export function unseenP({ m, n, unseen, sizes }: UnseenCounts): number {
  if (unseen === 0 || m === 0 || n === 0) return 1;
  const cells: { size: number; times: number; logP: number }[] = [];
  let expected = 0;
  let larger = 0;
  for (const [size, times] of sizes) {
    const logP = logWholly(size, n, m + n);
    if (size > unseen) {
      larger += times * Math.exp(logP);
      continue;
    }
    cells.push({ size, times, logP });
    expected += size * times * Math.exp(logP);
  }
  if (unseen <= expected) return 1;
  const exponent = (theta: number) => {
    let sum = -theta * unseen;
    for (const { size, times, logP } of cells) sum += times * logMix(logP, theta * size);
    return sum;
  };
  return Math.min(1, larger + exponentialBound(exponent, 1e3));
}

/** ln Π_{i<size} (n − i)/(N − i). */
function logWholly(size: number, n: number, total: number): number {
  if (size > n) return Number.NEGATIVE_INFINITY;
  if (size > 400) return size * Math.log(n / total);
  let sum = 0;
  for (let i = 0; i < size; i++) sum += Math.log((n - i) / (total - i));
  return sum;
}

/** ln(1 + p(e^x − 1)) without overflow. */
function logMix(logP: number, x: number): number {
  if (logP === Number.NEGATIVE_INFINITY) return 0;
  if (x < 30) return Math.log1p(Math.exp(logP) * Math.expm1(x));
  const y = logP + x;
  return y > 30 ? y : Math.log1p(Math.exp(y));
}
