// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../baseline/frame.js';
import type { Batch } from '../../columns/batch.js';
import type { Profile } from '../../profile/parts.js';
import type { Block, ClosedWindow } from './block.js';
import { type Cell, Cells, type CellsOptions } from './cells.js';
import { measureRuns, type Run, type RunMeter } from './measure-runs.js';
import { RowWindows } from './row-windows.js';
import { TimeWindows } from './time-windows.js';
import { Watermark } from './watermark.js';
import { MOST_BLOCKS, type WindowPlan } from './window-plan.js';

/** Stretches of one kind of windows that may be open before what is no row opens another. */
const MOST_OPENED = 2 * MOST_BLOCKS;

export interface StreamOptions extends RunMeter, Pick<CellsOptions, 'onProfile'> {
  readonly frame: Frame;
  readonly plans: readonly WindowPlan[];
  /** Whole numbers that are never used again. */
  readonly nextId: () => number;
  readonly onWindow: (window: ClosedWindow) => void;
  /** Awaited when windows have ended, before more rows are measured. */
  readonly onPause?: () => Promise<void>;
  /** Rows measured together, which are in no window before. */
  readonly onBlock?: (block: Block) => void;
}

/** Rows of one model version after another, cut into blocks and summed to windows of several kinds. Each row is measured once. */
export class Stream {
  readonly rowWindows: readonly RowWindows[];
  readonly timeWindows: readonly TimeWindows[];
  readonly watermark = new Watermark();
  readonly #options: StreamOptions;
  readonly #needsSettling: boolean;
  readonly #cells: Cells;
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
    const { rowWindows, timeWindows } = this;
    this.#cells = new Cells({ ...options, rowWindows, timeWindows });
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
      measureRuns({ batch, times, runs, skipped: this.#skipped }, this.#options);
      this.#skipped = 0;
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
    return this.#cells.wholeProfile;
  }

  /** Rows that were measured and are in no block of these windows yet, and where their window begins. */
  pendingOf(windows: RowWindows | TimeWindows): { readonly rows: number; readonly start: number } {
    return this.#cells.pendingOf(windows);
  }

  /**
   * The blocks that something of this time belongs to, which is no row. What lies further ahead than rows or the clock have come
   * by a whole stretch opens none: no row may ever close it. Nor does anything where hundreds are open.
   */
  blocksAt(time: number, now: number): readonly number[] {
    const ids = this.rowWindows.map(({ openId }) => openId);
    const { value } = this.watermark;
    const latest = Math.max(value, now);
    for (const windows of this.timeWindows) {
      if (windows.isLate(time, value)) continue;
      const stretch = windows.stretchOf(time);
      const opens = stretch <= latest + windows.plan.unit && windows.opened < MOST_OPENED;
      const id = opens ? windows.idOf(stretch) : windows.idWhereOpen(stretch);
      if (id !== null) ids.push(id);
    }
    this.#lookAhead();
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
    const pending = this.#cells.rows;
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
      else if (this.timeWindows.length > 0 && !this.#passes(time, now, row === from)) break;
      if (run !== null && isKnown) run.to = row + 1;
      else {
        run = { cell: this.#cellOf(time), from: row, to: row + 1 };
        runs.push(run);
      }
    }
    return { runs, to: row };
  }

  /** Moves time on to that of a row; false where windows end before it, and the rows that came before it are not measured yet. */
  #passes(time: number, now: number, isFirst: boolean): boolean {
    if (time >= this.#nextEnd) {
      if (!isFirst) return false;
      this.#flushCells();
      this.watermark.pass(time);
      this.#closeTime();
    }
    if (this.#isLateForAll(time)) {
      if (!this.watermark.isAstray(time, now)) return true;
      if (!isFirst) return false;
      this.#flushCells();
      this.#endTime();
      this.watermark.reset();
    }
    this.watermark.pass(time);
    return true;
  }

  #cellOf(time: number): Cell {
    const { size } = this.#cells;
    const cell = this.#cells.of(time, this.watermark.value);
    if (this.#cells.size > size) this.#lookAhead();
    return cell;
  }

  #isLateForAll(time: number): boolean {
    const { value } = this.watermark;
    return this.timeWindows.every((windows) => windows.isLate(time, value));
  }

  /** A stretch may have opened that ends before all others. */
  #lookAhead(): void {
    for (const { nextEnd } of this.timeWindows) this.#nextEnd = Math.min(this.#nextEnd, nextEnd);
  }

  /** Rows up to here are in blocks; windows by rows that have ended with them are told. */
  #endSegment(): void {
    this.#flushCells();
    for (const windows of this.rowWindows) this.#tell(windows.close(this.#version));
  }

  #flushCells(): void {
    this.late += this.#cells.flush(this.#options.onBlock);
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
