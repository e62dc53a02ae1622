// SPDX-License-Identifier: Apache-2.0
import { DriftglassError, isDriftglassError } from '../../errors.js';
import { binOf } from '../cpu/vectors/bins.js';
import { prepare as prepareOnCpu, rowAdder } from '../cpu/vectors/meter.js';
import { emptyPartial } from '../cpu/vectors/partial.js';
import { checkPlan, rowsOf } from '../rows.js';
import type { VectorMeter, VectorPartial, VectorPlan, VectorSums } from '../vectors.js';
import { BLOCK_ROWS, multiplyBlock, packedFloats, packPanels, takePanels } from './panels.js';
import { roundUp, type VectorHost, type VectorInstance } from './vector-exports.js';
import { type WasmFourier, wasmFourier } from './wasm-fourier.js';

/** Sums of products up to this size stay within f32. */
const MOST_PRODUCT = 1e37;
/** Bandwidths whose scales f32 holds, and norms whose sums of p² do. */
const LEAST_BANDWIDTH = 1e-30;
const MOST_NORM = 1e30;

/** A plan in an instance of its own, which the platform takes back after `close`. */
export function prepareOnWasm(
  host: VectorHost,
  plan: VectorPlan,
  form?: 'structured' | 'dense',
): VectorMeter {
  const k = checkPlan(plan);
  const { bandwidth } = plan.fourier;
  if (bandwidth < LEAST_BANDWIDTH || bandwidth > MOST_NORM) return prepareOnCpu(plan);
  let engine: Engine | null = startEngine(host, plan, k, form);
  return {
    open() {
      if (engine === null) throw new DriftglassError('EngineError', 'a closed vector meter was opened');
      return sumsOn(engine, plan);
    },
    close() {
      engine = null;
    },
  };
}

/** Throws EngineError when there is no room for the plan. */
function startEngine(host: VectorHost, plan: VectorPlan, k: number, form?: 'structured' | 'dense'): Engine {
  try {
    return new Engine(host.separate(), plan, k, form);
  } catch (cause) {
    if (isDriftglassError(cause)) throw cause;
    const what = `a vector plan of ${k} directions in ${plan.dimension} dimensions`;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DriftglassError('EngineError', `${what} cannot start: ${reason}`, { cause });
  }
}

function sumsOn(engine: Engine, plan: VectorPlan): VectorSums {
  let partial = emptyPartial(plan);
  return {
    add(rows) {
      engine.add(rows, partial);
    },
    room: () => undefined,
    take() {
      const taken = partial;
      partial = emptyPartial(plan);
      return taken;
    },
    close() {
      partial = emptyPartial(plan);
    },
  };
}

/** The plan in wasm memory, and the way of a piece of rows through it. Sums lie there only while `add` runs. */
class Engine {
  readonly #instance: VectorInstance;
  readonly #plan: VectorPlan;
  readonly #k: number;
  readonly #limit: number;
  /** Made when a row first needs it: few plans ever do. */
  #addOnCpu: ((row: Float32Array, partial: VectorPartial) => void) | undefined;
  readonly #fourier: WasmFourier;
  readonly #projection: ReturnType<typeof takeProjection>;
  readonly #stage: number;
  readonly #norms: number;
  readonly #counts: number;

  constructor(instance: VectorInstance, plan: VectorPlan, k: number, form?: 'structured' | 'dense') {
    const { arena } = instance;
    this.#instance = instance;
    this.#plan = plan;
    this.#k = k;
    this.#limit = longestNorm(plan, k);
    this.#stage = arena.take(BLOCK_ROWS * plan.dimension * 4);
    this.#norms = arena.take(BLOCK_ROWS * 8);
    this.#counts = arena.take(8);
    this.#fourier = wasmFourier(instance, plan.fourier, { stage: this.#stage, form });
    this.#projection = takeProjection(instance, plan, { k, stage: this.#stage });
  }

  add(rows: Float32Array, partial: VectorPartial): void {
    const { arena } = this.#instance;
    const d = this.#plan.dimension;
    const n = rowsOf(rows, d);
    if (n === 0) return;
    this.#fourier.clear();
    const { sums, stride, binCounts, bins } = this.#projection;
    new Float64Array(arena.buffer, sums, 2 * stride).fill(0);
    new Uint32Array(arena.buffer, binCounts, bins).fill(0);
    for (let from = 0; from < n; from += BLOCK_ROWS) {
      this.#addPiece(rows.subarray(from * d, Math.min(n, from + BLOCK_ROWS) * d), partial);
    }
    this.#fourier.addTo(partial.fourier);
    const found = new Float64Array(arena.buffer, sums, 2 * stride);
    for (let j = 0; j < this.#k; j++) {
      partial.sums[j]! += found[j]!;
      partial.squares[j]! += found[stride + j]!;
    }
    const counted = new Uint32Array(arena.buffer, binCounts, bins);
    let at = 0;
    for (const counts of partial.drawn) {
      for (let i = 0; i < counts.length; i++) counts[i]! += counted[at + i]!;
      at += 2 ** stepsOf(counts.length - 1);
    }
  }

