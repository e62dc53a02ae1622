// SPDX-License-Identifier: Apache-2.0
import { type CalendarUnit, startOf } from './calendar.js';
import type { Windowing } from './frame.js';

const UNITS: readonly CalendarUnit[] = ['hour', 'day', 'week', 'month'];
/** Fewer windows of the reference say too little about its natural variation. */
const FEWEST = 8;
const WANTED = [20, 60] as const;
/** Mean rows a window. */
const ROWS = 20;

/**
 * Chooses calendar windows such that the reference fills at least 8, ideally 20 to 60, with 20 rows each; null when no
 * unit does. `times` are a sample of the reference (any order, NaN skipped), `rows` all its rows.
 */
export function chooseWindowing(
  column: string,
  times: ArrayLike<number>,
  rows = times.length,
): Windowing | null {
  let best: Windowing | null = null;
  let least = Infinity;
  // Every longer unit starts at an hour's start, so hours stand for the rows.
  const hours = new Set<number>();
  for (let i = 0; i < times.length; i++) hours.add(startOf(times[i]!, 'hour'));
  hours.delete(Number.NaN);
  for (const unit of UNITS) {
    const starts = new Set<number>();
    for (const hour of hours) starts.add(startOf(hour, unit));
    starts.delete(Number.NaN);
    if (starts.size < FEWEST || rows / starts.size < ROWS) continue;
    const off = Math.max(0, WANTED[0] / starts.size - 1, starts.size / WANTED[1] - 1);
    if (off < least) {
      least = off;
      best = { column, unit };
    }
  }
  return best;
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
