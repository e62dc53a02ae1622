// SPDX-License-Identifier: Apache-2.0
/** Rows on directions, in wasm: Σu, Σu² and histograms of the drawn ones. */
import type { VectorPartial, VectorPlan } from '../vectors.js';
import { ColumnProducts, productAt } from './column-products.js';
import {
  BLOCK_ROWS,
  DEPTH,
  multiplyBlock,
  type Panels,
  packedFloats,
  packPanels,
  panelColumn,
  takePanels,
} from './panels.js';
import { roundUp, type VectorInstance } from './vector-exports.js';

/** Sums of products up to this size stay within f32. */
const MOST_PRODUCT = 1e37;
/** Norms whose sums of p² do. */
const MOST_NORM = 1e30;
/** Lengths of directions and center between which products of columns are used, and norms up to which they are. */
const LEAST_LENGTH = 1e-9;
const MOST_LENGTH = 1e9;
/** Directions that are longer than others by more are of so little variance that rounding of products would show. */
const MOST_RATIO = 2e3;
const MOST_SUMMED_NORM = 1e9;
const MOST_SUMMED_ROWS = 2 ** 20;

/**
 * Two forms. Few rows are projected one by one, 2dk operations each. Of many, Σ(x − c) and the symmetric Σ(x − c)(x − c)ᵀ are summed, d² operations a
 * row, and Σu = w·Σ(x − c) and Σu² = wᵀ·Σ(x − c)(x − c)ᵀ·w follow at the end, for some 4d²k/3 operations in all; only drawn directions are
 * projected on row by row. Products are summed in f32 over 256 rows and in f64 beyond, so that along a direction with a millionth
 * of the greatest variance Σu² is off by some thousandth of itself, a twentieth of what chance moves it by.
 */
export class WasmProjection {
  /** Rows with a longer norm are left to the cpu: their products could leave f32. Below 0 where nothing is sure. */
  readonly limit: number;
  readonly #instance: VectorInstance;
  readonly #plan: VectorPlan;
  readonly #k: number;
  readonly #stage: number;
  readonly #panels: Panels;
  readonly #center: number;
  readonly #packed: number;
  readonly #product: number;
  readonly #sums: number;
  readonly #bins: number;
  readonly #binCounts: number;
  readonly #drawn: readonly { readonly cuts: number; readonly steps: number; readonly counts: number }[];
  /** Directions and center are of lengths that f32 can square. */
  #summable: boolean;
  /** Made when many rows first come at a time. */
  #products: ColumnProducts | undefined;
  /** Rows in the products; null while rows are projected one by one. */
  #summed: number | null = null;

