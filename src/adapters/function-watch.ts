// SPDX-License-Identifier: Apache-2.0
import type { ModelCall, Monitor, Observed, ObserveOptions } from '../monitor/monitor.js';
import { CallObserver } from './call-observer.js';
import { type Part, partsOfObserved } from './columns.js';
import { hasNonFinite } from './read-tensor.js';

// biome-ignore lint/suspicious/noExplicitAny: whatever the app's function takes
export type AnyFunction = (...args: any[]) => unknown;

export interface FunctionOptions<F extends AnyFunction> {
  /** Rows of the arguments; asked before the function runs. */
  readonly inputs?: (...args: Parameters<F>) => Observed;
  /** Rows of the result, as many as of the inputs. */
  readonly outputs?: (result: Awaited<ReturnType<F>>, ...args: Parameters<F>) => Observed;
  readonly ids?: (...args: Parameters<F>) => NonNullable<ObserveOptions['ids']>;
  readonly times?: (...args: Parameters<F>) => NonNullable<ObserveOptions['times']>;
  readonly version?: string;
  readonly slices?: (...args: Parameters<F>) => NonNullable<ObserveOptions['slices']>;
  /** Where it runs, for the system's view ("api"). */
  readonly backend?: string;
  /** As of the other adapters: share of main-thread time; default .01. */
  readonly sampling?: { readonly share?: number };
}

interface Before {
  readonly parts: readonly Part[];
  readonly told: ObserveOptions;
  readonly cost: number;
}

/** One function under one monitor. */
export class FunctionWatch<F extends AnyFunction> {
  readonly #observer: CallObserver;
  readonly #options: FunctionOptions<F>;
  #stopped = false;

  constructor(monitor: Monitor, options: FunctionOptions<F>) {
    const { ids, times, version, slices, sampling } = options;
    const spread =
      <T>(ask: (...args: Parameters<F>) => T) =>
      (args: readonly unknown[]): T =>
        ask(...(args as Parameters<F>));
    this.#options = options;
    this.#observer = new CallObserver(monitor, {
      ...(ids && { ids: spread(ids) }),
      ...(times && { times: spread(times) }),
      ...(version !== undefined && { version }),
      ...(slices && { slices: spread(slices) }),
      ...(sampling && { sampling }),
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#observer.close();
  }

  call(fn: F, self: unknown, args: Parameters<F>): unknown {
    if (this.#stopped) return Reflect.apply(fn, self, args);
    if (this.#observer.glances?.goesBy) return this.#goesBy(fn, self, args);
    const called = performance.now();
    const before = this.#before(args, called);
    const start = before === null ? called : performance.now();
    const after = (result: unknown) =>
      this.#after(result as Awaited<ReturnType<F>>, args, before, performance.now() - start);
    const failed = () => this.#observer.call({ ...this.#call(performance.now() - start, 1), failed: true });
    let result: unknown;
    try {
      result = Reflect.apply(fn, self, args);
    } catch (error) {
      failed();
      throw error;
    }
    if (!isThenable(result)) {
      after(result);
      return result;
    }
    // The app gets the very promise that its function gave; a rejection stays its own to handle.
    result.then(after, failed);
    return result;
  }

  /** A call that nobody looks at. */
  #goesBy(fn: F, self: unknown, args: Parameters<F>): unknown {
    // It has been counted.
    const failed = () => this.#observer.call({ ...this.#call(Number.NaN, 0), calls: 0, failed: true });
    this.#observer.glances?.pass(1);
    try {
      const result: unknown = Reflect.apply(fn, self, args);
      if (isThenable(result)) result.then(undefined, failed);
      return result;
    } catch (error) {
      failed();
      throw error;
    }
  }

  #before(args: Parameters<F>, start: number): Before | null {
    try {
      this.#observer.glances?.look(start);
      if (!this.#observer.budget.take(start)) return null;
      const { inputs } = this.#options;
      const parts = inputs ? partsOfObserved(inputs(...args)) : [];
      return { parts, told: this.#observer.told(args), cost: performance.now() - start };
    } catch (error) {
      this.#observer.problem('the inputs of a call cannot be read', error);
      return null;
    }
  }

  #after(result: Awaited<ReturnType<F>>, args: Parameters<F>, before: Before | null, ms: number): void {
    if (this.#stopped) return;
    if (before === null) {
      this.#observer.skip(1, this.#call(ms, 1));
      return;
    }
    const start = performance.now();
    try {
      const { outputs } = this.#options;
      const given = outputs ? partsOfObserved(outputs(result, ...args)) : [];
      const parts = [...before.parts, ...given];
      const call = this.#call(ms, parts[0] ? rowsOfPart(parts[0]) : 1);
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
    this.#observer.budget.spend(cost);
    this.#observer.budget.finish(cost);
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

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
