// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingSums } from '../../monitor/embedding-sums.js';
import type { ModelCall, ObserveOptions } from '../../monitor/monitor.js';
import type { CallObserver } from '../call-observer.js';
import type { Part } from '../columns.js';
import { rowsOf, widthOf } from '../read-tensor.js';
import { drop, read, type Taken } from './take.js';
import type { Library, Tensor } from './types.js';

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
  #width = 1;
  #stopped = false;

  /** `feature`: the name of the embedding. */
  constructor(tf: Library, observer: CallObserver, feature: string) {
    this.#tf = tf;
    this.#observer = observer;
    this.#feature = feature;
  }

  /** Values in a row of the widest tensor that was read. */
  get width(): number {
    return this.#width;
  }

  stop(): void {
    this.#stopped = true;
  }

  drop({ inputs, outputs, vectors }: Waiting): void {
    for (const taken of [...inputs, ...outputs]) drop(taken);
    vectors?.dispose();
  }

  /** Never rejects, and leaves no tensor behind. */
  async read(waiting: Waiting): Promise<void> {
    const { call, told, indices, vectors } = waiting;
    if (this.#stopped) {
      this.drop(waiting);
      return;
    }
    const start = performance.now();
    let cost = waiting.cost;
    try {
      const all = (list: readonly Taken[]) =>
        Promise.all(list.map((taken) => read(this.#tf, taken, indices)));
      // All are asked for at once; each lets go of its own tensor whatever becomes of the others.
      const reads = Promise.allSettled([
        all(waiting.inputs),
        all(waiting.outputs),
        this.#embedding(vectors, indices),
      ]);
      cost += this.#spend(start);
      const [inputs, outputs, embedding] = await reads;
      if (this.#stopped) return;
      const again = performance.now();
      const seen = { inputs: settledAs(inputs), outputs: settledAs(outputs), ...settledAs(embedding) };
      for (const { shape } of [...seen.inputs, ...seen.outputs])
        this.#width = Math.max(this.#width, widthOf(shape));
      this.#observer.observe(seen, told, call, indices);
      cost += this.#spend(again);
    } catch (error) {
      this.#observer.problem('a call cannot be read', error);
    } finally {
      this.#observer.budget.finish(cost);
    }
  }

  async #embedding(
    vectors: Tensor | null,
    indices: Int32Array | null,
  ): Promise<{ parts?: readonly Part[]; sums?: readonly EmbeddingSums[] }> {
    if (vectors === null) return {};
    const rows = rowsOf(vectors.shape);
    const { shape, values } = await read(this.#tf, { name: this.#feature, kept: vectors }, indices);
    this.#width = Math.max(this.#width, widthOf(shape));
    return rows === 0
      ? {}
      : {
          parts: [
            { matrix: values as ArrayLike<number>, embedding: this.#feature, dimension: widthOf(shape) },
          ],
        };
  }

  #spend(start: number): number {
    const ms = performance.now() - start;
    this.#observer.budget.spend(ms);
    return ms;
  }
}

function settledAs<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}
