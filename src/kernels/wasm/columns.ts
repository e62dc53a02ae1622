// SPDX-License-Identifier: Apache-2.0
import type { Numbers } from '../kernels.js';
import { simdBinary } from './columns-binary.js';
import { MOST_CUTS, packCuts, RECORD_BYTES } from './cut-table.js';
import { KernelHost, type Loaded } from './host.js';
import type { Arena } from './memory.js';
import { decodeHex } from './wasm.js';

/** What assembly/columns/index.ts exports: addresses and counts. */
interface ColumnExports {
  heapBase(): number;
  column_f32(...args: ColumnCall): void;
  column_f64(...args: ColumnCall): void;
  drain(records: number, bins: number, out: number): void;
  complete(ranks: number, columns: number, stride: number, n: number): void;
  products(ranks: number, columns: number, stride: number, n: number, out: number): void;
}
type ColumnCall = [
  values: number,
  n: number,
  shift: number,
  out: number,
  table: number,
  records: number,
  guide: number,
  ranks: number,
];

/** How one number column is measured. */
export interface ColumnPlan {
  /** Strictly increasing, finite, at most 65,533; may be empty. */
  readonly cuts: Float64Array;
  /** As many, for columns of f32. Default: the cuts themselves. */
  readonly singles?: Float64Array;
  /** Moments are summed around it. */
  readonly shift: number;
  /** Rank of each of the cuts + 1 bins, −127 … 127; null for a column that takes no part in the products. */
  readonly ranks: Int8Array | null;
}

/** Sums of one column over the rows of one call. `all` is read at the places; valid until the next call. */
export interface ColumnSums {
  readonly all: Float64Array;
  /** finite, NaN, +∞, −∞, min, max, Σ(x − shift)^k for k = 1…4. */
  readonly moments: number;
  /** Σx by bin, and behind it the count by bin. */
  readonly bins: number;
}

/** Σ r_i r_j over rows in which every ranked column is finite: i ≤ j, `width` places a row. Column d is 1 in each of them. */
export interface RankProducts {
  readonly all: Float64Array;
  readonly at: number;
  readonly width: number;
}

/** Rows that pass through the first-level cache together; whole blocks of moments. */
const BLOCK = 1_024;
const STRIDE = BLOCK * 2;
const MOMENTS = 10;
const NO_RANK = -32_768;
/** Columns that are multiplied at a time. */
const TILE = 3;
/** Tables beyond this are too much for one monitor: its columns are measured one by one. */
const MOST_BYTES = 64 * 2 ** 20;

/** One column's cuts in wasm memory, for one element width. */
interface Table {
  readonly at: number;
  readonly records: number;
  readonly guide: number;
}

interface Prepared {
  readonly plan: ColumnPlan;
  readonly moments: number;
  readonly ranks: number;
  /** By element width, made when a column of that width first comes. */
  readonly tables: Table[];
}

/** Makes instances of the module, one for each set of columns; null for a set that is too large. Rejects where wasm or SIMD is forbidden. */
export async function startColumns(): Promise<(plans: readonly ColumnPlan[]) => WasmColumns | null> {
  const host = await KernelHost.start<ColumnExports>(decodeHex(simdBinary));
  return (plans) => (areFew(plans) ? new WasmColumns(host.separate(), plans) : null);
}

function areFew(plans: readonly ColumnPlan[]): boolean {
  const bytes = plans.reduce((sum, { cuts }) => sum + 32_768 + 8 * RECORD_BYTES * cuts.length, 0);
  return bytes <= MOST_BYTES && plans.every(({ cuts }) => cuts.length <= MOST_CUTS);
}

/** Number columns with their cuts in wasm memory, measured block by block: each value is read once for all that is summed. */
export class WasmColumns {
  readonly #instance: Loaded<ColumnExports>;
  readonly #columns: readonly Prepared[];
  readonly #stage: number;
  readonly #ranks: number;
  readonly #ranked: number;
  readonly #products: number;
  /** Ranked columns and the ones, up to whole tiles. */
  readonly #width: number;
  readonly #bins: number;
  #all = new Float64Array();
  #single = new Float32Array();
  #double = new Float64Array();

