// SPDX-License-Identifier: Apache-2.0
import type { ModelCall, Monitor, Observed, ObserveOptions } from '../monitor/monitor.js';
import { CallObserver } from './call-observer.js';
import { type Part, partsOfObserved } from './columns.js';
import { hasNonFinite } from './read-tensor.js';
import { WatchedCalls } from './watched-calls.js';

// biome-ignore lint/suspicious/noExplicitAny: whatever the app's function takes
export type AnyFunction = (...args: any[]) => unknown;

export interface FunctionOptions<F extends AnyFunction> {
  /** Rows of the arguments; asked before the function runs. */
  readonly inputs?: (...args: Parameters<F>) => Observed;
  /** Rows of the result, as many as of the inputs. */
  readonly outputs?: (result: Awaited<ReturnType<F>>, ...args: Parameters<F>) => Observed;
  readonly ids?: (...args: Parameters<F>) => NonNullable<ObserveOptions['ids']>;
  readonly times?: (...args: Parameters<F>) => NonNullable<ObserveOptions['times']>;
  readonly version?: string | ((...args: Parameters<F>) => string);
  readonly slices?: Slices | ((...args: Parameters<F>) => Slices);
  /** Rows of a call that is not measured. Default: as many as those that are have on average. */
  readonly rows?: (...args: Parameters<F>) => number;
  /** Where it runs, for the system's view ("api"). */
  readonly backend?: string;
  /** As of the other adapters: share of main-thread time; default .01 for all of the page. */
  readonly sampling?: { readonly share?: number };
}

type Slices = NonNullable<ObserveOptions['slices']>;

interface Before {
  readonly parts: readonly Part[];
  readonly told: ObserveOptions;
  readonly cost: number;
}

/** One function under one monitor. A call is told apart by its `this`. */
export class FunctionWatch<F extends AnyFunction> {
  readonly #observer: CallObserver;
  readonly #options: FunctionOptions<F>;
  readonly #calls: WatchedCalls<unknown, Before>;
  /** Of the calls that were measured. */
  #measured = 0;
  #rows = 0;

  constructor(fn: F, monitor: Monitor, options: FunctionOptions<F>) {
    const { ids, times, version, slices, sampling } = options;
    const spread =
      <T>(ask: (...args: Parameters<F>) => T) =>
      (args: readonly unknown[]): T =>
        ask(...(args as Parameters<F>));
    this.#options = options;
    this.#observer = new CallObserver(monitor, {
      ...(ids && { ids: spread(ids) }),
      ...(times && { times: spread(times) }),
      ...(version !== undefined && { version: typeof version === 'function' ? spread(version) : version }),
      ...(slices && { slices: typeof slices === 'function' ? spread(slices) : slices }),
      ...(sampling && { sampling }),
    });
    const plain = (self: unknown, args: readonly unknown[]) => Reflect.apply(fn, self, args as Parameters<F>);
    this.#calls = new WatchedCalls(this.#observer, {
      plain,
      before: (args, start) => this.#before(args as Parameters<F>, start),
      measured: plain,
      after: (_, args, result, before, ms) => {
        this.#after(result as Awaited<ReturnType<F>>, args as Parameters<F>, before, ms);
        return result;
      },
      leave: (_, result) => result,
      rows: (args) => this.#rowsOf(args as Parameters<F>),
      call: (ms, rows) => this.#call(ms, rows),
    });
  }

  stop(): void {
    this.#calls.stop();
  }

  call(self: unknown, args: readonly unknown[]): unknown {
    return this.#calls.run(self, args);
  }

  #before(args: Parameters<F>, start: number): Before {
    const { inputs } = this.#options;
    const parts = inputs ? partsOfObserved(inputs(...args)) : [];
    return { parts, told: this.#observer.told(args), cost: performance.now() - start };
  }

  #after(result: Awaited<ReturnType<F>>, args: Parameters<F>, before: Before, ms: number): void {
    const start = performance.now();
    try {
      const { outputs } = this.#options;
      const given = outputs ? partsOfObserved(outputs(result, ...args)) : [];
      const parts = [...before.parts, ...given];
      const rows = parts[0] ? rowsOfPart(parts[0]) : 1;
      this.#measured++;
      this.#rows += rows;
      const call = this.#call(ms, rows);
      const nonFinite = given.some((part) => columnsOf(part).some(hasNonFinite));
      this.#observer.observe(
        { inputs: [], outputs: [], parts },
        before.told,
        nonFinite ? { ...call, nonFinite } : call,
        null,
      );
    } catch (error) {
      this.#observer.problem('a call cannot be watched', error);
    }
    const cost = before.cost + performance.now() - start;
    this.#observer.spend(cost);
    this.#observer.finish(cost);
  }

  /** How many rows a call holds is known where `inputs` or `outputs` are asked, which is of measured calls alone. */
  #rowsOf(args: Parameters<F>): number {
    return this.#options.rows?.(...args) ?? Math.round(this.#rows / this.#measured || 1);
  }

  #call(ms: number, rows: number): ModelCall {
    const { backend } = this.#options;
    return { ms, rows, ...(backend !== undefined && { backend }) };
  }
}

function columnsOf(part: Part): ArrayLike<unknown>[] {
  return 'columns' in part ? Object.values(part.columns) : [part.matrix];
}

function rowsOfPart(part: Part): number {
  if ('columns' in part) return Object.values(part.columns)[0]?.length ?? 0;
  const width = 'dimension' in part ? part.dimension : part.names.length;
  return Math.floor(part.matrix.length / Math.max(1, width));
}
