// SPDX-License-Identifier: Apache-2.0
/**
 * Rhythm of a time column: in which hour of the day and of the week rows come. Hours are a circle, so the day is compared
 * by Kuiper's distance (the same wherever the day is cut), the week's 168 hours by total variation.
 */
import type { TimePart } from '../profile/parts.js';
import { chiSquare } from './chi-square.js';
import type { Distance, Distances } from './distance.js';
import { gapInterval } from './gap-interval.js';
import { mergeSparse } from './merge-sparse.js';
import { kuiperUpperQuantile } from './special/kolmogorov.js';
import { asTest } from './table-distances.js';
import { totalVariation, totalVariationNoise } from './total-variation.js';

/**
 * `kuiper` over 24 hours and `totalVariation` over 168. Few values tie heavily, where Kuiper's own limit has no power:
 * p of both is a χ² test of the same counts. It takes rows as independent: rows that come in bursts look like drift.
 * Empty when a side has no time.
 */
export function rhythmDistances({
  reference,
  current,
  level,
}: {
  reference: TimePart;
  current: TimePart;
  level: number;
}): Distances {
  const week = { a: reference.hourOfWeek, b: current.hourOfWeek };
  const day = { a: byHour(week.a), b: byHour(week.b) };
  const m = day.a.reduce((x, y) => x + y, 0);
  const n = day.b.reduce((x, y) => x + y, 0);
  if (m === 0 || n === 0) return {};
  let [gap, up, down] = [0, 0, 0];
  for (let hour = 0; hour < 24; hour++) {
    gap += day.a[hour] / m - day.b[hour] / n;
    up = Math.max(up, gap);
    down = Math.max(down, -gap);
  }
  const gaps = up + down;
  const kuiper: Distance = {
    value: gaps,
    ...gapInterval({ lower: gaps, upper: gaps, m, n }, kuiperUpperQuantile(level)),
    ...asTest(chiSquare(mergeSparse(day))),
    exact: true,
    convention: 'over the hours of the day (UTC), greatest gap up plus greatest gap down',
  };
  const value = totalVariation(week);
  const noise = totalVariationNoise(week, level / 2);
  const variation: Distance = {
    value,
    low: Math.max(0, value - noise.above),
    high: Math.min(1, value + noise.reach),
    ...asTest(chiSquare(mergeSparse(week))),
    exact: true,
    convention: 'half the sum of absolute differences over the 168 hours of the week (UTC)',
  };
  return { kuiper, totalVariation: variation };
}

function byHour(hourOfWeek: Float64Array): Float64Array {
  const hours = new Float64Array(24);
  for (let i = 0; i < hourOfWeek.length; i++) hours[i % 24] += hourOfWeek[i];
  return hours;
}
