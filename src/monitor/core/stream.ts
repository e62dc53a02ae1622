// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../baseline/frame.js';
import type { Batch } from '../../columns/batch.js';
import { sliceBatch, takeRows } from '../../columns/take-rows.js';
import type { RowMeter } from '../../profile/columns-meter.js';
import { emptyPacked } from '../../profile/packed-profile.js';
import type { Profile } from '../../profile/parts.js';
import type { Block, ClosedWindow } from './block.js';
import { RowWindows } from './row-windows.js';
import type { TimeBudget } from './time-budget.js';
import { TimeWindows } from './time-windows.js';
import { Watermark } from './watermark.js';
import { MOST_BLOCKS, type WindowPlan } from './window-plan.js';

/** Stretches of one kind of windows that may be open before what is no row opens another. */
const MOST_OPENED = 2 * MOST_BLOCKS;

/** Rows that every window treats alike: they came between two ends of windows, and lie in one stretch of each kind. */
interface Cell {
  readonly profile: Profile;
  /** Event times from `low` up to `high` belong here. */
  readonly low: number;
  readonly high: number;
  /** By the kinds of windows by time: whether its rows came too late for them. */
  readonly late: readonly boolean[];
  readonly blocks: readonly number[];
  /** Not too late for all of them. */
  readonly isInTime: boolean;
  /** Too late for none. */
  readonly isWhole: boolean;
  start: number;
  end: number;
}

/** Rows of a chunk from `from` to `to` that belong to one cell. */
interface Run {
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

export interface StreamOptions {
  readonly frame: Frame;
  readonly meter: RowMeter;
  readonly plans: readonly WindowPlan[];
  /** Whole numbers that are never used again. */
  readonly nextId: () => number;
  readonly onWindow: (window: ClosedWindow) => void;
  /** Time for joint sums, which cost more than all else: under pressure they are of a part of the rows. */
  readonly jointBudget?: TimeBudget;
  /** Awaited when windows have ended, before more rows are measured. */
  readonly onPause?: () => Promise<void>;
  /** Rows measured together, which are in no window before. */
  readonly onBlock?: (block: Block) => void;
  /** Rows of the chunk as they are measured, with the blocks that they go to. */
  readonly onRows?: (rows: MeasuredRows) => void;
  /** A profile of no rows yet, which windows of all kinds will hold. */
  readonly onProfile?: (profile: Profile) => void;
}

/** Rows of one model version after another, cut into blocks and summed to windows of several kinds. Each row is measured once. */
export class Stream {
  readonly rowWindows: readonly RowWindows[];
  readonly timeWindows: readonly TimeWindows[];
  readonly watermark = new Watermark();
  readonly #options: StreamOptions;
  readonly #needsSettling: boolean;
  #cells = new Map<number, Cell>();
  /** Watermark at which the next window by time ends. */
  #nextEnd = Number.POSITIVE_INFINITY;
  #version = '';
  #hasEnded = false;
  /** Rows left out before the next row. */
  #skipped = 0;
  /** Rows too late for a kind of windows by time. */
  late = 0;

  constructor(options: StreamOptions) {
    this.#options = options;
    const { plans, frame, nextId } = options;
    this.rowWindows = plans.filter(({ kind }) => kind === 'rows').map((plan) => new RowWindows(plan, nextId));
    this.timeWindows = plans
      .filter(({ kind }) => kind === 'time')
      .map((plan) => new TimeWindows(plan, nextId));
    this.#needsSettling = frame.features.some(({ kind }) => kind === 'embedding');
  }

  get version(): string {
    return this.#version;
  }

