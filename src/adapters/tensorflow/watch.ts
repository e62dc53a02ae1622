// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../../errors.js';
import type { ModelCall, Monitor, ObserveOptions } from '../../monitor/monitor.js';
import { type AdapterOptions, CallObserver } from '../call-observer.js';
import { isNamed } from '../columns.js';
import { ReadQueue } from '../read-queue.js';
import { drawRows, rowsOf, widthOf } from '../read-tensor.js';
import { WatchedCalls } from '../watched-calls.js';
import { AskedLayer } from './asked-layer.js';
import { type EmbeddingChoice, featureOf, layerOf, madeVectors } from './embedding-choice.js';
import { ExtraCost } from './extra-cost.js';
import { CallReader, type Waiting } from './read-call.js';
import { inputNamesOf, methodsOf, outputNamesOf, type Ran, type WatchedMethod } from './runs.js';
import { drop, type Taken, take } from './take.js';
import { isTensor, type Library, type NamedTensor, named, type Tensor, type TensorFlow } from './types.js';

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
  readonly #calls: WatchedCalls<WatchedMethod, Before>;
  readonly #reader: CallReader;
  readonly #queue: ReadQueue<Waiting>;
  readonly #inputNames: readonly string[];
  readonly #extra = new ExtraCost();
  readonly #layer: AskedLayer;
  #memoryAt = Number.NEGATIVE_INFINITY;

  /** Throws SettingsError for what is no model, or where the library is missing. */
  constructor(model: object, monitor: Monitor, options: WatchOptions) {
    if (typeof options?.tf?.getBackend !== 'function')
      throw new DriftglassError('SettingsError', 'watch: give `tf`, the namespace of "@tensorflow/tfjs"');
    this.#tf = options.tf as unknown as Library;
    this.#options = options;
    this.#inputNames = inputNamesOf(model);
    this.#observer = new CallObserver(monitor, options, {
      inputs: this.#inputNames,
      outputs: outputNamesOf(model),
    });
    this.#calls = new WatchedCalls(this.#observer, {
      plain: (method, args) => method.plain(args),
      before: (args, start) => this.#before(args, start),
      measured: (method, args) => this.#layer.run(method, args),
      after: (method, args, ran, before, ms) => this.#after(method, args, ran as Ran, before, ms),
      leave: (before, ran) => this.#leave(before, ran as Ran | undefined),
      rows: ([input]) => rowsOfInput(input),
      call: (ms, rows, now) => this.#call(ms, rows, now),
      skipped: (ms) => this.#extra.plain(ms),
    });
    this.#layer = new AskedLayer(layerOf(options.embedding), (doing, cause) =>
      this.#observer.problem(doing, cause),
    );
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
    for (const method of methodsOf(model, this.#tf, this.#layer.name))
      methods.set(method.name, (...args) => this.#calls.run(method, args));
    return methods;
  }

  stop(): void {
    this.#reader.stop();
    this.#queue.close();
    this.#calls.stop();
  }

  #before(args: readonly unknown[], start: number): Before | null {
    if (this.#layer.name !== null && this.#observer.isLimited && this.#extra.wantsPlain) return null;
    if (!this.#queue.admits()) return null;
    const inputs = named(args[0], this.#inputNames);
    const rows = rowsOfInput(args[0]);
    const observed = inputs.filter(({ name }, i) => isNamed(this.#options.inputs, name, i, inputs.length));
    const indices = this.#drawn(rows, observed);
    const before: Before = { rows, told: this.#observer.told(args), indices, inputs: [], cost: 0 };
    try {
      for (const input of observed) before.inputs.push(take(this.#tf, input, indicesFor(input, before)));
    } catch (error) {
      this.#leave(before);
      throw error;
    }
    before.cost = performance.now() - start;
    return before;
  }

  #leave(before: Before, ran?: Ran): unknown {
    for (const taken of before.inputs) drop(taken);
    if (ran?.embedding?.own) ran.embedding.tensor.dispose();
    return ran?.result;
  }

  #after(
    method: WatchedMethod,
    args: readonly unknown[],
    { result, embedding }: Ran,
    before: Before,
    ms: number,
  ): unknown {
    const start = performance.now();
    const outputs: Taken[] = [];
    let vectors: Tensor | null = embedding?.own ? this.#tf.keep(embedding.tensor) : null;
    try {
      const call = this.#call(ms, before.rows, start);
      const given = named(result, method.outputNames(args));
      for (const [i, output] of given.entries())
        if (isNamed(this.#options.outputs, output.name, i, given.length))
          outputs.push(take(this.#tf, output, indicesFor(output, before)));
      vectors ??= this.#vectors(embedding?.tensor ?? null, args, given);
      if (this.#layer.name !== null) this.#extra.asked(ms);
      const cost = before.cost + this.#extra.ms + performance.now() - start;
      this.#observer.spend(cost);
      this.#queue.add({ call, ...before, outputs, vectors, cost });
    } catch (error) {
      for (const taken of [...before.inputs, ...outputs]) drop(taken);
      vectors?.dispose();
      this.#observer.problem('a call cannot be watched', error);
    }
    return result;
  }

  /** The embedding where the app holds it too, or where a function makes it; ours to dispose of. */
  #vectors(tensor: Tensor | null, args: readonly unknown[], outputs: readonly NamedTensor[]): Tensor | null {
    if (tensor !== null) return this.#tf.keep(tensor.clone());
    return madeVectors(this.#tf, this.#options.embedding, outputs, () => named(args[0], this.#inputNames));
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
