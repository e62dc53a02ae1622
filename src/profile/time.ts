// SPDX-License-Identifier: Apache-2.0
import type { TimeFrame } from '../baseline/frame.js';
import type { NumberColumn } from '../columns/column.js';
import { combineCounts, countAbsent, differenceOf, sumArrays } from './counts.js';
import type { TimePart } from './parts.js';

/** Buckets kept. */
export const MAX_BUCKETS = 65_536;
const HOUR = 3_600_000;
const WEEK_HOURS = 168;
/** Hour 0 of 1970 was a Thursday's; weeks start on Monday. */
const THURSDAY_HOURS = 72;

export function emptyTime(): TimePart {
  return {
    kind: 'time',
    rows: 0,
    missing: 0,
    unparsable: 0,
    min: Infinity,
    max: -Infinity,
    hourOfWeek: new Float64Array(WEEK_HOURS),
    buckets: new Map(),
    bucketsDropped: 0,
    ordered: 0,
    pairs: 0,
  };
}

/** Times beyond are no dates in ECMAScript. */
const LAST_TIME = 8.64e15;
/** Bucket numbers stay whole, and so do their differences. */
const LAST_BUCKET = 2 ** 52;

/** Adds a column's rows. What is no date (NaN, beyond ±8.64e15 ms) is unparsable. */
export function addTime(
  part: TimePart,
  column: NumberColumn | undefined,
  rows: number,
  frame: TimeFrame,
): void {
  countAbsent(part, column, rows);
  if (!column) return;
  const { values, status } = column;
  const { hourOfWeek } = part;
  let last = Number.NaN;
  let bucket = Number.NaN;
  let run = 0;
  let hourStart = Number.NaN;
  let hour = 0;
  const pending = new Map<number, number>();
  for (let i = 0; i < rows; i++) {
    const time = values[i]!;
    if (!(Math.abs(time) <= LAST_TIME)) {
      if (!status || status[i] === 0) part.unparsable++;
      continue;
    }
    if (time < part.min) part.min = time;
    if (time > part.max) part.max = time;
    if (!Number.isNaN(last)) {
      part.pairs++;
      if (time >= last) part.ordered++;
    }
    last = time;
    if (!(time >= hourStart && time < hourStart + HOUR)) {
      hourStart = Math.floor(time / HOUR) * HOUR;
      hour = (hourStart / HOUR + THURSDAY_HOURS) % WEEK_HOURS;
      if (hour < 0) hour += WEEK_HOURS;
    }
    hourOfWeek[hour]!++;
    const index = Math.floor((time - frame.origin) / frame.widthMs);
    if (index === bucket) {
      run++;
      continue;
    }
    if (run > 0) pending.set(bucket, (pending.get(bucket) ?? 0) + run);
    bucket = index;
    run = 1;
  }
  if (run > 0) pending.set(bucket, (pending.get(bucket) ?? 0) + run);
  for (const [index, count] of pending) {
    if (Math.abs(index) > LAST_BUCKET) part.bucketsDropped += count;
    else part.buckets.set(index + 0, (part.buckets.get(index) ?? 0) + count);
  }
  part.bucketsDropped += pruneBuckets(part.buckets);
}

export function mergeTime(a: TimePart, b: TimePart): TimePart {
  const buckets = new Map(a.buckets);
  for (const [index, count] of b.buckets) buckets.set(index, (buckets.get(index) ?? 0) + count);
  const dropped = pruneBuckets(buckets);
  const hourOfWeek = sumArrays(a.hourOfWeek, b.hourOfWeek);
  return {
    ...combineCounts(a, b, 1),
    kind: 'time',
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
    hourOfWeek,
    buckets,
    bucketsDropped: a.bucketsDropped + b.bucketsDropped + dropped,
    ordered: a.ordered + b.ordered,
    pairs: a.pairs + b.pairs,
  };
}

/** a without b, exact for counts; min and max stay those of a. */
export function subtractTime(a: TimePart, b: TimePart): TimePart {
  const buckets = new Map<number, number>();
  for (const [index, count] of a.buckets) {
    const left = count - (b.buckets.get(index) ?? 0);
    if (left !== 0) buckets.set(index, left);
  }
  return {
    ...combineCounts(a, b, -1),
    kind: 'time',
    min: a.min,
    max: a.max,
    hourOfWeek: differenceOf(a.hourOfWeek, b.hourOfWeek),
    buckets,
    bucketsDropped: a.bucketsDropped - b.bucketsDropped,
    ordered: a.ordered - b.ordered,
    pairs: a.pairs - b.pairs,
  };
}

/**
 * Keeps the buckets nearest to the origin, later ones first, and returns the rows of the others. What is kept depends on
 * the buckets alone, so merging is associative.
 */
function pruneBuckets(buckets: Map<number, number>): number {
  if (buckets.size <= MAX_BUCKETS) return 0;
  const order = (index: number) => (index >= 0 ? 2 * index : -2 * index - 1);
  const far = [...buckets.keys()].sort((a, b) => order(a) - order(b)).slice(MAX_BUCKETS);
  let dropped = 0;
  for (const index of far) {
    dropped += buckets.get(index)!;
    buckets.delete(index);
  }
  return dropped;
}
