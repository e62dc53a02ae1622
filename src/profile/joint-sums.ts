// SPDX-License-Identifier: Apache-2.0
import type { Numbers } from '../kernels/kernels.js';
import type { BinRanks } from './bin-ranks.js';
import type { TablePart } from './parts.js';

/** Rows a block. A sum of 1,024 products of ranks stays under 2^24 ≥ 127² · 1,024. */
const BLOCK = 1_024;
/** Two sums share one f64: the second stands this much higher, so that 24 + 26 bits stay within 53. */
const LIFT = 2 ** 26;

/** Adds n, Σr and Σrrᵀ over the rows in which every column is finite. Exact: ranks are whole, and so are their sums. */
export class JointSums {
  readonly #finders: readonly BinRanks[];
  readonly #ranks: readonly Float64Array[];
  /** Columns 2q and 2q + 1 in one. */
  readonly #pairs: readonly Float64Array[];
  readonly #complete = new Uint8Array(BLOCK);

  constructor(finders: readonly BinRanks[]) {
    this.#finders = finders;
    this.#ranks = finders.map(() => new Float64Array(BLOCK));
    this.#pairs = Array.from({ length: Math.ceil(finders.length / 2) }, () => new Float64Array(BLOCK));
  }

  /** `columns` in the order of the finders, all of `rows` values. */
  add(part: TablePart, columns: readonly Numbers[], rows: number): void {
    for (let start = 0; start < rows; start += BLOCK) {
      const n = Math.min(BLOCK, rows - start);
      const complete = this.#complete.fill(1, 0, n);
      this.#finders.forEach((finder, i) => {
        finder.ranksOf(columns[i]!.subarray(start, start + n), n, { into: this.#ranks[i]!, complete });
      });
      part.jointRows += this.#settle(n);
      this.#pairUp(n);
      for (let i = 0; i < this.#ranks.length; i++) this.#addRow(part, i, n);
    }
  }

  /** Clears incomplete rows, and returns how many are complete. */
  #settle(n: number): number {
    const complete = this.#complete;
    let kept = 0;
    for (let row = 0; row < n; row++) kept += complete[row]!;
    if (kept === n) return n;
    for (const column of this.#ranks)
      for (let row = 0; row < n; row++) if (complete[row] === 0) column[row] = 0;
    return kept;
  }

  #pairUp(n: number): void {
    this.#pairs.forEach((pair, q) => {
      const first = this.#ranks[2 * q]!;
      const second = this.#ranks[2 * q + 1];
      for (let row = 0; row < n; row++) pair[row] = first[row]! + (second ? second[row]! * LIFT : 0);
    });
  }

  /** Σr of column i, and its products with the columns from i on. */
  #addRow(part: TablePart, i: number, n: number): void {
    const left = this.#ranks[i]!;
    let sum = 0;
    for (let row = 0; row < n; row++) sum += left[row]!;
    part.jointSum[i]! += sum;
    for (let q = i >> 1; q < this.#pairs.length; q++) {
      const both = dot(left, this.#pairs[q]!, n);
      const upper = Math.round(both / LIFT);
      addProduct(part, [i, 2 * q], both - upper * LIFT);
      addProduct(part, [i, 2 * q + 1], upper);
    }
  }
}

/** Both halves of the symmetric matrix. */
function addProduct(part: TablePart, [i, j]: readonly [number, number], product: number): void {
  const d = part.jointSum.length;
  if (j < i || j >= d) return;
  part.jointCross[i * d + j]! += product;
  if (j > i) part.jointCross[j * d + i]! += product;
}

/** Two sums side by side: each addition waits for the one before it. */
function dot(a: Float64Array, b: Float64Array, n: number): number {
  let even = 0;
  let odd = 0;
  for (let row = 1; row < n; row += 2) {
    even += a[row - 1]! * b[row - 1]!;
    odd += a[row]! * b[row]!;
  }
  return n % 2 === 1 ? even + odd + a[n - 1]! * b[n - 1]! : even + odd;
}
