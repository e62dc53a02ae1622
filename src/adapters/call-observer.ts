// SPDX-License-Identifier: Apache-2.0

import { messageOf } from '../errors.js';
import type { EmbeddingSums } from '../monitor/embedding-sums.js';
import type { ModelCall, Monitor, ObserveOptions } from '../monitor/monitor.js';
import { type ModelColumns, type Part, partsOf } from './columns.js';
import { Glances } from './glances.js';
import { ReadBudget } from './read-budget.js';
import { hasNonFinite, type ReadTensor } from './read-tensor.js';

/** What an app says about the rows of one call. `args` are those of the call; asked before the model runs. */
export type OfCall<T> = T | ((args: readonly unknown[]) => T);

/** Options of every adapter. */
export interface AdapterOptions {
  /** What the inputs hold; left out, they are not observed. */
  readonly inputs?: ModelColumns;
  /** What the outputs hold; left out, they are not observed. */
  readonly outputs?: ModelColumns;
  /** Prediction ids, by which labels are joined. */
  readonly ids?: (args: readonly unknown[]) => NonNullable<ObserveOptions['ids']>;
  /** Event times; default now. */
  readonly times?: (args: readonly unknown[]) => NonNullable<ObserveOptions['times']>;
  /** Version of the model. */
  readonly version?: OfCall<string>;
  /** Slice keys and their values. */
  readonly slices?: OfCall<NonNullable<ObserveOptions['slices']>>;
  readonly sampling?: {
    /**
     * Share of main-thread time that reading and observing may take. Default: .01 for all watched models of the page that say
     * nothing here, in equal parts; five times as much in the first minute, until 250 ms (25 s of the share) have been taken beyond
     * it. Calls beyond are left out uniformly and counted as skipped. 1 measures every call.
     */
    readonly share?: number;
    /** Most values that are read of one tensor in one call; of more, rows are drawn. Default 65,536. */
    readonly values?: number;
  };
}

/** What was read of one call. */
export interface CallRows {
  readonly inputs: readonly ReadTensor[];
  readonly outputs: readonly ReadTensor[];
  /** Further parts of the same rows: embeddings. */
  readonly parts?: readonly Part[];
  readonly sums?: readonly EmbeddingSums[];
}

/** What the model calls its tensors, to say so where an app calls them otherwise. */
export interface TensorNames {
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
}

const MOST_PROBLEMS = 32;
const NONE = { calls: 0, rows: 0 };
/** What a call costs that goes by, and one that is looked at only, in ms: both are part of the share. */
const PASS_MS = 0.0005;
const LOOK_MS = 0.004;

/** The way from an adapter to its monitor: what was read becomes rows, what was left out is counted, nothing is thrown. */
export class CallObserver {
  /** Most values that are read of a tensor. */
  readonly mostValues: number;
  readonly #monitor: Monitor;
  readonly #options: AdapterOptions;
  readonly #names: TensorNames;
  readonly #budget: ReadBudget;
  /** Null where each call is measured. */
  readonly #glances: Glances | null;
  readonly #problems = new Set<string>();
  #skipped = 0;
  #isClosed = false;
  /** ms that were spent and that the monitor does not know of yet. */
  #untold = 0;
  /** Of the model, as it was told last. */
  #version: string | undefined;

  constructor(monitor: Monitor, options: AdapterOptions, names: TensorNames = {}) {
    this.#monitor = monitor;
    this.#options = options;
    this.#names = names;
    const share = options.sampling?.share;
    this.#budget = new ReadBudget(share);
    this.#glances = share !== undefined && share >= 1 ? null : new Glances();
    this.mostValues = Math.max(1, options.sampling?.values ?? 65_536);
  }

