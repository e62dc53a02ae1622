// SPDX-License-Identifier: Apache-2.0

/** Rows are counted by the minute that they belong to, over so many minutes: eight days. */
const CELL_MS = 60_000;
const MOST_CELLS = 8 * 24 * 60;
/** Rows that a stretch of minutes must have: of fewer, chance alone makes shares differ. */
const FEWEST_ROWS = 400;

interface Stretch {
  measured: number;
  /** With those that were left out. */
  all: number;
}

/**
 * How evenly over time rows were left out. Where a quiet hour is measured whole and a busy one in part, the window's mixture of
 * hours is not that of the rows that came. Kept in memory alone: after a reload it counts anew.
 */
export class Thinning {
  /** Minutes since 1970, each in the place of its number modulo the length; NaN where there is none. Never longer than at first. */
  readonly #minutes = new Float64Array(MOST_CELLS).fill(Number.NaN);
  readonly #measured = new Uint32Array(MOST_CELLS);
  readonly #all = new Float64Array(MOST_CELLS);
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
    let place = 0;
    for (let row = 0; row < rows; row++) {
      const minute = Math.floor(times[row] / CELL_MS);
      if (minute !== at) {
        at = minute;
        place = this.#placeOf(minute);
      }
      this.#measured[place]++;
      this.#all[place] += each;
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
  #stretches(start: number, end: number): Stretch[] {
    const minutes = this.#minutes
      .filter((minute) => (minute + 1) * CELL_MS > start && minute * CELL_MS < end)
      .sort();
    const stretches: Stretch[] = [];
    let open: Stretch = { measured: 0, all: 0 };
    for (const minute of minutes) {
      const place = this.#placeOf(minute);
      open.measured += this.#measured[place];
      open.all += this.#all[place];
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

  /** The place of a minute. One that another has had, eight days before or after, is emptied for it. */
  #placeOf(minute: number): number {
    const place = ((minute % MOST_CELLS) + MOST_CELLS) % MOST_CELLS;
    if (this.#minutes[place] !== minute) {
      this.#minutes[place] = minute;
      this.#measured[place] = 0;
      this.#all[place] = 0;
    }
    return place;
  }
}