  #addPiece(piece: Float32Array, partial: VectorPartial): void {
    const { run, arena } = this.#instance;
    const d = this.#plan.dimension;
    const n = piece.length / d;
    new Float32Array(arena.buffer, this.#stage, piece.length).set(piece);
    const counts = new Uint32Array(arena.buffer, this.#counts, 2).fill(0);
    const kept = run.inspect_f32(this.#stage, n, d, this.#limit, this.#norms, this.#counts);
    partial.zero += counts[0]!;
    partial.constant += counts[1]!;
    const norms = new Float64Array(arena.buffer, this.#norms, n);
    for (let r = 0; r < n; r++) {
      const norm = norms[r]!;
      if (Number.isNaN(norm)) partial.nonFinite++;
      else if (norm > this.#limit) {
        this.#addOnCpu ??= rowAdder(this.#plan);
        this.#addOnCpu(piece.subarray(r * d, (r + 1) * d), partial);
      } else {
        partial.rows++;
        partial.normSum += norm;
        partial.normSquares += norm * norm;
        partial.norms[binOf(Math.fround(norm), this.#plan.normCuts)]!++;
      }
    }
    if (kept === 0) return;
    this.#fourier.add(this.#stage, kept);
    this.#project(kept);
  }

  #project(n: number): void {
    const { run } = this.#instance;
    const { panels, center, packed, product, sums, stride, drawn } = this.#projection;
    if (this.#k === 0) return;
    multiplyBlock(this.#instance, panels, { rows: this.#stage, n, packed, product, center });
    run.columnMoments_f32(product, n, stride, stride, sums, sums + stride * 8);
    drawn.forEach(({ cuts, steps, counts }, j) => {
      run.columnBins_f32(product + j * 4, n, stride, cuts, steps, counts);
    });
  }
}

/** Norms beyond this are measured on the cpu: their products could leave f32. Below 0 where nothing is sure. */
function longestNorm({ dimension: d, center, directions }: VectorPlan, k: number): number {
  let most = 0;
  for (let j = 0; j < k; j++) most = Math.max(most, length(directions.subarray(j * d, (j + 1) * d)));
  const limit = Math.min(MOST_NORM, MOST_PRODUCT / Math.max(1, most) - length(center));
  return Number.isNaN(limit) ? -1 : limit;
}

function length(values: Float32Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}

/** Halvings that settle a bin among `cuts` cuts, at least one. */
function stepsOf(cuts: number): number {
  return Math.max(1, Math.ceil(Math.log2(cuts + 1)));
}

/** Directions, center and cuts in wasm memory, and room for what comes of them. */
function takeProjection(
  instance: VectorInstance,
  { dimension: d, center, directions, drawn }: VectorPlan,
  { k, stage }: { k: number; stage: number },
) {
  const { arena } = instance;
  const panels = takePanels(instance, k, d);
  const stride = panels.stride;
  const centerAt = arena.take(roundUp(d, 4) * 4);
  const packed = arena.take(packedFloats(d) * 4);
  const product = arena.take(BLOCK_ROWS * stride * 4);
  const sums = arena.take(2 * stride * 8);
  const steps = drawn.map((cuts) => stepsOf(cuts.length));
  const bins = steps.reduce((all, each) => all + 2 ** each, 0);
  const cutsAt = arena.take(bins * 4);
  const binCounts = arena.take(bins * 4);
  new Float32Array(arena.buffer, centerAt, d).set(center);
  packPanels(instance, panels, { values: directions, stage });
  const cutView = new Float32Array(arena.buffer, cutsAt, bins).fill(Number.POSITIVE_INFINITY);
  let at = 0;
  const places = drawn.map((cuts, j) => {
    cutView.set(cuts, at);
    const place = { cuts: cutsAt + at * 4, steps: steps[j]!, counts: binCounts + at * 4 };
    at += 2 ** steps[j]!;
    return place;
  });
  return { panels, stride, center: centerAt, packed, product, sums, bins, binCounts, drawn: places };
}