  /** What the app says about a call's rows. Throws what the app's functions throw. */
  told(args: readonly unknown[]): ObserveOptions {
    const { ids, times, version, slices } = this.#options;
    this.#version = typeof version === 'function' ? version(args) : version;
    return {
      ...(ids && { ids: ids(args) }),
      // Rows may be observed later than they were predicted.
      times: times ? times(args) : Date.now(),
      ...(this.#version !== undefined && { version: this.#version }),
      ...(slices && { slices: typeof slices === 'function' ? slices(args) : slices }),
    };
  }

  /** Whether there is a share to keep within. */
  get isLimited(): boolean {
    return this.#glances !== null;
  }

  /** Whether the call that comes goes by without a look: it is counted, and its rows are told with `passed` once they are known. */
  passes(): boolean {
    return this.#glances?.pass() ?? false;
  }

  /** Rows of a call that went by. */
  passed(rows: number): void {
    this.#glances?.add(rows);
    if (this.#isClosed) this.close();
  }

  /** Whether a call that is looked at, and comes `now`, is to be measured. */
  measures(now: number): boolean {
    this.#glances?.look(now);
    return this.#budget.take(now);
  }

  /** A piece of the cost of a measured call, ms of main-thread time. */
  spend(ms: number): void {
    this.#budget.spend(ms);
    this.#untold += ms;
  }

  /** What a measured call has cost in all: the sum of its pieces. */
  finish(ms: number): void {
    this.#budget.finish(ms);
  }

  /** A call that was not measured. */
  skip(rows: number, call?: ModelCall): void {
    this.#skipped += rows;
    if (this.#glances !== null) this.spend(LOOK_MS);
    if (call) this.call(call);
    if (this.#isClosed) this.close();
  }

  /** Tells of a call, and of those that went by before it. */
  call(call: ModelCall): void {
    const { calls, rows } = this.#unseen();
    try {
      const ownMs = this.#unknownMs();
      this.#monitor.call({
        ...call,
        ...(ownMs > 0 && { ownMs }),
        ...(calls + rows > 0 && { calls: (call.calls ?? 1) + calls, rows: call.rows + rows }),
      });
    } catch (error) {
      this.problem('a call cannot be counted', error);
    }
  }

  /** A measured call of which `indices` were read (null: all rows), of `call.rows`. */
  observe(read: CallRows, told: ObserveOptions, call: ModelCall, indices: Int32Array | null): void {
    const nonFinite = read.outputs.some(({ values }) => hasNonFinite(values));
    this.call(nonFinite ? { ...call, nonFinite } : call);
    const { inputs, outputs } = this.#options;
    const parts = [
      ...(inputs ? partsOf(read.inputs, inputs, this.#names.inputs) : []),
      ...(outputs ? partsOf(read.outputs, outputs, this.#names.outputs) : []),
      ...(read.parts ?? []),
    ];
    if (parts.length === 0) return;
    const skipped = this.#skipped + (indices ? call.rows - indices.length : 0);
    this.#skipped = 0;
    const start = performance.now();
    this.#monitor.observe(parts.length === 1 ? parts[0]! : { parts }, {
      ...(indices ? toldOf(told, indices) : told),
      ...(skipped > 0 && { skipped }),
      ...(read.sums && { sums: read.sums }),
    });
    // The monitor counts this itself; here it is spent later, with the rest of the call.
    this.#untold -= performance.now() - start;
  }

  /** No call will come any more: what has not been told yet is. What was being read still may be left out. */
  close(): void {
    this.#isClosed = true;
    try {
      const { calls, rows } = this.#unseen();
      if (calls + rows > 0) this.#monitor.call({ ms: Number.NaN, calls, rows, ownMs: this.#unknownMs() });
      const skipped = this.#skipped;
      this.#skipped = 0;
      const version = this.#version === undefined ? {} : { version: this.#version };
      if (skipped > 0) this.#monitor.observe({ columns: {} }, { skipped, ...version });
    } catch (error) {
      this.problem('the calls that were left out cannot be counted', error);
    }
  }

  embeddingPlan(name: string): ReturnType<Monitor['embeddingPlan']> {
    return this.#monitor.embeddingPlan(name);
  }

  /** ms that have been spent and that the monitor does not know of yet: from now on it does. */
  #unknownMs(): number {
    const ms = Math.max(0, this.#untold);
    this.#untold -= ms;
    return ms;
  }

  /** Calls that went by: their rows are left out. */
  #unseen(): { readonly calls: number; readonly rows: number } {
    const unseen = this.#glances?.take() ?? NONE;
    this.#skipped += unseen.rows;
    if (unseen.calls > 0) this.spend(PASS_MS * unseen.calls);
    return unseen;
  }

  /** Told to the monitor, once for each message. */
  problem(doing: string, cause: unknown): void {
    const message = `${doing}: ${messageOf(cause)}`;
    if (this.#problems.has(message) || this.#problems.size >= MOST_PROBLEMS) return;
    this.#problems.add(message);
    try {
      const error = new Error(message, { cause });
      if (cause instanceof Error) error.name = cause.name;
      this.#monitor.problem(error);
    } catch {
      // Nobody is left to tell.
    }
  }
}

/** What was told of the rows that were drawn. */
function toldOf({ ids, times, slices, ...rest }: ObserveOptions, indices: Int32Array): ObserveOptions {
  const pick = <T>(list: ArrayLike<T>): T[] => Array.from(indices, (i) => list[i]!);
  return {
    ...rest,
    ...(ids !== undefined && { ids: typeof ids === 'object' ? pick(ids) : ids }),
    ...(times !== undefined && { times: isList(times) ? pick(times) : times }),
    ...(slices && {
      slices: Object.fromEntries(
        Object.entries(slices).map(([key, value]) => [key, typeof value === 'string' ? value : pick(value)]),
      ),
    }),
  };
}

function isList(times: NonNullable<ObserveOptions['times']>): times is ArrayLike<number> {
  return typeof times === 'object' && !(times instanceof Date);
}
