// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingSums } from '../../monitor/embedding-sums.js';
import type { ModelCall, Monitor, ObserveOptions } from '../../monitor/monitor.js';
import { type AdapterOptions, CallObserver } from '../call-observer.js';
import { isNamed, type Part } from '../columns.js';
import { PlanAtHand, readFloats } from '../gpu-rows.js';
import { ReadQueue } from '../read-queue.js';
import { everyNth, type ReadTensor, rowsOf, widthOf } from '../read-tensor.js';
import { WatchedCalls } from '../watched-calls.js';
import {
  entriesOf,
  isInGpuBuffer,
  isOnProcessor,
  type OnnxRuntime,
  type OrtTensor,
  type OrtTensors,
  readOrtTensor,
  type Session,
} from './tensors.js';

export interface SessionOptions extends AdapterOptions {
  /** The app's own copy of the library: needed where outputs stay in GPU buffers. */
  readonly ort?: OnnxRuntime;
  /** The output that is observed as an embedding, also where the app does not ask for it, and the feature's name (default: the output's). */
  readonly embedding?: string | { readonly output: string; readonly name?: string };
  /** Execution provider, for the system's view ("wasm", "webgpu"). */
  readonly backend?: string;
}

/** Calls whose values wait to be handed over. */
const MOST_WAITING = 8;

interface Before {
  readonly rows: number;
  readonly told: ObserveOptions;
  readonly indices: Int32Array | null;
  readonly inputs: readonly ReadTensor[];
  /** The app's arguments with the embedding asked for as well; null where they ask for it, or for all. */
  readonly asking: readonly unknown[] | null;
  readonly cost: number;
}

interface Waiting {
  readonly call: ModelCall;
  readonly before: Before;
  readonly outputs: readonly (ReadTensor | Promise<ReadTensor | null>)[];
  readonly embedding:
    | { parts?: readonly Part[] }
    | Promise<{ sums?: readonly EmbeddingSums[]; parts?: readonly Part[] }>;
  readonly cost: number;
}

/** One session under one monitor. */
export class SessionWatch {
  readonly #session: Session;
  readonly #options: SessionOptions;
  readonly #observer: CallObserver;
  readonly #calls: WatchedCalls<null, Before>;
  readonly #queue: ReadQueue<Waiting>;
  /** Name of the output, and of the feature. */
  readonly #output: string | null;
  readonly #feature: string;
  readonly #plan: PlanAtHand;
  #device: GPUDevice | null = null;
  #width = 1;
  #stopped = false;

