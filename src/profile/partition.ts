// SPDX-License-Identifier: Apache-2.0
import { type CalendarUnit, startOf } from '../baseline/calendar.js';
import type { Batch } from '../columns/batch.js';
import type { NumberColumn } from '../columns/column.js';
import { sliceBatch } from '../columns/slice-rows.js';
import { takeRows } from '../columns/take-rows.js';

export interface Piece {
  /** Start of the window (ms, UTC); NaN for rows without a time. */
  readonly start: number;
  readonly batch: Batch;
}

/** More runs than this per window, and rows are gathered instead of sliced. */
const RUNS_PER_WINDOW = 2;

/**
 * Splits a batch by calendar window. Rows in time order become views of the batch; others are brought together by a
 * counting sort, in their order of reading.
 */
export function partition(batch: Batch, time: NumberColumn, unit: CalendarUnit): Piece[] {
  const { windowOf, starts, runs } = windowsOf(time, batch.rows, unit);
  if (starts.length === 1) return [{ start: starts[0]!, batch }];
  if (runs.length <= RUNS_PER_WINDOW * starts.length) {
    return runs.map((from, i) => ({
      start: starts[windowOf[from]!]!,
      batch: sliceBatch(batch, from, runs[i + 1] ?? batch.rows),
    }));
  }
  const offsets = new Uint32Array(starts.length + 1);
  for (let row = 0; row < batch.rows; row++) offsets[windowOf[row]! + 1]!++;
  for (let i = 1; i < offsets.length; i++) offsets[i]! += offsets[i - 1]!;
  const order = new Uint32Array(batch.rows);
  const next = offsets.slice();
  for (let row = 0; row < batch.rows; row++) order[next[windowOf[row]!]!++] = row;
  const sorted = takeRows(batch, order);
  return starts.map((start, i) => ({ start, batch: sliceBatch(sorted, offsets[i]!, offsets[i + 1]!) }));
}

/** The window of each row (an index into `starts`), and the rows at which a run of one window begins. */
function windowsOf(time: NumberColumn, rows: number, unit: CalendarUnit) {
  const windowOf = new Uint32Array(rows);
  const starts: number[] = [];
  const runs: number[] = [];
  const indexOf = new Map<number, number>();
  const days = unit === 'hour' ? 3_600_000 : 86_400_000;
  /** Windows by hour or day, so that a calendar is asked once for each. */
  const byDay = new Map<number, number>();
  let lastDay = Number.NEGATIVE_INFINITY;
  let last = -1;
  for (let row = 0; row < rows; row++) {
    const day = Math.floor(time.values[row]! / days);
    if (day !== lastDay || last < 0) {
      let index = byDay.get(day);
      if (index === undefined) {
        const start = startOf(time.values[row]!, unit);
        index = indexOf.get(start) ?? starts.length;
        if (index === starts.length) {
          indexOf.set(start, index);
          starts.push(start);
        }
        byDay.set(day, index);
      }
      if (index !== last) runs.push(row);
      last = index;
      lastDay = day;
    }
    windowOf[row] = last;
  }
  return { windowOf, starts, runs };
}
