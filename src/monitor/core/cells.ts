// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../baseline/frame.js';
import { emptyPacked } from '../../profile/packed-profile.js';
import type { Profile } from '../../profile/parts.js';
import type { Block } from './block.js';
import type { RowWindows } from './row-windows.js';
import { TimeWindows } from './time-windows.js';

/**
 * Rows that every window treats alike: they came between two ends of windows, and lie in one stretch of each kind by time
 * that they came in time for.
 */
export interface Cell {
  readonly profile: Profile;
  /** Event times from `low` up to `high` belong here. */
  readonly low: number;
  readonly high: number;
  /** By the kinds of windows by time: whether its rows came too late for them. */
  readonly late: readonly boolean[];
  /** Of windows, for labels: one a kind that its rows are in. */
  readonly blocks: readonly number[];
  /** Not too late for all of them. */
  readonly isInTime: boolean;
  /** Too late for none. */
  readonly isWhole: boolean;
  start: number;
  end: number;
}

export interface CellsOptions {
  readonly frame: Frame;
  readonly rowWindows: readonly RowWindows[];
  readonly timeWindows: readonly TimeWindows[];
  /** A profile of no rows yet, which windows of all kinds will hold. */
  readonly onProfile?: (profile: Profile) => void;
}

/** The cells of rows that are in no block yet. */
export class Cells {
  readonly #options: CellsOptions;
  #cells = new Map<number, Cell>();

  constructor(options: CellsOptions) {
    this.#options = options;
  }

  /** The cell of a row; `watermark` tells for which windows it is late. */
  of(time: number, watermark: number): Cell {
    const { timeWindows, frame, onProfile } = this.#options;
    const late = timeWindows.map((windows) => windows.isLate(time, watermark));
    let low = Number.NEGATIVE_INFINITY;
    let high = Number.POSITIVE_INFINITY;
    timeWindows.forEach((windows, i) => {
      const stretch = windows.stretchOf(time);
      // What is too late for a kind is so wherever it lies: a row for each hour of a year must not make a profile each.
      if (late[i]) high = Math.min(high, windows.firstInTime(watermark));
      else {
        low = Math.max(low, stretch);
        high = Math.min(high, stretch + windows.plan.unit);
      }
    });
    const known = this.#cells.get(low);
    if (known !== undefined) return known;
    const cell = {
      profile: emptyPacked(frame),
      low,
      high,
      late,
      blocks: this.#blocksOf(time, late),
      isInTime: late.length === 0 || late.includes(false),
      isWhole: !late.includes(true),
      start: Number.POSITIVE_INFINITY,
      end: Number.NEGATIVE_INFINITY,
    };
    this.#cells.set(low, cell);
    if (cell.isWhole) onProfile?.(cell.profile);
    return cell;
  }

  get size(): number {
    return this.#cells.size;
  }

  /** Rows in all. */
  get rows(): number {
    let rows = 0;
    for (const { profile } of this.#cells.values()) rows += profile.rows;
    return rows;
  }

  /** The profile of those that windows of all kinds will hold, the latest of several; null where there is none. */
  get wholeProfile(): Profile | null {
    let latest: Cell | null = null;
    for (const cell of this.#cells.values())
      if (cell.isWhole && (latest === null || cell.low > latest.low)) latest = cell;
    return latest?.profile ?? null;
  }

  /** Rows that will be in these windows, and where their window begins. */
  pendingOf(windows: RowWindows | TimeWindows): { readonly rows: number; readonly start: number } {
    const at = windows instanceof TimeWindows ? this.#options.timeWindows.indexOf(windows) : -1;
    let rows = 0;
    let start = Number.POSITIVE_INFINITY;
    for (const cell of this.#cells.values()) {
      if (cell.late[at]) continue;
      rows += cell.profile.rows;
      start = Math.min(start, windows instanceof TimeWindows ? windows.startAt(cell.low) : cell.start);
    }
    return { rows, start };
  }

  /** Brings all rows into the windows; gives how many were too late for some. */
  flush(onBlock: ((block: Block) => void) | undefined): number {
    const { rowWindows, timeWindows } = this.#options;
    let tooLate = 0;
    for (const { profile, start, end, low, late } of this.#cells.values()) {
      const block: Block = { profile, start, end };
      onBlock?.(block);
      for (const windows of rowWindows) windows.add(block);
      timeWindows.forEach((windows, i) => {
        if (late[i]) windows.countLate(profile.rows);
        else windows.add(windows.stretchOf(low), block);
      });
      if (late.includes(true)) tooLate += profile.rows;
    }
    this.#cells = new Map();
    return tooLate;
  }

  #blocksOf(time: number, late: readonly boolean[]): number[] {
    const { rowWindows, timeWindows } = this.#options;
    const ids = rowWindows.map(({ openId }) => openId);
    timeWindows.forEach((windows, i) => {
      if (!late[i]) ids.push(windows.idOf(windows.stretchOf(time)));
    });
    return ids;
  }
}
