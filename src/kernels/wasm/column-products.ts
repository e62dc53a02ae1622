// SPDX-License-Identifier: Apache-2.0
import { BLOCK_ROWS } from './panels.js';
import type { VectorInstance } from './vector-exports.js';

/** Rows whose products are summed in f32 before they go to f64; packed, their columns stay in the second-level cache. */
const SUMMED_ROWS = 256;
/** Bytes of a group of 8 columns, and a line, so that groups do not meet one set of the cache only. */
const GROUP_BYTES = SUMMED_ROWS * 32 + 64;

/** Σ(x − c)(x − c)ᵀ and Σ(x − c) of rows that pass by, in wasm memory. Takes its room from the arena and keeps it. */
export class ColumnProducts {
  readonly #groups: number;
  readonly #instance: VectorInstance;
  readonly #d: number;
  readonly #center: number;
  readonly #panels: number;
  readonly #products: number;
  readonly #sums: number;
  readonly #scratch: number;
  #held = 0;

  /** `center`: address of d floats, filled up to four; 0 for none. */
  constructor(instance: VectorInstance, d: number, center = 0) {
    const { arena } = instance;
    this.#instance = instance;
    this.#d = d;
    this.#center = center;
    this.#groups = Math.ceil(d / 8);
    this.#panels = arena.take(this.#groups * GROUP_BYTES);
    this.#products = arena.take(this.#length * 8);
    this.#sums = arena.take(this.#groups * 64);
    this.#scratch = arena.take(128);
    this.clear();
  }

  clear(): void {
    const { buffer } = this.#instance.arena;
    new Float64Array(buffer, this.#products, this.#length).fill(0);
    new Float64Array(buffer, this.#sums, this.#groups * 8).fill(0);
    this.#held = 0;
  }

  /** At most BLOCK_ROWS rows. */
  add(rows: number, n: number): void {
    this.#instance.run.packColumns_f32(
      rows,
      n,
      this.#d,
      this.#center,
      this.#panels + this.#held * 32,
      GROUP_BYTES,
    );
    this.#held += n;
    if (this.#held > SUMMED_ROWS - BLOCK_ROWS) this.#sum();
  }

  /** The products; of columns i ≤ j at `productAt(i, j)`. A view of wasm memory. */
  finish(): Float64Array {
    this.#sum();
    return new Float64Array(this.#instance.arena.buffer, this.#products, this.#length);
  }

  /** After `finish`. A view of wasm memory. */
  sums(): Float64Array {
    return new Float64Array(this.#instance.arena.buffer, this.#sums, this.#d);
  }

  /** Two tiles of 4 × 8 for each group of 8 rows and of 8 columns, on the diagonal and above it. */
  get #length(): number {
    return 32 * this.#groups * (this.#groups + 1);
  }

  #sum(): void {
    if (this.#held === 0) return;
    const { run } = this.#instance;
    const groups = this.#groups;
    run.syrk_f32(this.#panels, GROUP_BYTES, this.#held, groups, this.#products, this.#scratch);
    run.packedSums_f32(this.#panels, GROUP_BYTES, this.#held, groups, this.#sums);
    this.#held = 0;
  }
}

/** Place of the product of columns i ≤ j: tiles of 4 × 8 one behind the other, those of one group of 8 columns from its top. */
export function productAt(i: number, j: number): number {
  const group = j >> 3;
  return ((group * (group + 1) + (i >> 2)) << 5) + ((i & 3) << 3) + (j & 7);
}
