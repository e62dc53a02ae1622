// SPDX-License-Identifier: Apache-2.0
import { randomFrom } from '../special/random.js';
import type { Cumulants } from './null-law.js';

/** Draws beside the observed labelling. */
const DRAWS = 499;
/** Fewer draws at or above the value than this give a p of their own too coarse; a fitted law takes over. */
const LEAST_ABOVE = 12;

/**
 * Which of `total` pooled rows count as current, n of them: row 0 is the labelling as observed (the last n rows), the
 * others are random. (draws + 1) × total of 0 and 1.
 */
export function labellings(
  total: number,
  n: number,
  { draws = DRAWS, seed }: { draws?: number; seed: number },
): Float32Array {
  const marks = new Float32Array((draws + 1) * total);
  marks.fill(1, total - n, total);
  const random = randomFrom(seed);
  const order = Uint32Array.from({ length: total }, (_, i) => i);
  for (let draw = 1; draw <= draws; draw++) {
    for (let i = 0; i < n; i++) {
      const j = i + Math.floor(random() * (total - i));
      const taken = order[j]!;
      order[j] = order[i]!;
      order[i] = taken;
      marks[draw * total + taken] = 1;
    }
  }
  return marks;
}

/** Mean, variance and third central moment of the values after the first. */
export function momentsOf(values: Float64Array): Cumulants {
  const count = values.length - 1;
  let [k1, k2, k3] = [0, 0, 0];
  for (let i = 1; i <= count; i++) k1 += values[i]! / count;
  for (let i = 1; i <= count; i++) {
    const off = values[i]! - k1;
    k2 += (off * off) / (count - 1);
    k3 += (off * off * off) / count;
  }
  return { k1, k2, k3 };
}

/** Share of all labellings, the observed one first, with a value at least as large; `tail` where that is too coarse. */
export function rankP(values: Float64Array, tail: () => number): { pValue: number; fitted: boolean } {
  const observed = values[0]!;
  // Equal labellings give values that differ by rounding.
  const bar = observed - 1e-9 * Math.abs(observed);
  let above = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! >= bar) above++;
  const share = (above + 1) / values.length;
  if (above >= LEAST_ABOVE) return { pValue: share, fitted: false };
  return { pValue: Math.min(share, Math.max(0, tail())), fitted: true };
}
