// SPDX-License-Identifier: Apache-2.0
import { normalQuantile } from '../distances/special/normal.js';
import { studentUpperQuantile } from '../distances/special/student-t.js';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Wilson's score interval of a share `hits`/`rows` (Wilson 1927); NaN without rows. */
export function wilsonInterval(hits: number, rows: number, level = 0.05): Interval {
  if (!(rows > 0)) return { low: Number.NaN, high: Number.NaN };
  const z = remembered(`z ${level}`, () => -normalQuantile(level / 2));
  const share = hits / rows;
  const scale = 1 + (z * z) / rows;
  const centre = (share + (z * z) / (2 * rows)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / rows + (z * z) / (4 * rows * rows));
  return {
    low: hits === 0 ? 0 : Math.max(0, centre - half),
    high: hits === rows ? 1 : Math.min(1, centre + half),
  };
}

/** Student's interval of a mean, from Σx and Σx²; without bounds for a single value, NaN without any. */
export function meanInterval(
  { rows, sum, squares }: { readonly rows: number; readonly sum: number; readonly squares: number },
  level = 0.05,
): Interval {
  if (!(rows > 0)) return { low: Number.NaN, high: Number.NaN };
  const mean = sum / rows;
  if (rows === 1) return { low: -Infinity, high: Infinity };
  const variance = Math.max(0, squares - mean * sum) / (rows - 1);
  const quantile = remembered(`t ${level} ${rows}`, () => studentUpperQuantile(level / 2, rows - 1));
  const half = quantile * Math.sqrt(variance / rows);
  return { low: mean - half, high: mean + half };
}

/** Quantiles take longer than all else, and windows ask for the same few again and again. */
const MOST_REMEMBERED = 4_096;
const quantiles = new Map<string, number>();

function remembered(key: string, compute: () => number): number {
  const known = quantiles.get(key);
  if (known !== undefined) return known;
  if (quantiles.size >= MOST_REMEMBERED) quantiles.clear();
  const value = compute();
  quantiles.set(key, value);
  return value;
}
