// SPDX-License-Identifier: Apache-2.0
/** Both sides of a categorical feature as cells whose make-up depends on the pooled counts alone. */
import type { CategoryFrame } from '../../baseline/frame.js';
import type { CategoryPart } from '../../profile/parts.js';

export interface PooledCells {
  /** Rows with a value. */
  readonly m: number;
  readonly n: number;
  /** Reference and current rows per cell. */
  readonly a: Float64Array;
  readonly b: Float64Array;
}

/**
 * One cell per category, unseen ones included. Where the dictionary did not hold all reference categories, it was chosen
 * by reference counts, so what lies outside is rarer in the reference than its luck alone: categories whose pooled
 * count leaves their place in the dictionary to chance go into one cell together with all that is outside.
 */
export function pooledCells(
  frame: CategoryFrame,
  reference: CategoryPart,
  current: CategoryPart,
): PooledCells {
  const a = [...reference.counts];
  const b = [...current.counts];
  let unnamed = current.unseen;
  for (const count of current.unseenNames.values()) {
    a.push(0);
    b.push(count);
    unnamed -= count;
  }
  const m = sum(a) + reference.other + reference.unseen;
  const n = sum(b) + current.other + Math.max(0, unnamed);
  const outside = frame.otherHashes.length > 0 || frame.overflow || reference.other + reference.unseen > 0;
  if (!outside) {
    // Beyond 1,000 names unseen values are counted only: each its own category, which is the most that they can be.
    for (let i = 0; i < unnamed; i++) {
      a.push(0);
      b.push(1);
    }
    return { m, n, a: Float64Array.from(a), b: Float64Array.from(b) };
  }
  const known = reference.counts;
  const border = known.length > 0 ? known.reduce((x, y) => Math.min(x, y)) : 0;
  const least = ((m + n) / Math.max(1, m)) * (border + 5 * Math.sqrt(border) + 5);
  const rest = { a: reference.other + reference.unseen, b: current.other + Math.max(0, unnamed) };
  const keptA: number[] = [];
  const keptB: number[] = [];
  a.forEach((count, i) => {
    if (count + b[i] >= least) {
      keptA.push(count);
      keptB.push(b[i]);
    } else {
      rest.a += count;
      rest.b += b[i];
    }
  });
  return { m, n, a: Float64Array.from([...keptA, rest.a]), b: Float64Array.from([...keptB, rest.b]) };
}

/** ½ Σ |b/n − a/m|. */
export function totalVariation({ m, n, a, b }: PooledCells): number {
  let distance = 0;
  for (let i = 0; i < a.length; i++) distance += Math.abs(b[i] / n - a[i] / m);
  return distance / 2;
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
