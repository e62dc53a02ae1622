// SPDX-License-Identifier: Apache-2.0
import { DriftglassError, isDriftglassError } from '../../errors.js';
import { binOf } from '../cpu/vectors/bins.js';
import { prepare as prepareOnCpu, rowAdder } from '../cpu/vectors/meter.js';
import { emptyPartial } from '../cpu/vectors/partial.js';
import { checkPlan, rowsOf } from '../rows.js';
import type { VectorMeter, VectorPartial, VectorPlan, VectorSums } from '../vectors.js';
import { BLOCK_ROWS } from './panels.js';
import type { VectorHost, VectorInstance } from './vector-exports.js';
import { type WasmFourier, wasmFourier } from './wasm-fourier.js';
import { WasmProjection } from './wasm-projection.js';

/** Bandwidths whose scales f32 holds. */
const LEAST_BANDWIDTH = 1e-30;
const MOST_BANDWIDTH = 1e30;

/** A plan in an instance of its own, which the platform takes back after `close`. */
export function prepareOnWasm(
  host: VectorHost,
  plan: VectorPlan,
  form?: 'structured' | 'dense',
): VectorMeter {
  const k = checkPlan(plan);
  const { bandwidth } = plan.fourier;
  if (bandwidth < LEAST_BANDWIDTH || bandwidth > MOST_BANDWIDTH) return prepareOnCpu(plan);
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
  /** Made when a row first needs it: few plans ever do. */
  #addOnCpu: ((row: Float32Array, partial: VectorPartial) => void) | undefined;
  readonly #fourier: WasmFourier;
  readonly #projection: WasmProjection;
  readonly #stage: number;
  readonly #norms: number;
  readonly #counts: number;

  constructor(instance: VectorInstance, plan: VectorPlan, k: number, form?: 'structured' | 'dense') {
    const { arena } = instance;
    this.#instance = instance;
    this.#plan = plan;
    this.#stage = arena.take(BLOCK_ROWS * plan.dimension * 4);
    this.#norms = arena.take(BLOCK_ROWS * 8);
    this.#counts = arena.take(8);
    this.#fourier = wasmFourier(instance, plan.fourier, { stage: this.#stage, form });
    this.#projection = new WasmProjection(instance, plan, { k, stage: this.#stage });
  }

  add(rows: Float32Array, partial: VectorPartial): void {
    const d = this.#plan.dimension;
    const n = rowsOf(rows, d);
    if (n === 0) return;
    this.#fourier.clear();
    this.#projection.begin(n);
    for (let from = 0; from < n; from += BLOCK_ROWS) {
      this.#addPiece(rows.subarray(from * d, Math.min(n, from + BLOCK_ROWS) * d), partial);
    }
    this.#fourier.addTo(partial.fourier);
    this.#projection.addTo(partial);
  }

  #addPiece(piece: Float32Array, partial: VectorPartial): void {
    const { run, arena } = this.#instance;
    const d = this.#plan.dimension;
    const n = piece.length / d;
    const { limit } = this.#projection;
    new Float32Array(arena.buffer, this.#stage, piece.length).set(piece);
    const counts = new Uint32Array(arena.buffer, this.#counts, 2).fill(0);
    const kept = run.inspect_f32(this.#stage, n, d, limit, this.#norms, this.#counts);
    partial.zero += counts[0]!;
    partial.constant += counts[1]!;
    const norms = new Float64Array(arena.buffer, this.#norms, n);
    let longest = 0;
    for (let r = 0; r < n; r++) {
      const norm = norms[r]!;
      if (Number.isNaN(norm)) partial.nonFinite++;
      else if (norm > limit) {
        this.#addOnCpu ??= rowAdder(this.#plan);
        this.#addOnCpu(piece.subarray(r * d, (r + 1) * d), partial);
      } else {
        partial.rows++;
        partial.normSum += norm;
        partial.normSquares += norm * norm;
        partial.norms[binOf(Math.fround(norm), this.#plan.normCuts)]!++;
        longest = Math.max(longest, norm);
      }
    }
    if (kept === 0) return;
    this.#fourier.add(this.#stage, kept);
    this.#projection.add(kept, longest);
  }
}