  constructor(session: Session, monitor: Monitor, options: SessionOptions) {
    const { embedding } = options;
    this.#session = session;
    this.#options = options;
    this.#observer = new CallObserver(monitor, options, {
      inputs: session?.inputNames,
      outputs: session?.outputNames,
    });
    const run = (args: readonly unknown[]) => Reflect.apply(session.run, session, args);
    this.#calls = new WatchedCalls(this.#observer, {
      plain: (_, args) => run(args),
      before: (args, start) => this.#before(args, start),
      measured: (_, args, { asking }) => run(asking ?? args),
      after: (_way, _args, ran, before, ms) => this.#after(ran as OrtTensors, before, ms),
      leave: (before, ran) => ran && this.#leave(ran as OrtTensors, before),
      rows: ([feeds]) => this.#rowsOf(feeds),
      call: (ms, rows) => this.#call(ms, rows),
    });
    this.#output = (typeof embedding === 'object' ? embedding.output : embedding) ?? null;
    this.#feature = (typeof embedding === 'object' ? embedding.name : null) ?? this.#output ?? '';
    this.#plan = new PlanAtHand(this.#observer, this.#feature);
    this.#queue = new ReadQueue(
      MOST_WAITING,
      (waiting) => this.#observe(waiting),
      ({ call }) => this.#observer.skip(call.rows, call),
    );
    if (typeof session?.run !== 'function') throw new Error('watchSession: this is no InferenceSession');
    if (this.#output !== null && !session.outputNames.includes(this.#output)) {
      this.#observer.problem(
        'the embedding cannot be watched',
        `the session has no output "${this.#output}"`,
      );
      this.#output = null;
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#queue.close();
    this.#plan.forget();
    this.#calls.stop();
  }

  /** Stands for `run`. */
  readonly run = (...args: unknown[]): unknown => this.#calls.run(null, args);

  #before(args: readonly unknown[], start: number): Before | null {
    if (!this.#queue.admits()) return null;
    const feeds = entriesOf(args[0] as OrtTensors, this.#session.inputNames);
    const rows = this.#rowsOf(args[0]);
    const observed = feeds.filter(({ name, index }) =>
      isNamed(this.#options.inputs, name, index, feeds.length),
    );
    const width = Math.max(this.#width, ...observed.map(({ tensor }) => widthOf(tensor.dims)));
    const indices = everyNth(rows, Math.max(1, Math.floor(this.#observer.mostValues / width)));
    const inputs = observed.flatMap(
      ({ tensor, ...place }) => readOrtTensor(place, tensor, rowsIn(tensor, rows, indices)) ?? [],
    );
    const told = this.#observer.told(args);
    return {
      rows,
      told,
      indices,
      inputs,
      asking: this.#asking(args),
      cost: performance.now() - start,
    };
  }

  #asking([feeds, fetches, ...rest]: readonly unknown[]): readonly unknown[] | null {
    if (this.#output === null) return null;
    if (Array.isArray(fetches))
      return fetches.includes(this.#output) ? null : [feeds, [...fetches, this.#output], ...rest];
    if (!isFetches(fetches, this.#session.outputNames) || this.#output in fetches) return null;
    return [feeds, { ...fetches, [this.#output]: null }, ...rest];
  }

  #after(ran: OrtTensors, before: Before, ms: number): OrtTensors {
    const start = performance.now();
    try {
      const given = entriesOf(this.#given(ran, before), this.#session.outputNames);
      const seen = given
        .filter(({ name, index }) => isNamed(this.#options.outputs, name, index, given.length))
        .map(({ tensor, ...place }) =>
          this.#read(place, tensor, rowsIn(tensor, before.rows, before.indices)),
        );
      const columns = before.inputs.length + seen.length > 0;
      const embedded = this.#output === null ? undefined : ran[this.#output];
      const embedding = embedded ? this.#embedding(embedded, before, columns) : {};
      const cost = before.cost + performance.now() - start;
      this.#observer.spend(cost);
      this.#queue.add({ call: this.#call(ms, before.rows), before, outputs: seen, embedding, cost });
    } catch (error) {
      this.#observer.problem('a call cannot be watched', error);
    }
    return this.#leave(ran, before);
  }

  /** What the app asked for. */
  #given(ran: OrtTensors, { asking }: Before): OrtTensors {
    if (asking === null) return ran;
    return Object.fromEntries(Object.entries(ran).filter(([name]) => name !== this.#output));
  }

  /** The same; what only we have goes: nobody else will let go of it. */
  #leave(ran: OrtTensors, before: Before): OrtTensors {
    if (before.asking !== null && this.#output !== null) ran[this.#output]?.dispose?.();
    return this.#given(ran, before);
  }

  /** Values as they are now; of those in a GPU buffer a copy is under way when this returns. */
  #read(
    place: Pick<ReadTensor, 'name' | 'index'>,
    tensor: OrtTensor,
    indices: Int32Array | null,
  ): ReadTensor | Promise<ReadTensor | null> {
    if (isOnProcessor(tensor)) return readOrtTensor(place, tensor, indices)!;
    const device = this.#deviceAtHand();
    if (device === null || !isInGpuBuffer(tensor)) return Promise.resolve(null);
    const { dims } = tensor;
    const read = readFloats(device, tensor.gpuBuffer!, rowsOf(dims) * widthOf(dims));
    return awaited(read.then((data) => readOrtTensor(place, { dims, type: 'float32', data }, indices)));
  }

  #embedding(tensor: OrtTensor, { rows, indices }: Before, columns: boolean): Waiting['embedding'] {
    const dimension = widthOf(tensor.dims);
    this.#width = Math.max(this.#width, dimension);
    const device = isInGpuBuffer(tensor) && columns ? this.#deviceAtHand() : null;
    const measured =
      device && this.#plan.measure(device, tensor.gpuBuffer!, shapeOf(dimension, rows, indices));
    if (measured) {
      return measured.partial.then(
        (partial) => ({ sums: [{ name: this.#feature, frameId: measured.frameId, partial }] }),
        () => ({}),
      );
    }
    const part = (read: ReadTensor | null) =>
      read === null
        ? {}
        : { parts: [{ matrix: read.values as ArrayLike<number>, embedding: this.#feature, dimension }] };
    const read = this.#read({ name: this.#feature }, tensor, rowsIn(tensor, rows, indices));
    return read instanceof Promise ? awaited(read.then(part)) : part(read);
  }

  async #observe({ call, before, outputs, embedding, cost }: Waiting): Promise<void> {
    try {
      const [given, vectors] = await Promise.all([Promise.all(outputs), embedding]);
      if (this.#stopped) {
        this.#observer.skip(call.rows, call);
        return;
      }
      const start = performance.now();
      const read = given.filter((tensor) => tensor !== null);
      if (read.length < given.length) {
        // In a buffer that cannot be read yet, or at all.
        this.#observer.skip(call.rows, call);
        return;
      }
      const seen = { inputs: before.inputs, outputs: read, ...vectors };
      this.#observer.observe(seen, before.told, call, before.indices);
      const ms = performance.now() - start;
      this.#observer.spend(ms);
      this.#observer.finish(cost + ms);
    } catch (error) {
      this.#observer.problem('a call cannot be read', error);
    }
  }

  /** Of the first input. */
  #rowsOf(feeds: unknown): number {
    const tensors = (feeds ?? {}) as OrtTensors;
    for (const name of this.#session.inputNames)
      if (name in tensors) return rowsOf(tensors[name]?.dims ?? []);
    return 1;
  }

  #call(ms: number, rows: number): ModelCall {
    const { backend } = this.#options;
    return { ms, rows, ...(backend !== undefined && { backend }) };
  }

  /** The library tells its device when it has one, by a promise; until that has come there is none. */
  #deviceAtHand(): GPUDevice | null {
    if (this.#device === null) {
      const { webgpu } = (this.#options.ort?.env ?? {}) as {
        webgpu?: { device?: GPUDevice | Promise<GPUDevice> };
      };
      void Promise.resolve(webgpu?.device).then(
        (device) => {
          this.#device = device ?? null;
        },
        () => {},
      );
      void this.#plan.asked();
    }
    return this.#device;
  }
}

/** The second argument of `run` may be fetches or options; as the library, we tell by the names. */
function isFetches(value: unknown, outputNames: readonly string[]): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && outputNames.some((name) => name in value);
}

/** A promise that may be left behind: its rejection is looked at where it is awaited, if it is. */
function awaited<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** A tensor of another number of rows is read whole. */
function rowsIn({ dims }: OrtTensor, rows: number, indices: Int32Array | null): Int32Array | null {
  return rowsOf(dims) === rows ? indices : null;
}

/** Rows at even steps, as `everyNth` gives them. */
function shapeOf(dimension: number, rows: number, indices: Int32Array | null) {
  if (indices === null) return { rows, dimension };
  const step = indices.length > 1 ? indices[1]! - indices[0]! : 1;
  return { rows: indices.length, dimension, offset: indices[0]! * dimension, stride: step * dimension };
}
