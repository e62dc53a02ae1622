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
  /** Stands where the number of columns or pairs is odd. */
  readonly #nothing = new Float64Array(BLOCK);
  readonly #sums = new Float64Array(4);

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
      for (let p = 0; p < this.#pairs.length; p++) this.#addRows(part, p, n);
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

  /** Σr of columns 2p and 2p + 1, and their products with all columns from there on. */
  #addRows(part: TablePart, p: number, n: number): void {
    const first = this.#ranks[2 * p]!;
    const second = this.#ranks[2 * p + 1] ?? this.#nothing;
    addSum(part, 2 * p, first, n);
    if (second !== this.#nothing) addSum(part, 2 * p + 1, second, n);
    for (let q = p; q < this.#pairs.length; q += 2) {
      fourDots([first, second], [this.#pairs[q]!, this.#pairs[q + 1] ?? this.#nothing], n, this.#sums);
      for (let k = 0; k < 4; k++) {
        const both = this.#sums[k]!;
        const upper = Math.round(both / LIFT);
        const [i, j] = [2 * p + (k >> 1), 2 * (q + (k & 1))];
        addProduct(part, [i, j], both - upper * LIFT);
        addProduct(part, [i, j + 1], upper);
      }
    }
  }
}

function addSum(part: TablePart, i: number, ranks: Float64Array, n: number): void {
  let sum = 0;
  for (let row = 0; row < n; row++) sum += ranks[row]!;
  part.jointSum[i]! += sum;
}

/** Both halves of the symmetric matrix. */
function addProduct(part: TablePart, [i, j]: readonly [number, number], product: number): void {
  const d = part.jointSum.length;
  if (j < i || i >= d || j >= d) return;
  part.jointCross[i * d + j]! += product;
  if (j > i) part.jointCross[j * d + i]! += product;
}

/** Four at a time: each value is read for two of them, and no addition waits for the one before it. */
function fourDots(
  [a0, a1]: readonly [Float64Array, Float64Array],
  [b0, b1]: readonly [Float64Array, Float64Array],
  n: number,
  into: Float64Array,
): void {
  let [s00, s01, s10, s11] = [0, 0, 0, 0];
  for (let row = 0; row < n; row++) {
    const x0 = a0[row]!;
    const x1 = a1[row]!;
    const y0 = b0[row]!;
    const y1 = b1[row]!;
    s00 += x0 * y0;
    s01 += x0 * y1;
    s10 += x1 * y0;
    s11 += x1 * y1;
  }
  into[0] = s00;
  into[1] = s01;
  into[2] = s10;
  into[3] = s11;
}