  /** `stage`: address of the BLOCK_ROWS × d floats at which `add` finds rows. */
  constructor(instance: VectorInstance, plan: VectorPlan, { k, stage }: { k: number; stage: number }) {
    const { arena } = instance;
    const { dimension: d, center, directions, drawn } = plan;
    this.#instance = instance;
    this.#plan = plan;
    this.#k = k;
    this.#stage = stage;
    this.#panels = takePanels(instance, k, d);
    const { stride } = this.#panels;
    this.#center = arena.take(roundUp(d, 4) * 4);
    this.#packed = arena.take(packedFloats(d) * 4);
    this.#product = arena.take(BLOCK_ROWS * stride * 4);
    this.#sums = arena.take(2 * stride * 8);
    const steps = drawn.map((cuts) => stepsOf(cuts.length));
    this.#bins = steps.reduce((all, each) => all + 2 ** each, 0);
    const cutsAt = arena.take(this.#bins * 4);
    this.#binCounts = arena.take(this.#bins * 4);
    new Float32Array(arena.buffer, this.#center, d).set(center);
    packPanels(instance, this.#panels, { values: directions, stage });
    const cutView = new Float32Array(arena.buffer, cutsAt, this.#bins).fill(Number.POSITIVE_INFINITY);
    let at = 0;
    this.#drawn = drawn.map((cuts, j) => {
      cutView.set(cuts, at);
      const place = { cuts: cutsAt + at * 4, steps: steps[j]!, counts: this.#binCounts + at * 4 };
      at += 2 ** steps[j]!;
      return place;
    });
    const lengths = Array.from({ length: k }, (_, j) => length(directions.subarray(j * d, (j + 1) * d)));
    const most = lengths.reduce((a, b) => Math.max(a, b), 0);
    const offset = length(center);
    const limit = Math.min(MOST_NORM, MOST_PRODUCT / Math.max(1, most) - offset);
    this.limit = Number.isNaN(limit) ? -1 : limit;
    const least = lengths.reduce((a, b) => Math.min(a, b), most);
    this.#summable =
      Math.max(offset, most) <= MOST_LENGTH && least >= Math.max(LEAST_LENGTH, most / MOST_RATIO);
  }

  /** Zero the sums; `n` rows are to come. */
  begin(n: number): void {
    const { arena } = this.#instance;
    const { dimension: d } = this.#plan;
    new Float64Array(arena.buffer, this.#sums, 2 * this.#panels.stride).fill(0);
    new Uint32Array(arena.buffer, this.#binCounts, this.#bins).fill(0);
    this.#summed = null;
    if (!this.#summable || n > MOST_SUMMED_ROWS || !productsAreLess(n, d, this.#k)) return;
    try {
      this.#products ??= new ColumnProducts(this.#instance, d, this.#center);
    } catch {
      // No room for them: the other form needs none.
      this.#summable = false;
      return;
    }
    this.#products.clear();
    this.#summed = 0;
  }

  /** The first n rows at `stage`, of which `longest` is the greatest norm. */
  add(n: number, longest: number): void {
    if (this.#k === 0) return;
    const { run } = this.#instance;
    const { stride } = this.#panels;
    const summed = this.#summed !== null && longest <= MOST_SUMMED_NORM;
    const place = {
      rows: this.#stage,
      n,
      packed: this.#packed,
      product: this.#product,
      center: this.#center,
    };
    if (summed) {
      this.#summed! += n;
      this.#products!.add(this.#stage, n);
      if (this.#drawn.length > 0)
        multiplyBlock(this.#instance, this.#panels, { ...place, groups: Math.ceil(this.#drawn.length / 8) });
    } else {
      multiplyBlock(this.#instance, this.#panels, place);
      run.columnMoments_f32(this.#product, n, stride, stride, this.#sums, this.#sums + stride * 8);
    }
    this.#drawn.forEach(({ cuts, steps, counts }, j) => {
      run.columnBins_f32(this.#product + j * 4, n, stride, cuts, steps, counts);
    });
  }

  addTo(partial: VectorPartial): void {
    const { buffer } = this.#instance.arena;
    const { stride } = this.#panels;
    if (this.#summed) this.#addProducts(partial);
    const found = new Float64Array(buffer, this.#sums, 2 * stride);
    for (let j = 0; j < this.#k; j++) {
      partial.sums[j]! += found[j]!;
      partial.squares[j]! += found[stride + j]!;
    }
    const counted = new Uint32Array(buffer, this.#binCounts, this.#bins);
    let at = 0;
    for (const counts of partial.drawn) {
      for (let i = 0; i < counts.length; i++) counts[i]! += counted[at + i]!;
      at += 2 ** stepsOf(counts.length - 1);
    }
  }

  /** Σu to the partial, and Σu² to the sums in wasm memory, from the sums of products. */
  #addProducts(partial: VectorPartial): void {
    const { run, arena } = this.#instance;
    const { dimension: d, directions } = this.#plan;
    const { stride } = this.#panels;
    const products = this.#products!;
    const sums = products.finish() && products.sums();
    for (let j = 0; j < this.#k; j++) {
      let sum = 0;
      for (let i = 0; i < d; i++) sum += directions[j * d + i]! * sums[i]!;
      partial.sums[j]! += sum;
    }
    // wᵀCw = wᵀTw, T the upper triangle of C with what lies above the diagonal twice.
    const all = products.finish();
    const rows = new Float32Array(arena.buffer, this.#stage, BLOCK_ROWS * d);
    for (let from = 0; from < d; from += BLOCK_ROWS) {
      const n = Math.min(BLOCK_ROWS, d - from);
      for (let r = 0; r < n; r++) {
        const i = from + r;
        rows.fill(0, r * d, r * d + i);
        for (let j = i; j < d; j++) rows[r * d + j] = (j > i ? 2 : 1) * all[productAt(i, j)]!;
      }
      multiplyBlock(this.#instance, this.#panels, {
        rows: this.#stage,
        n,
        packed: this.#packed,
        product: this.#product,
        from: from - (from % DEPTH),
      });
      const { address, step } = panelColumn(this.#panels, from);
      run.columnDots_f32(this.#product, stride, address, step, n, stride / 8, this.#sums + stride * 8);
    }
  }
}

/** Whether sums of products cost less than projecting n rows one by one, with room for the packing. */
function productsAreLess(n: number, d: number, k: number): boolean {
  return d >= 16 && n * (2 * k - 1.25 * d) > 1.5 * d * k;
}

/** Halvings that settle a bin among `cuts` cuts, at least one. */
function stepsOf(cuts: number): number {
  return Math.max(1, Math.ceil(Math.log2(cuts + 1)));
}

function length(values: Float32Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}
