// SPDX-License-Identifier: Apache-2.0

/** Rows are counted by the minute that they belong to, over so many minutes: eight days. */
const CELL_MS = 60_000;
const MOST_CELLS = 8 * 24 * 60;
/** Rows that a stretch of minutes must have: of fewer, chance alone makes shares differ. */
const FEWEST_ROWS = 400;

interface Cell {
  measured: number;
  /** With those that were left out. */
  all: number;
}

/**
 * How evenly over time rows were left out. Where a quiet hour is measured whole and a busy one in part, the window's mixture of
 * hours is not that of the rows that came. Kept in memory alone: after a reload it counts anew.
 */
export class Thinning {
  readonly #cells = new Map<number, Cell>();
  /** Left out, and no row has come since to say when. */
  #pending = 0;

  /** Rows of a chunk were measured, `skipped` others left out among them. */
  note(times: ArrayLike<number>, skipped: number): void {
    this.#pending += skipped;
    const rows = times.length;
    if (rows === 0) return;
    const each = 1 + this.#pending / rows;
    this.#pending = 0;
    let at = Number.NaN;
    let cell: Cell = { measured: 0, all: 0 };
    for (let row = 0; row < rows; row++) {
      const minute = Math.floor(times[row] / CELL_MS);
      if (minute !== at) {
        at = minute;
        cell = this.#cellOf(minute);
      }
      cell.measured++;
      cell.all += each;
    }
  }

  /**
   * The share of rows by which the mixture over time of those that were measured, from `start` to `end`, can differ from that of all:
   * the total variation between the two, 0 where rows were left out evenly. No distribution of a feature is off by more, as far as
   * stretches of 400 rows tell: what is uneven within one is not seen.
   */
  unevenness(start: number, end: number): number {
    const stretches = this.#stretches(start, end);
    let measured = 0;
    let all = 0;
    for (const stretch of stretches) {
      measured += stretch.measured;
      all += stretch.all;
    }
    let sum = 0;
    for (const stretch of stretches) sum += Math.abs(stretch.measured / measured - stretch.all / all);
    return sum / 2;
  }

  /** Minutes one after the other, put together until each stretch has rows enough. */
  #stretches(start: number, end: number): Cell[] {
    const minutes = [...this.#cells.keys()]
      .filter((minute) => (minute + 1) * CELL_MS > start && minute * CELL_MS < end)
      .sort((a, b) => a - b);
    const stretches: Cell[] = [];
    let open: Cell = { measured: 0, all: 0 };
    for (const minute of minutes) {
      const { measured, all } = this.#cells.get(minute)!;
      open.measured += measured;
      open.all += all;
      if (open.measured < FEWEST_ROWS) continue;
      stretches.push(open);
      open = { measured: 0, all: 0 };
    }
    const last = stretches.at(-1);
    if (last !== undefined) {
      last.measured += open.measured;
      last.all += open.all;
    }
    return stretches;
  }

  #cellOf(minute: number): Cell {
    const known = this.#cells.get(minute);
    if (known !== undefined) return known;
    const fresh = { measured: 0, all: 0 };
    this.#cells.set(minute, fresh);
    // The one that was begun first goes, which is the oldest unless times jump.
    if (this.#cells.size > MOST_CELLS) this.#cells.delete(this.#cells.keys().next().value!);
    return fresh;
  }
}