  /** Measures the rows of a conformed batch. */
  async add(
    batch: Batch,
    { times, version, skipped, now }: { times: Float64Array; version: string; skipped: number; now: number },
  ): Promise<void> {
    if (version !== this.#version) {
      this.endAll();
      this.#version = version;
    }
    this.#skipped += skipped;
    for (let from = 0; from < batch.rows; ) {
      const { runs, to } = this.#nextRuns(times, from, now);
      this.#measure(batch, times, runs);
      from = to;
      // What is added to an embedding stands in the profile only then.
      if (this.#needsSettling) await this.#options.meter.settle();
      if (this.#room() === 0) this.#endSegment();
      if (this.#hasEnded && from < batch.rows) {
        this.#hasEnded = false;
        await this.#options.onPause?.();
      }
    }
    this.watermark.seen(now);
  }

  /** The profile of rows being measured that windows of all kinds will hold, the latest of several; null where there is none. */
  get openProfile(): Profile | null {
    let latest: Cell | null = null;
    for (const cell of this.#cells.values())
      if (cell.isWhole && (latest === null || cell.low > latest.low)) latest = cell;
    return latest?.profile ?? null;
  }

  /** Rows that were measured and are in no block of these windows yet, and where their window begins. */
  pendingOf(windows: RowWindows | TimeWindows): { readonly rows: number; readonly start: number } {
    const at = windows instanceof TimeWindows ? this.timeWindows.indexOf(windows) : -1;
    let rows = 0;
    let start = Number.POSITIVE_INFINITY;
    for (const cell of this.#cells.values()) {
      if (cell.late[at]) continue;
      rows += cell.profile.rows;
      start = Math.min(start, windows instanceof TimeWindows ? windows.startAt(cell.low) : cell.start);
    }
    return { rows, start };
  }

  /**
   * The blocks that something of this time belongs to, which is no row. What lies further ahead than rows or the clock have come
   * by a whole stretch opens none: no row may ever close it. Nor does anything where hundreds are open.
   */
  blocksAt(time: number, now: number): readonly number[] {
    const ids = this.rowWindows.map(({ openId }) => openId);
    const late = this.#lateAt(time);
    const latest = Math.max(this.watermark.value, now);
    this.timeWindows.forEach((windows, i) => {
      if (late[i]) return;
      const stretch = windows.stretchOf(time);
      const opens = stretch <= latest + windows.plan.unit && windows.opened < MOST_OPENED;
      const id = opens ? windows.idOf(stretch) : windows.idWhereOpen(stretch);
      if (id !== null) ids.push(id);
    });
    return ids;
  }

  /** Ends the windows that the clock has ended while no rows came. */
  tick(now: number): void {
    if (this.timeWindows.length === 0) return;
    this.watermark.wait(now);
    if (this.watermark.value >= this.#nextEnd) this.#closeTime();
  }

  /** Ends every open window, whatever is in it. */
  endAll(): void {
    this.#flushCells();
    for (const windows of this.rowWindows) this.#tell(windows.end(this.#version));
    this.#endTime();
  }

  /** Brings all that was measured into the windows, so that they can be saved. No window ends by it. */
  settleBlocks(): void {
    this.#flushCells();
  }

  restore(version: string): void {
    this.#version = version;
    this.#nextEnd = Math.min(...this.timeWindows.map(({ nextEnd }) => nextEnd));
  }

  /** Rows that may come before a window by rows must be looked at. */
  #room(): number {
    let pending = 0;
    for (const { profile } of this.#cells.values()) pending += profile.rows;
    let room = Number.POSITIVE_INFINITY;
    for (const windows of this.rowWindows) room = Math.min(room, windows.room - pending);
    return room;
  }

  /** The cells of the rows from `from` on, up to where a window ends. */
  #nextRuns(times: Float64Array, from: number, now: number): { runs: readonly Run[]; to: number } {
    const runs: Run[] = [];
    const limit = Math.min(times.length, from + this.#room());
    let run: Run | null = null;
    let row = from;
    for (; row < limit; row++) {
      const time = times[row];
      const isKnown = run !== null && time >= run.cell.low && time < run.cell.high;
      if (isKnown && run?.cell.isInTime && time < this.#nextEnd) this.watermark.pass(time);
      else if (this.timeWindows.length > 0) {
        if (time >= this.#nextEnd) {
          if (row > from) break;
          this.#flushCells();
          this.watermark.pass(time);
          this.#closeTime();
        }
        if (this.#isLateForAll(time)) {
          if (this.watermark.isAstray(time, now)) {
            if (row > from) break;
            this.#flushCells();
            this.#endTime();
            this.watermark.reset();
            this.watermark.pass(time);
          }
        } else this.watermark.pass(time);
      }
      if (run !== null && isKnown) run.to = row + 1;
      else {
        run = { cell: this.#cellOf(time), from: row, to: row + 1 };
        runs.push(run);
      }
    }
    return { runs, to: row };
  }

  #isLateForAll(time: number): boolean {
    const { value } = this.watermark;
    return this.timeWindows.every((windows) => windows.endOf(windows.stretchOf(time)) <= value);
  }

  #cellOf(time: number): Cell {
    let low = Number.NEGATIVE_INFINITY;
    let high = Number.POSITIVE_INFINITY;
    for (const windows of this.timeWindows) {
      const stretch = windows.stretchOf(time);
      low = Math.max(low, stretch);
      high = Math.min(high, stretch + windows.plan.unit);
    }
    const known = this.#cells.get(low);
    if (known !== undefined) return known;
    const late = this.#lateAt(time);
    const profile = emptyPacked(this.#options.frame);
    const cell = {
      profile,
      low,
      high,
      late,
      blocks: this.#idsAt(time, late),
      isInTime: !late.every((isLate) => isLate) || late.length === 0,
      isWhole: !late.includes(true),
      start: Number.POSITIVE_INFINITY,
      end: Number.NEGATIVE_INFINITY,
    };
    this.#cells.set(low, cell);
    if (cell.isWhole) this.#options.onProfile?.(profile);
    return cell;
  }

  /** By the kinds of windows by time: whether a row of this time comes too late. */
  #lateAt(time: number): boolean[] {
    const { value } = this.watermark;
    return this.timeWindows.map((windows) => {
      const end = windows.endOf(windows.stretchOf(time));
      if (end > value) this.#nextEnd = Math.min(this.#nextEnd, end);
      return end <= value;
    });
  }

  #idsAt(time: number, late: readonly boolean[]): number[] {
    const ids = this.rowWindows.map(({ openId }) => openId);
    this.timeWindows.forEach((windows, i) => {
      if (!late[i]) ids.push(windows.idOf(windows.stretchOf(time)));
    });
    return ids;
  }

  #measure(batch: Batch, times: Float64Array, runs: readonly Run[]): void {
    const { meter, onRows, jointBudget } = this.#options;
    const byCell = new Map<Cell, Run[]>();
    for (const run of runs) {
      const known = byCell.get(run.cell);
      if (known === undefined) byCell.set(run.cell, [run]);
      else known.push(run);
    }
    for (const [cell, own] of byCell) {
      cell.profile.skipped += this.#skipped;
      this.#skipped = 0;
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

  /** Rows up to here are in blocks; windows by rows that have ended with them are told. */
  #endSegment(): void {
    this.#flushCells();
    for (const windows of this.rowWindows) this.#tell(windows.close(this.#version));
  }

  #flushCells(): void {
    for (const { profile, start, end, low, late } of this.#cells.values()) {
      const block: Block = { profile, start, end };
      this.#options.onBlock?.(block);
      for (const windows of this.rowWindows) windows.add(block);
      this.timeWindows.forEach((windows, i) => {
        if (late[i]) windows.countLate(profile.rows);
        else windows.add(windows.stretchOf(low), block);
      });
      if (late.some((isLate) => isLate)) this.late += profile.rows;
    }
    this.#cells = new Map();
  }

  #closeTime(): void {
    this.#flushCells();
    for (const windows of this.timeWindows)
      for (const window of windows.close(this.watermark.value, this.#version)) this.#tell(window);
    this.#nextEnd = Math.min(...this.timeWindows.map(({ nextEnd }) => nextEnd));
  }

  #endTime(): void {
    for (const windows of this.timeWindows)
      for (const window of windows.end(this.#version)) this.#tell(window);
    this.#nextEnd = Number.POSITIVE_INFINITY;
  }

  #tell(window: ClosedWindow | null): void {
    if (window === null) return;
    this.#hasEnded = true;
    this.#options.onWindow(window);
  }
}

function gathered(batch: Batch, runs: readonly Run[], rows: number): Batch {
  const indices = new Uint32Array(rows);
  let at = 0;
  for (const { from, to } of runs) for (let row = from; row < to; row++) indices[at++] = row;
  return takeRows(batch, indices);
}
