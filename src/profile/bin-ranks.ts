// SPDX-License-Identifier: Apache-2.0
import type { NumberFrame } from '../baseline/frame.js';
import type { Numbers } from '../kernels/kernels.js';
import { nearestSingles } from './nearest-singles.js';

/** Cells of the guide: enough that most of them hold at most one cut. */
const CELLS = 4_096;
/** Whole numbers within a span like this have their ranks in a table. */
const TABLE_SPAN = 65_536;

/**
 * Finds the rank of each value's bin: by a table for whole numbers, else by a guide over equal cells of the middle of the
 * range, from which the few cuts of a cell are walked. Values beyond it fall back to bisection.
 */
export class BinRanks {
  /** Closed by +Infinity, where every walk ends. */
  readonly #cuts: Float64Array;
  readonly #ranks: Int8Array;
  /** Ranks of first, first + 1 …; empty when the frame's numbers are not whole or lie too far apart. */
  readonly #table: Int8Array;
  readonly #first: number;
  readonly #low: number;
  readonly #scale: number;
  /** Cuts at or below the start of each cell. */
  readonly #guide: Uint32Array;

  /** The same for values that were rounded to f32, where its cuts are others. */
  readonly #singles: BinRanks | null;

  constructor({ cuts, integer }: Pick<NumberFrame, 'cuts' | 'integer'>, ranks: Int8Array) {
    const singles = nearestSingles(cuts);
    this.#singles = singles === cuts ? null : new BinRanks({ cuts: singles, integer }, ranks);
    this.#cuts = new Float64Array(cuts.length + 1).fill(Infinity);
    this.#cuts.set(cuts);
    this.#ranks = ranks;
    // The outer 2 % of the cuts are tails that would stretch the cells.
    const margin = Math.floor(cuts.length * 0.02);
    this.#low = cuts[margin] ?? 0;
    const high = cuts[cuts.length - 1 - margin] ?? 0;
    const scale = CELLS / (high - this.#low);
    this.#scale = Number.isFinite(scale) ? scale : 0;
    this.#guide = new Uint32Array(CELLS);
    let cut = 0;
    for (let cell = 0; cell < CELLS; cell++) {
      while (cut < cuts.length && (cuts[cut]! - this.#low) * this.#scale < cell) cut++;
      this.#guide[cell] = cut;
    }
    this.#first = cuts[0] ?? 0;
    const span = integer ? Math.floor(cuts[cuts.length - 1] ?? 0) - this.#first + 1 : 0;
    this.#table = new Int8Array(span > 0 && span <= TABLE_SPAN ? span : 0);
    for (let i = 0; i < this.#table.length; i++) this.#table[i] = ranks[this.#bin(this.#first + i)]!;
  }

  /** Writes the rank of each finite value, and clears `complete` where a value is not finite. */
  ranksOf(
    values: Numbers,
    rows: number,
    { into, complete }: { into: Float64Array; complete: Uint8Array },
  ): void {
    if (this.#singles !== null && values instanceof Float32Array) {
      this.#singles.ranksOf(values, rows, { into, complete });
      return;
    }
    const ranks = this.#ranks;
    const table = this.#table;
    const first = this.#first;
    for (let i = 0; i < rows; i++) {
      const value = values[i]!;
      const place = (value - first) | 0;
      if (place >= 0 && place < table.length && place + first === value) into[i] = table[place]!;
      else if (value - value === 0) into[i] = ranks[this.#bin(value)]!;
      else complete[i] = 0;
    }
  }

  /** Number of cuts at or below a finite value. */
  #bin(value: number): number {
    const cuts = this.#cuts;
    const cell = (value - this.#low) * this.#scale;
    if (cell >= 0 && cell < CELLS) {
      let bin = this.#guide[cell | 0]!;
      // The guide counts cuts strictly before the cell, give or take rounding at its edge.
      while (bin > 0 && cuts[bin - 1]! > value) bin--;
      while (cuts[bin]! <= value) bin++;
      return bin;
    }
    let from = 0;
    let to = cuts.length - 1;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (cuts[middle]! <= value) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
