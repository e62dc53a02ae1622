// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../../errors.js';
import type { Numbers } from '../kernels.js';
import { simdBinary } from './columns-binary.js';
import { MOST_CUTS, packCuts, RECORD_BYTES } from './cut-table.js';
import { KernelHost, type Loaded } from './host.js';
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
const MOMENTS_BYTES = 10 * 8;
const NO_RANK = -32_768;
/** Columns that are multiplied at a time. */
const TILE = 3;
/** Tables beyond this are too much for one monitor: its columns are measured one by one. */
const MOST_BYTES = 64 * 2 ** 20;

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
  readonly tables: { 4?: Table; 8?: Table };
}

/** Instances of the module; one for each set of columns. Rejects with EngineError where wasm or SIMD is forbidden. */
export async function startColumns(): Promise<(plans: readonly ColumnPlan[]) => WasmColumns | null> {
  try {
    const host = await KernelHost.start<ColumnExports>(decodeHex(simdBinary));
    return (plans) => (areFew(plans) ? new WasmColumns(host.separate(), plans) : null);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DriftglassError('EngineError', `wasm kernels of columns cannot start: ${reason}`, { cause });
  }
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
  #views: { readonly all: Float64Array; readonly f32: Float32Array; readonly f64: Float64Array };

  constructor(instance: Loaded<ColumnExports>, plans: readonly ColumnPlan[]) {
    const { arena } = instance;
    this.#instance = instance;
    this.#ranked = plans.filter(({ ranks }) => ranks !== null).length;
    this.#width = Math.ceil((this.#ranked + 1) / TILE) * TILE;
    this.#stage = arena.take(BLOCK * 8);
    // One more for columns without ranks.
    this.#ranks = arena.take((this.#width + 1) * STRIDE);
    this.#products = arena.take(this.#width * this.#width * 8);
    const moments = arena.take(plans.length * MOMENTS_BYTES);
    this.#bins = arena.take(plans.reduce((most, { cuts }) => Math.max(most, cuts.length), 0) * 16 + 16);
    let rank = 0;
    this.#columns = plans.map((plan, i) => ({
      plan,
      moments: moments + i * MOMENTS_BYTES,
      ranks: this.#ranks + (plan.ranks === null ? this.#width : rank++) * STRIDE,
      tables: {},
    }));
    this.#views = this.#newViews();
    const { all } = this.#views;
    all.fill(0, this.#ranks / 8, (this.#ranks + this.#width * STRIDE) / 8);
    all.fill(0, this.#products / 8, this.#products / 8 + this.#width ** 2);
    for (let i = 0; i < plans.length; i++) clearMoments(all, (moments + i * MOMENTS_BYTES) / 8);
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
    const tables = this.#columns.map((column, i) => tableOf(this.#instance, column, columns[i] ?? null));
    const { run, arena } = this.#instance;
    if (this.#views.all.buffer !== arena.buffer) this.#views = this.#newViews();
    const { all, f32, f64 } = this.#views;
    const isRanked =
      this.#ranked > 0 && this.#columns.every(({ plan }, i) => plan.ranks === null || tables[i] !== null);
    if (isRanked) all.fill(0, this.#products / 8, this.#products / 8 + this.#width ** 2);
    const stage = this.#stage;
    for (let from = 0; from < rows; from += BLOCK) {
      const n = Math.min(BLOCK, rows - from);
      for (let i = 0; i < tables.length; i++) {
        const table = tables[i];
        if (table === null || table === undefined) continue;
        const { plan, moments, ranks } = this.#columns[i]!;
        const values = columns[i]!;
        const piece = n === values.length ? values : values.subarray(from, from + n);
        if (piece.BYTES_PER_ELEMENT === 4) {
          f32.set(piece);
          run.column_f32(stage, n, plan.shift, moments, table.at, table.records, table.guide, ranks);
        } else {
          f64.set(piece);
          run.column_f64(stage, n, plan.shift, moments, table.at, table.records, table.guide, ranks);
        }
      }
      if (!isRanked) continue;
      run.complete(this.#ranks, this.#ranked, STRIDE, n);
      run.products(this.#ranks, this.#width, STRIDE, n, this.#products);
    }
    for (let i = 0; i < tables.length; i++) {
      const table = tables[i];
      if (table === null || table === undefined) continue;
      const { plan, moments } = this.#columns[i]!;
      run.drain(table.records, plan.cuts.length + 1, this.#bins);
      take(i, { all, moments: moments / 8, bins: this.#bins / 8 });
      clearMoments(all, moments / 8);
    }
    return isRanked ? { all, at: this.#products / 8, width: this.#width } : null;
  }

  #newViews() {
    const { buffer } = this.#instance.arena;
    return {
      all: new Float64Array(buffer),
      f32: new Float32Array(buffer, this.#stage, BLOCK),
      f64: new Float64Array(buffer, this.#stage, BLOCK),
    };
  }
}

function clearMoments(all: Float64Array, at: number): void {
  all.fill(0, at, at + 10);
  all[at + 4] = Number.POSITIVE_INFINITY;
  all[at + 5] = Number.NEGATIVE_INFINITY;
}

/** The cuts of a column in wasm memory, the rank of its bin in each record. May grow the memory. */
function tableOf(
  { arena }: Loaded<ColumnExports>,
  { plan, tables }: Prepared,
  values: Numbers | null,
): Table | null {
  if (values === null) return null;
  const width = values.BYTES_PER_ELEMENT as 4 | 8;
  const known = tables[width];
  if (known !== undefined) return known;
  const { bytes, recordsAt, guideAt } = packCuts(plan.cuts, width);
  const ranks = new DataView(bytes.buffer, recordsAt);
  for (let bin = 0; bin <= plan.cuts.length; bin++)
    ranks.setInt16(bin * RECORD_BYTES + 24, plan.ranks?.[bin] ?? 0, true);
  ranks.setInt16((plan.cuts.length + 1) * RECORD_BYTES + 24, NO_RANK, true);
  const at = arena.take(bytes.length);
  new Uint8Array(arena.buffer, at, bytes.length).set(bytes);
  const table = { at, records: at + recordsAt, guide: at + guideAt };
  tables[width] = table;
  return table;
}