  /** `instance` is this one's alone. */
  constructor(instance: Loaded<ColumnExports>, plans: readonly ColumnPlan[]) {
    const { arena } = instance;
    this.#instance = instance;
    this.#ranked = plans.filter(({ ranks }) => ranks !== null).length;
    this.#width = Math.ceil((this.#ranked + 1) / TILE) * TILE;
    this.#stage = arena.take(BLOCK * 8);
    // One more for columns without ranks. Those between the ones and whole tiles stay zero, as fresh memory is.
    this.#ranks = arena.take((this.#width + 1) * STRIDE);
    this.#products = arena.take(this.#width ** 2 * 8);
    this.#bins = arena.take(Math.max(0, ...plans.map(({ cuts }) => cuts.length + 1)) * 16);
    let ranked = 0;
    this.#columns = plans.map((plan) => ({
      plan,
      moments: arena.take(MOMENTS * 8),
      ranks: this.#ranks + (plan.ranks === null ? this.#width : ranked++) * STRIDE,
      tables: [],
    }));
  }

  /**
   * Measures `rows` rows of all columns, by the plans' order, null where one is absent; hands the sums of each column over,
   * and the products where every ranked column is there.
   */
  measure(
    columns: readonly (Numbers | null)[],
    rows: number,
    take: (column: number, sums: ColumnSums) => void,
  ): RankProducts | null {
    const { run, arena } = this.#instance;
    const present = this.#columns.flatMap((column, i) => {
      const values = columns[i] ?? null;
      return values === null ? [] : { i, column, values, table: tableOf(arena, column, values) };
    });
    this.#view(arena.buffer);
    const all = this.#all;
    for (const { column } of present) {
      const { moments } = column;
      all.fill(0, moments / 8, moments / 8 + MOMENTS);
      all[moments / 8 + 4] = Number.POSITIVE_INFINITY;
      all[moments / 8 + 5] = Number.NEGATIVE_INFINITY;
    }
    const isRanked =
      this.#ranked > 0 && present.filter(({ column }) => column.plan.ranks !== null).length === this.#ranked;
    const products = this.#products / 8;
    if (isRanked) all.fill(0, products, products + this.#width ** 2);
    for (let from = 0; from < rows; from += BLOCK) {
      const n = Math.min(BLOCK, rows - from);
      for (const { values, column, table } of present) {
        const { plan, moments, ranks } = column;
        const piece = n === values.length ? values : values.subarray(from, from + n);
        const isSingle = piece.BYTES_PER_ELEMENT === 4;
        (isSingle ? this.#single : this.#double).set(piece);
        const kernel = isSingle ? run.column_f32 : run.column_f64;
        kernel(this.#stage, n, plan.shift, moments, table.at, table.records, table.guide, ranks);
      }
      if (!isRanked) continue;
      run.complete(this.#ranks, this.#ranked, STRIDE, n);
      run.products(this.#ranks, this.#width, STRIDE, n, this.#products);
    }
    for (const { i, column, table } of present) {
      run.drain(table.records, column.plan.cuts.length + 1, this.#bins);
      take(i, { all, moments: column.moments / 8, bins: this.#bins / 8 });
    }
    return isRanked ? { all, at: products, width: this.#width } : null;
  }

  /** Views of the memory, anew when it has grown. */
  #view(buffer: ArrayBuffer): void {
    if (this.#all.buffer === buffer) return;
    this.#all = new Float64Array(buffer);
    this.#single = new Float32Array(buffer, this.#stage, BLOCK);
    this.#double = new Float64Array(buffer, this.#stage, BLOCK);
  }
}

/** The cuts of a column in wasm memory, the rank of its bin in each record. May grow the memory. */
function tableOf(arena: Arena, { plan, tables }: Prepared, { BYTES_PER_ELEMENT }: Numbers): Table {
  const width = BYTES_PER_ELEMENT as 4 | 8;
  const known = tables[width];
  if (known !== undefined) return known;
  const { bytes, recordsAt, guideAt } = packCuts(
    width === 4 ? (plan.singles ?? plan.cuts) : plan.cuts,
    width,
  );
  const ranks = new DataView(bytes.buffer, recordsAt + 24);
  for (let bin = 0; bin <= plan.cuts.length; bin++)
    ranks.setInt16(bin * RECORD_BYTES, plan.ranks?.[bin] ?? 0, true);
  ranks.setInt16((plan.cuts.length + 1) * RECORD_BYTES, NO_RANK, true);
  const at = arena.take(bytes.length);
  new Uint8Array(arena.buffer).set(bytes, at);
  const table = { at, records: at + recordsAt, guide: at + guideAt };
  tables[width] = table;
  return table;
}
