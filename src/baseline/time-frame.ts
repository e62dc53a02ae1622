// SPDX-License-Identifier: Apache-2.0
import type { TimeFrame } from './frame.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Times beyond are no dates in ECMAScript. */
const LAST_TIME = 8.64e15;

/** Widths that a person would choose, ms. */
const WIDTHS = [
  1,
  10,
  100,
  SECOND,
  10 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  6 * HOUR,
  DAY,
  7 * DAY,
  28 * DAY,
  364 * DAY,
];

/** Buckets that the reference's range may take; a profile keeps more, for what comes after. */
const MAX_BUCKETS = 8_192;
/** Rows at irregular times: a bucket is this many mean steps wide, so that an empty one is no accident (e^−10). */
const STEPS_PER_BUCKET = 10;

/** Chooses the buckets in which gaps are looked for. `sorted` are the reference's times in ms, ascending, without NaN. */
export function timeFrame(sorted: Float64Array): TimeFrame {
  const distinct = sorted.filter(
    (time, i) => Math.abs(time) <= LAST_TIME && (i === 0 || time !== sorted[i - 1]),
  );
  if (distinct.length < 2) return { kind: 'time', origin: floorTo(distinct[0] ?? 0, DAY), widthMs: DAY };
  const range = distinct[distinct.length - 1]! - distinct[0]!;
  const steps = distinct
    .subarray(1)
    .map((time, i) => time - distinct[i]!)
    .sort();
  const median = steps[steps.length >> 1]!;
  const regular =
    steps.reduce((same, step) => same + (Math.abs(step - median) <= 0.01 * median ? 1 : 0), 0) >=
    0.9 * steps.length;
  const wanted = regular ? median : STEPS_PER_BUCKET * (range / steps.length);
  const least = Math.max(wanted, range / MAX_BUCKETS);
  const widthMs = WIDTHS.find((width) => width >= least) ?? Math.ceil(least / DAY) * DAY;
  return { kind: 'time', origin: floorTo(distinct[0]!, widthMs), widthMs };
}

function floorTo(time: number, width: number): number {
  return Math.floor(time / width) * width + 0;
}
