// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingSums } from '../../monitor/embedding-sums.js';
import type { ModelCall, ObserveOptions } from '../../monitor/monitor.js';
import type { CallObserver, CallRows } from '../call-observer.js';
import type { Part } from '../columns.js';
import { PlanAtHand } from '../gpu-rows.js';
import { type ReadTensor, widthOf } from '../read-tensor.js';
import { measureOnGpu } from './gpu-embedding.js';
import { drop, read, type Taken } from './take.js';
import type { Library, Tensor } from './types.js';

/** What a call costs beside what a clock of ours can see: its part of a task, of promises and of collected garbage. */
const TASK_MS = 0.03;

/** A call that is to be read. Its tensors are ours. */
export interface Waiting {
  readonly call: ModelCall;
  readonly told: ObserveOptions;
  /** Rows to read; null for all. */
  readonly indices: Int32Array | null;
  readonly inputs: readonly Taken[];
  readonly outputs: readonly Taken[];
  readonly vectors: Tensor | null;
  /** ms of our time that it has taken so far. */
  readonly cost: number;
}

/** Reads calls when the app is done with them, and hands them to the monitor. */
export class CallReader {
  readonly #tf: Library;
  readonly #observer: CallObserver;
  readonly #feature: string;
  readonly #plan: PlanAtHand;
  #width = 1;
  #stopped = false;

  /** `feature`: the name of the embedding. */
  constructor(tf: Library, observer: CallObserver, feature: string) {
    this.#tf = tf;
    this.#observer = observer;
    this.#feature = feature;
    this.#plan = new PlanAtHand(observer, feature);
  }

  /** Values in a row of the widest tensor that was read. */
  get width(): number {
    return this.#width;
  }

  stop(): void {
    this.#stopped = true;
    this.#plan.forget();
  }

  drop({ inputs, outputs, vectors }: Waiting): void {
    for (const taken of [...inputs, ...outputs]) drop(taken);
    vectors?.dispose();
  }

  /** Never throws nor rejects, and leaves no tensor behind. Done at once where all values are there already. */
  read(waiting: Waiting): Promise<void> | void {
    if (this.#stopped) {
      this.drop(waiting);
      this.#observer.skip(waiting.call.rows, waiting.call);
      return;
    }
    const { inputs, outputs, vectors } = waiting;
    if (vectors === null && areRead(inputs) && areRead(outputs))
      this.#observe({ inputs, outputs }, waiting, TASK_MS);
    else return this.#readAll(waiting);
  }

  async #readAll(waiting: Waiting): Promise<void> {
    const { inputs, outputs, vectors, indices } = waiting;
    const start = performance.now();
    const all = (list: readonly Taken[]) => Promise.all(list.map((taken) => read(this.#tf, taken, indices)));
    // All are asked for at once; each lets go of its own tensor whatever becomes of the others.
    const reads = Promise.allSettled([
      all(inputs),
      all(outputs),
      this.#embedding(vectors, indices, inputs.length + outputs.length > 0),
    ]);
    const cost = performance.now() - start + TASK_MS;
    try {
      const [first, second, embedding] = await reads;
      const rows = { inputs: settledAs(first), outputs: settledAs(second), ...settledAs(embedding) };
      if (this.#stopped) this.#observer.skip(waiting.call.rows, waiting.call);
      else this.#observe(rows, waiting, cost);
    } catch (error) {
      this.#observer.problem('a call cannot be read', error);
      this.#spend(cost, waiting);
    }
  }

  /** @param cost of reading so far, ms */
  #observe(rows: CallRows, waiting: Waiting, cost: number): void {
    const start = performance.now();
    try {
      for (const { shape } of rows.inputs) this.#width = Math.max(this.#width, widthOf(shape));
      for (const { shape } of rows.outputs) this.#width = Math.max(this.#width, widthOf(shape));
      this.#observer.observe(rows, waiting.told, waiting.call, waiting.indices);
    } catch (error) {
      this.#observer.problem('a call cannot be read', error);
    }
    this.#spend(cost + performance.now() - start, waiting);
  }

  /**
   * The embedding, whatever becomes of the rest: as sums where it lies on a GPU of ours to use and the monitor's frame is
   * known, else as vectors. Sums need a column beside them, to say of how many rows they are.
   */
  async #embedding(
    vectors: Tensor | null,
    indices: Int32Array | null,
    columns: boolean,
  ): Promise<{ parts?: readonly Part[]; sums?: readonly EmbeddingSums[] }> {
    if (vectors === null) return {};
    const dimension = widthOf(vectors.shape);
    this.#width = Math.max(this.#width, dimension);
    if (columns && isOnWebGpu(this.#tf)) {
      const sums = await measureOnGpu(this.#tf, this.#plan, this.#feature, vectors, indices);
      if (sums !== null) {
        vectors.dispose();
        return { sums: [sums] };
      }
    }
    const { values } = await read(this.#tf, { name: this.#feature, kept: vectors }, indices);
    if (values.length === 0) return {};
    return { parts: [{ matrix: values as ArrayLike<number>, embedding: this.#feature, dimension }] };
  }

  #spend(ms: number, waiting: Waiting): void {
    this.#observer.spend(ms);
    this.#observer.finish(waiting.cost + ms);
  }
}

function areRead(list: readonly Taken[]): list is readonly ReadTensor[] {
  return list.every((taken) => 'values' in taken);
}

function isOnWebGpu(tf: Library): boolean {
  return tf.getBackend() === 'webgpu';
}

function settledAs<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}
