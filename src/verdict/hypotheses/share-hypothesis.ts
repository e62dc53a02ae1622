// SPDX-License-Identifier: Apache-2.0
/** A share of rows (missing, NaN, beyond the range …) on both sides, as a test. */

import { normalQuantile } from '../../distances/special/normal.js';
import type { Metric } from '../verdict.js';
import { roundedNumber } from '../words/number-words.js';
import {
  type Hypothesis,
  INDEPENDENT,
  type RowNoise,
  roundedRows,
  studentised,
  unstudentised,
} from './hypothesis.js';
import { fisherMore, fisherTwoSided, type ShareCounts, shareInterval } from './share-test.js';

/**
 * Value and interval are of |b/n − a/m|; with `side: 'more'` only a growth counts, value is b/n − a/m.
 * With a design effect the counts of both sides are divided by it before the exact test.
 */
export function shareHypothesis(
  counts: ShareCounts,
  options: {
    readonly feature: string | null;
    readonly metric: Metric;
    readonly tolerance: number;
    readonly level: number;
    readonly side?: 'more' | 'both';
    readonly noise?: RowNoise;
  },
): Hypothesis {
  const { feature, metric, tolerance, level, side = 'both', noise = INDEPENDENT } = options;
  const { a, m, b, n } = counts;
  const vacuous = a + b === 0 || m === 0 || n === 0;
  const scaled = noise.deff > 1 ? divided(counts, noise.deff) : counts;
  const raw = vacuous ? 1 : side === 'more' ? fisherMore(scaled) : fisherTwoSided(scaled);
  const interval = shareInterval(counts, unstudentised(level, noise), noise.deff);
  const delta = m > 0 && n > 0 ? b / n - a / m : 0;
  const both = side === 'both';
  const value = both ? Math.abs(delta) : Math.max(0, delta);
  const low = both ? Math.max(0, delta >= 0 ? interval.low : -interval.high) : Math.max(0, interval.low);
  const high = both
    ? Math.max(interval.high, -interval.low)
    : Math.min(interval.high, rareUpper(b, n, { level: unstudentised(level, noise), deff: noise.deff }));
  const independent = noise.deff > 1 ? shareInterval(counts, level) : interval;
  const sampledHigh = both
    ? Math.max(independent.high, -independent.low)
    : Math.min(independent.high, rareUpper(b, n, { level, deff: 1 }));
  const pooled = m + n > 0 ? (a + b) / (m + n) : 0;
  const z = -normalQuantile(level / 2);
  const spread = 2 * (1.4 * z) ** 2 * pooled * (1 - pooled);
  return {
    feature,
    metric,
    value,
    low,
    high,
    tolerance,
    pValue: studentised(raw, noise),
    pMethod:
      noise.deff > 1
        ? `Fisher's exact test on rows divided by ${roundedNumber(noise.deff)}`
        : "Fisher's exact test",
    deff: noise.deff,
    ...(noise.deff > 1 ? { sampledHigh } : {}),
    vacuous,
    noise: (p) => {
      const q = -normalQuantile(unstudentised(p, noise) / (both ? 2 : 1));
      return q * Math.sqrt(noise.deff * pooled * (1 - pooled) * (1 / m + 1 / n));
    },
    rowsNeeded: roundedRows(noise.deff * Math.max((1.5 * z * z) / tolerance, spread / tolerance ** 2)),
  };
}

/**
 * One-sided upper limit of a share of which `count` of `rows` were seen: Poisson's exact limit by Wilson and Hilferty's
 * cube (4.6/rows for a count of 0 at level .01). For rare shares it is tighter than the two-sided score interval.
 */
function rareUpper(count: number, rows: number, { level, deff }: { level: number; deff: number }): number {
  const shape = count / deff + 1;
  const z = -normalQuantile(level);
  return ((shape * (1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))) ** 3) / rows) * deff;
}

/** Towards no difference: the count that stands out is rounded down, the other up. */
function divided({ a, m, b, n }: ShareCounts, deff: number): ShareCounts {
  const rows = { m: Math.max(1, Math.round(m / deff)), n: Math.max(1, Math.round(n / deff)) };
  const more = b / n > a / m;
  const low = (x: number, most: number) => Math.min(most, Math.floor(x / deff));
  const high = (x: number, most: number) => Math.min(most, Math.ceil(x / deff));
  return { ...rows, a: more ? high(a, rows.m) : low(a, rows.m), b: more ? low(b, rows.n) : high(b, rows.n) };
}
