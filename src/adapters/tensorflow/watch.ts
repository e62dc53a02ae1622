// SPDX-License-Identifier: Apache-2.0
import type { ModelCall, Monitor, ObserveOptions } from '../../monitor/monitor.js';
import { type AdapterOptions, CallObserver } from '../call-observer.js';
import { isNamed } from '../columns.js';
import { ReadQueue } from '../read-queue.js';
import { drawRows, rowsOf, widthOf } from '../read-tensor.js';
import { ExtraCost } from './extra-cost.js';
import { CallReader, type Waiting } from './read-call.js';
import { inputNamesOf, methodsOf, type Ran, type WatchedMethod } from './runs.js';
import { drop, type Taken, take } from './take.js';
import { isTensor, type Library, type NamedTensor, named, type Tensor, type TensorFlow } from './types.js';

/**
 * What is observed as an embedding: a layer of a layers model or a node of a graph model (the model does not run twice for
 * it), or what a function makes of a call's tensors. The feature is called as the layer unless `name` says otherwise.
 */
export type EmbeddingChoice =
  | string
  | { readonly layer: string; readonly name?: string }
  | { of(outputs: readonly Tensor[], inputs: readonly Tensor[]): Tensor; readonly name: string };

export interface WatchOptions extends AdapterOptions {
  /** The app's own copy of the library. */
  readonly tf: TensorFlow;
  readonly embedding?: EmbeddingChoice;
}

/** Calls that wait to be read: each keeps its tensors until then. */
const MOST_WAITING = 8;
/** The library is asked for its memory at most so often, in ms. */
const MEMORY_EVERY = 1000;

/** What was taken of a measured call before the model ran. */
interface Before {
  readonly rows: number;
  readonly told: ObserveOptions;
  readonly indices: Int32Array | null;
  readonly inputs: Taken[];
  cost: number;
}

/** One model under one monitor. */
export class ModelWatch {
  readonly #tf: Library;
  readonly #options: WatchOptions;
  readonly #observer: CallObserver;
  readonly #reader: CallReader;
  readonly #queue: ReadQueue<Waiting>;
  readonly #inputNames: readonly string[];
  readonly #extra = new ExtraCost();
  /** The layer that is asked for with each measured call; null for none, and after it has failed. */
  #layer: string | null;
  #stopped = false;
  #memoryAt = Number.NEGATIVE_INFINITY;

