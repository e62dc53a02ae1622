// SPDX-License-Identifier: Apache-2.0
import { type CalendarUnit, startOf } from './calendar.js';
import type { Windowing } from './frame.js';

/** From the longest. */
const UNITS: readonly CalendarUnit[] = ['month', 'week', 'day', 'hour'];
/** Fewer windows of the reference say too little even as a picture over time. */
const FEWEST = 8;
/** From here on the reference's own windows enter the thresholds: they are worth shorter windows. */
const WANTED = 20;
/** Mean rows of a window that is judged by itself. */
const ROWS = 20;
/** A week of daily rows has 7: too few to judge it alone, enough to tell how 20 of them differ. Hours differ by the time of day. */
const ROWS_TOGETHER: Readonly<Record<CalendarUnit, number>> = { month: 5, week: 5, day: 5, hour: ROWS };

/**
 * Chooses calendar windows: the longest unit of which the reference fills at least 20, with 5 rows each on average (20 an
 * hour), since their differences are the natural variation; else the unit with the most windows, at least 8, with 20 rows
 * each; null when no unit does. `times` are a sample of the reference (any order, NaN skipped), `rows` all its rows.
 */
export function chooseWindowing(
  column: string,
  times: ArrayLike<number>,
  rows = times.length,
): Windowing | null {
  let most: Windowing | null = null;
  // Every longer unit starts at an hour's start, so hours stand for the rows.
  const hours = new Set<number>();
  for (let i = 0; i < times.length; i++) hours.add(startOf(times[i]!, 'hour'));
  hours.delete(Number.NaN);
  for (const unit of UNITS) {
    const starts = new Set<number>();
    for (const hour of hours) starts.add(startOf(hour, unit));
    starts.delete(Number.NaN);
    const each = rows / starts.size;
    if (starts.size >= WANTED && each >= ROWS_TOGETHER[unit]) return { column, unit };
    if (starts.size >= FEWEST && each >= ROWS) most = { column, unit };
  }
  return most;
}

const TIME_NAME = /^(timestamp|datetime|date|time|ts)$/i;
const EVENT_NAME = /(time|date|_at$|_on$|created|event|when|period)/i;

/** Which of several time columns is the axis: the one with the fewest missing, then the most telling name, then the first. */
export function chooseTimeColumn(
  columns: readonly { name: string; missingShare: number }[],
): string | undefined {
  const rank = (name: string) => (TIME_NAME.test(name) ? 0 : EVENT_NAME.test(name) ? 1 : 2);
  const sorted = columns
    .filter(({ missingShare }) => missingShare < 0.5)
    .sort((a, b) => Math.round(20 * (a.missingShare - b.missingShare)) || rank(a.name) - rank(b.name));
  return sorted[0]?.name;
}
