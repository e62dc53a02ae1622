// SPDX-License-Identifier: Apache-2.0
import type { Numbers } from '../kernels/kernels.js';

/** Cells of the guide: enough that most of them hold at most one cut. */
const CELLS = 2_048;

/**
 * Finds the rank of each value's bin. A guide over equal cells of the middle of the range narrows the search to the few
 * cuts of a cell; values beyond it, and crowded cells, fall back to bisection.
 */
export class BinRanks {
  readonly #cuts: Float64Array;
  readonly #ranks: Int8Array;
  readonly #low: number;
  readonly #scale: number;
  /** Cuts at or below the start of each cell; one more entry closes the last cell. */
  readonly #guide: Uint32Array;

  constructor(cuts: Float64Array, ranks: Int8Array) {
    this.#cuts = cuts;
    this.#ranks = ranks;
    // The outer 2 % of the cuts are tails that would stretch the cells.
    const margin = Math.floor(cuts.length * 0.02);
    this.#low = cuts[margin] ?? 0;
    const high = cuts[cuts.length - 1 - margin] ?? 0;
    const scale = CELLS / (high - this.#low);
    this.#scale = Number.isFinite(scale) ? scale : 0;
    this.#guide = new Uint32Array(CELLS + 1);
    let cut = 0;
    for (let cell = 0; cell <= CELLS; cell++) {
      while (cut < cuts.length && (cuts[cut]! - this.#low) * this.#scale < cell) cut++;
      this.#guide[cell] = cut;
    }
  }

  /** Writes the rank of each finite value, and clears `complete` where a value is not finite. */
  ranksOf(
    values: Numbers,
    rows: number,
    { into, complete }: { into: Int8Array; complete: Uint8Array },
  ): void {
    const cuts = this.#cuts;
    const guide = this.#guide;
    for (let i = 0; i < rows; i++) {
      const value = values[i]!;
      if (!(value - value === 0)) {
        complete[i] = 0;
        continue;
      }
      const cell = Math.floor((value - this.#low) * this.#scale);
      let from = 0;
      let to = cuts.length;
      if (cell >= 0 && cell < CELLS) {
        from = guide[cell]!;
        to = guide[cell + 1]!;
      }
      // The first cut above the value.
      while (from < to) {
        const middle = (from + to) >>> 1;
        if (cuts[middle]! <= value) from = middle + 1;
        else to = middle;
      }
      into[i] = this.#ranks[from]!;
    }
  }
}
