// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../../columns/batch.js';
import { sliceBatch } from '../../columns/slice-rows.js';
import { takeRows } from '../../columns/take-rows.js';
import type { RowMeter } from '../../profile/columns-meter.js';
import type { Profile } from '../../profile/parts.js';
import type { Cell } from './cells.js';
import type { TimeBudget } from './time-budget.js';

/** Rows of a chunk from `from` to `to` that belong to one cell. */
export interface Run {
  readonly cell: Cell;
  readonly from: number;
  to: number;
}

export interface MeasuredRows {
  readonly profile: Profile;
  readonly from: number;
  readonly to: number;
  /** One a kind of windows; fewer for rows that came too late. */
  readonly blocks: readonly number[];
}

export interface RunMeter {
  readonly meter: RowMeter;
  /** Time for joint sums, which cost more than all else: under pressure they are of a part of the rows. */
  readonly jointBudget?: TimeBudget;
  /** Rows of the chunk as they are measured, with the blocks that they go to. */
  readonly onRows?: (rows: MeasuredRows) => void;
}

/** Measures rows, those of one cell together. `skipped`: rows left out before the first of them. */
export function measureRuns(
  {
    batch,
    times,
    runs,
    skipped,
  }: { batch: Batch; times: Float64Array; runs: readonly Run[]; skipped: number },
  { meter, jointBudget, onRows }: RunMeter,
): void {
  const byCell = new Map<Cell, Run[]>();
  for (const run of runs) {
    const known = byCell.get(run.cell);
    if (known === undefined) byCell.set(run.cell, [run]);
    else known.push(run);
  }
  let left = skipped;
  for (const [cell, own] of byCell) {
    cell.profile.skipped += left;
    left = 0;
    let rows = 0;
    for (const { from, to } of own) {
      rows += to - from;
      onRows?.({ profile: cell.profile, from, to, blocks: cell.blocks });
      for (let row = from; row < to; row++) {
        if (times[row] < cell.start) cell.start = times[row];
        if (times[row] >= cell.end) cell.end = times[row] + 1;
      }
    }
    const piece = own.length === 1 ? sliceBatch(batch, own[0].from, own[0].to) : gathered(batch, own, rows);
    meter.addOwnCounts(cell.profile, piece);
    if (jointBudget === undefined) meter.addJoint(cell.profile, piece);
    else if (jointBudget.isLeft) jointBudget.spendNow(() => meter.addJoint(cell.profile, piece));
  }
}

function gathered(batch: Batch, runs: readonly Run[], rows: number): Batch {
  const indices = new Uint32Array(rows);
  let at = 0;
  for (const { from, to } of runs) for (let row = from; row < to; row++) indices[at++] = row;
  return takeRows(batch, indices);
}