  /** Throws SettingsError for what is no model. */
  constructor(model: object, monitor: Monitor, options: WatchOptions) {
    this.#tf = options.tf as unknown as Library;
    this.#options = options;
    this.#observer = new CallObserver(monitor, options);
    this.#layer = layerOf(options.embedding);
    this.#inputNames = inputNamesOf(model);
    this.#reader = new CallReader(this.#tf, this.#observer, featureOf(options.embedding));
    this.#queue = new ReadQueue(
      MOST_WAITING,
      (waiting) => this.#reader.read(waiting),
      (waiting) => {
        this.#reader.drop(waiting);
        this.#observer.skip(waiting.call.rows, waiting.call);
      },
    );
  }

  /** What stands for the methods of `model`, which is the model or stands for it already. */
  methods(model: object): Map<PropertyKey, (...args: never[]) => unknown> {
    const methods = new Map<PropertyKey, (...args: never[]) => unknown>();
    for (const method of methodsOf(model, this.#tf, this.#layer))
      methods.set(method.name, method.isAsync ? this.#async(method) : this.#sync(method));
    return methods;
  }

  stop(): void {
    this.#stopped = true;
    this.#reader.stop();
    this.#queue.close();
    this.#observer.close();
  }

  #sync(method: WatchedMethod) {
    return (...args: unknown[]): unknown => {
      if (this.#stopped) return method.plain(args);
      if (this.#observer.glances?.goesBy) {
        try {
          const result = method.plain(args);
          this.#goneBy(args);
          return result;
        } catch (error) {
          this.#failed(Number.NaN, args, null);
          throw error;
        }
      }
      const called = performance.now();
      const before = this.#before(args, called);
      // The clock is asked as seldom as may be: most calls of a busy model are only counted.
      const start = before === null ? called : performance.now();
      let ran: Ran;
      try {
        ran = this.#run(method, args, before !== null) as Ran;
      } catch (error) {
        this.#failed(performance.now() - start, args, before);
        throw error;
      }
      const end = performance.now();
      if (before === null) this.#skip(args, end - start, end);
      else this.#after(method, args, ran, before, end - start);
      return ran.result;
    };
  }

  #async(method: WatchedMethod) {
    return async (...args: unknown[]): Promise<unknown> => {
      if (this.#stopped) return method.plain(args);
      if (this.#observer.glances?.goesBy) {
        try {
          const result = await method.plain(args);
          this.#goneBy(args);
          return result;
        } catch (error) {
          this.#failed(Number.NaN, args, null);
          throw error;
        }
      }
      const called = performance.now();
      const before = this.#before(args, called);
      const start = before === null ? called : performance.now();
      let ran: Ran;
      try {
        ran = await this.#run(method, args, before !== null);
      } catch (error) {
        this.#failed(performance.now() - start, args, before);
        throw error;
      }
      const end = performance.now();
      if (before === null) this.#skip(args, end - start, end);
      else this.#after(method, args, ran, before, end - start);
      return ran.result;
    };
  }

  /** A call that nobody looked at. */
  #goneBy(args: readonly unknown[]): void {
    try {
      this.#observer.glances?.pass(rowsOfInput(args[0]));
    } catch (error) {
      this.#observer.problem('a call cannot be counted', error);
    }
  }

  /** Runs the model once; a second time only where it failed and the embedding may be the reason. */
  #run(method: WatchedMethod, args: readonly unknown[], measured: boolean): Ran | Promise<Ran> {
    if (!measured || this.#layer === null) return plainly(method, args);
    const again = (cause: unknown): Ran | Promise<Ran> => {
      // Where the app is the reason, its own call throws here.
      const ran = plainly(method, args);
      const blame = (result: Ran): Ran => {
        this.#observer.problem(`the layer "${this.#layer}" cannot be watched`, cause);
        this.#layer = null;
        return result;
      };
      return ran instanceof Promise ? ran.then(blame) : blame(ran);
    };
    try {
      const ran = method.withEmbedding(args);
      return ran instanceof Promise ? ran.catch(again) : ran;
    } catch (error) {
      return again(error);
    }
  }

  #before(args: readonly unknown[], start: number): Before | null {
    let before: Before | null = null;
    try {
      this.#observer.glances?.look(start);
      if (!this.#observer.budget.take(start) || !this.#queue.admits()) return null;
      const inputs = named(args[0], this.#inputNames);
      const rows = rowsOfInput(args[0]);
      const observed = inputs.filter(({ name }, i) => isNamed(this.#options.inputs, name, i));
      const indices = this.#drawn(rows, observed);
      before = { rows, told: this.#observer.told(args), indices, inputs: [], cost: 0 };
      for (const input of observed) before.inputs.push(take(this.#tf, input, indicesFor(input, before)));
      before.cost = performance.now() - start;
      return before;
    } catch (error) {
      for (const taken of before?.inputs ?? []) drop(taken);
      this.#observer.problem('the inputs of a call cannot be read', error);
      return null;
    }
  }

  #after(
    method: WatchedMethod,
    args: readonly unknown[],
    { result, embedding }: Ran,
    before: Before,
    ms: number,
  ): void {
    const start = performance.now();
    const outputs: Taken[] = [];
    let vectors: Tensor | null = embedding?.own ? this.#tf.keep(embedding.tensor) : null;
    try {
      const call = this.#call(ms, before.rows, start);
      if (this.#stopped) {
        for (const taken of before.inputs) drop(taken);
        vectors?.dispose();
        this.#observer.skip(call.rows, call);
        return;
      }
      const given = named(result, method.outputNames(args));
      for (const [i, output] of given.entries())
        if (isNamed(this.#options.outputs, output.name, i))
          outputs.push(take(this.#tf, output, indicesFor(output, before)));
      vectors ??= this.#vectors(embedding?.tensor ?? null, args, given);
      if (this.#layer !== null) this.#extra.asked(ms);
      const cost = before.cost + this.#extra.ms + performance.now() - start;
      this.#observer.budget.spend(cost);
      this.#queue.add({ call, ...before, outputs, vectors, cost });
    } catch (error) {
      for (const taken of [...before.inputs, ...outputs]) drop(taken);
      vectors?.dispose();
      this.#observer.problem('a call cannot be watched', error);
    }
  }

  /** A call that is only counted. */
  #skip(args: readonly unknown[], ms: number, now: number): void {
    try {
      if (this.#layer !== null) this.#extra.plain(ms);
      const call = this.#call(ms, rowsOfInput(args[0]), now);
      this.#observer.skip(call.rows, call);
    } catch (error) {
      this.#observer.problem('a call cannot be counted', error);
    }
  }

  /** The embedding where the app holds it too, or where a function makes it; ours to dispose of. */
  #vectors(tensor: Tensor | null, args: readonly unknown[], outputs: readonly NamedTensor[]): Tensor | null {
    const choice = this.#options.embedding;
    if (tensor !== null) return this.#tf.keep(tensor.clone());
    if (typeof choice !== 'object' || !('of' in choice)) return null;
    const inputs = named(args[0], this.#inputNames);
    return this.#tf.tidy(() => {
      const made = choice.of(
        outputs.map((output) => output.tensor),
        inputs.map((input) => input.tensor),
      );
      return this.#tf.keep(made.clone());
    });
  }

  #failed(ms: number, args: readonly unknown[], before: Before | null): void {
    try {
      for (const taken of before?.inputs ?? []) drop(taken);
      const rows = before?.rows ?? rowsOfInput(args[0]);
      this.#observer.call({ ...this.#call(ms, rows, performance.now()), failed: true });
    } catch (error) {
      this.#observer.problem('a call that failed cannot be counted', error);
    }
  }

  #call(ms: number, rows: number, now: number): ModelCall {
    const call = { ms, rows, backend: this.#tf.getBackend() };
    if (now - this.#memoryAt < MEMORY_EVERY) return call;
    this.#memoryAt = now;
    const { numTensors, numBytes } = this.#tf.memory();
    return { ...call, tensors: numTensors, tensorBytes: numBytes };
  }

  /** Rows to read where a call has more than may be; null for all. */
  #drawn(rows: number, inputs: readonly NamedTensor[]): Int32Array | null {
    const width = Math.max(1, ...inputs.map(({ tensor }) => widthOf(tensor.shape)), this.#reader.width);
    const most = Math.max(1, Math.floor(this.#observer.mostValues / width));
    return rows > most ? drawRows(rows, most) : null;
  }
}

function plainly(method: WatchedMethod, args: readonly unknown[]): Ran | Promise<Ran> {
  const result = method.plain(args);
  const ran = (given: unknown): Ran => ({ result: given, embedding: null });
  return method.isAsync ? (result as Promise<unknown>).then(ran) : ran(result);
}

/** Rows of the first tensor of a call's inputs. */
function rowsOfInput(input: unknown): number {
  if (isTensor(input)) return rowsOf(input.shape);
  if (typeof input !== 'object' || input === null) return 1;
  const first: unknown = Array.isArray(input) ? input[0] : Object.values(input)[0];
  return isTensor(first) ? rowsOf(first.shape) : 1;
}

/** A tensor of another number of rows is read whole. */
function indicesFor({ tensor }: NamedTensor, { rows, indices }: Before): Int32Array | null {
  return rowsOf(tensor.shape) === rows ? indices : null;
}

function layerOf(choice: EmbeddingChoice | undefined): string | null {
  if (typeof choice !== 'object') return choice ?? null;
  return 'layer' in choice ? choice.layer : null;
}

function featureOf(choice: EmbeddingChoice | undefined): string {
  if (typeof choice !== 'object') return choice ?? '';
  return choice.name ?? layerOf(choice) ?? '';
}
