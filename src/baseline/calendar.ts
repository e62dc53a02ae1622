// SPDX-License-Identifier: Apache-2.0
import type { Windowing } from './frame.js';

export type CalendarUnit = Windowing['unit'];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Day 0 (1 January 1970) was a Thursday; ISO weeks start on Monday. */
const THURSDAY = 3;

/** Dates end at ±8.64e15 ms; a window must start and end within. */
const LAST_TIME = 8.6e15;

/** Start (ms, UTC) of the calendar unit that holds `time`. NaN beyond the year ±274,000. */
export function startOf(time: number, unit: CalendarUnit): number {
  if (!(Math.abs(time) <= LAST_TIME)) return Number.NaN;
  const day = Math.floor(time / DAY);
  switch (unit) {
    case 'hour':
      return Math.floor(time / HOUR) * HOUR;
    case 'day':
      return day * DAY;
    case 'week':
      return (Math.floor((day + THURSDAY) / 7) * 7 - THURSDAY) * DAY;
    case 'month': {
      const date = new Date(time);
      return monthStart(date.getUTCFullYear(), date.getUTCMonth());
    }
  }
}

/** End (exclusive) of the calendar unit that starts at `start`. */
export function endOf(start: number, unit: CalendarUnit): number {
  if (unit === 'hour') return start + HOUR;
  if (unit === 'day') return start + DAY;
  if (unit === 'week') return start + 7 * DAY;
  const date = new Date(start);
  return monthStart(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/** Date.UTC reads years 0 to 99 as 1900 to 1999; setUTCFullYear does not. */
function monthStart(year: number, month: number): number {
  return new Date(0).setUTCFullYear(year, month, 1);
}
