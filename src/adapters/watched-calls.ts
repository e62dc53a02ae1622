// SPDX-License-Identifier: Apache-2.0
import type { ModelCall } from '../monitor/monitor.js';
import type { CallObserver } from './call-observer.js';

type Args = readonly unknown[];

/**
 * What an adapter knows of the calls that it watches. `way` tells them apart: a model's method, or the `this` of a function.
 * Only `plain` and `measured` may run the app's code; whatever the others throw is told to the monitor.
 */
export interface CallKind<Way, Before> {
  /** The call, as the app made it. */
  plain(way: Way, args: Args): unknown;
  /** What is taken of a call that is to be measured, which came at `start`; null where it is not to be after all. */
  before(args: Args, start: number): Before | null;
  /** The call, with what we ask for beside. A promise where the app's is one. */
  measured(way: Way, args: Args, before: Before): unknown;
  /** What `measured` gave is looked at. Returns what the app gets, whatever happens. */
  after(way: Way, args: Args, ran: unknown, before: Before, ms: number): unknown;
  /** A call that failed, or (`ran`) that nobody looks at any more, has left what was taken before it. Returns what the app gets. */
  leave(before: Before, ran?: unknown): unknown;
  /** Rows of a call that is only counted. */
  rows(args: Args): number;
  /** What is told of a call that ended at `now`. */
  call(ms: number, rows: number, now: number): ModelCall;
  /** A call that was looked at and not measured took so long. */
  skipped?(ms: number): void;
}

/**
 * The one way of a watched call, whatever the library: most calls of a busy model go by and are only counted, some are looked at, and
 * of those some are measured. What the app gets is what its model gives, and its errors are its model's.
 */
export class WatchedCalls<Way, Before> {
  readonly #observer: CallObserver;
  readonly #kind: CallKind<Way, Before>;
  #stopped = false;

  constructor(observer: CallObserver, kind: CallKind<Way, Before>) {
    this.#observer = observer;
    this.#kind = kind;
  }

  /** From now on calls go straight to the model; one that is under way counts as left out. */
  stop(): void {
    this.#stopped = true;
    this.#observer.close();
  }

  run(way: Way, args: Args): unknown {
    if (this.#stopped) return this.#kind.plain(way, args);
    return this.#observer.passes() ? this.#unseen(way, args) : this.#seen(way, args);
  }

  #unseen(way: Way, args: Args): unknown {
    let given: unknown;
    try {
      given = this.#kind.plain(way, args);
    } catch (error) {
      this.#failed(Number.NaN, args, 0);
      throw error;
    }
    // The calls that are not looked at are the many: no closure is made for one that is over already.
    if (!isThenable(given)) {
      this.#passed(args);
      return given;
    }
    return settled(
      given,
      (result) => {
        this.#passed(args);
        return result;
      },
      () => this.#failed(Number.NaN, args, 0),
    );
  }

  #seen(way: Way, args: Args): unknown {
    const called = performance.now();
    const before = this.#before(args, called);
    const start = before === null ? called : performance.now();
    const failed = (): void => this.#failed(performance.now() - start, args, 1, before);
    const finish = (ran: unknown): unknown => {
      const end = performance.now();
      if (before === null) return this.#skipped(args, ran, end - start, end);
      if (!this.#stopped) return this.#kind.after(way, args, ran, before, end - start);
      return this.#skipped(args, this.#kind.leave(before, ran), end - start, end);
    };
    let ran: unknown;
    try {
      ran = before === null ? this.#kind.plain(way, args) : this.#kind.measured(way, args, before);
    } catch (error) {
      failed();
      throw error;
    }
    return isThenable(ran) ? settled(ran, finish, failed) : finish(ran);
  }

  #before(args: Args, start: number): Before | null {
    try {
      return this.#observer.measures(start) ? this.#kind.before(args, start) : null;
    } catch (error) {
      this.#observer.problem('the inputs of a call cannot be read', error);
      return null;
    }
  }

  #passed(args: Args): void {
    try {
      this.#observer.passed(this.#kind.rows(args));
    } catch (error) {
      this.#observer.problem('a call cannot be counted', error);
    }
  }

  #skipped(args: Args, given: unknown, ms: number, now: number): unknown {
    try {
      const rows = this.#kind.rows(args);
      this.#kind.skipped?.(ms);
      this.#observer.skip(rows, this.#kind.call(ms, rows, now));
    } catch (error) {
      this.#observer.problem('a call cannot be counted', error);
    }
    return given;
  }

  /** `calls`: 0 for one that has been counted. */
  #failed(ms: number, args: Args, calls: number, before: Before | null = null): void {
    try {
      if (before !== null) this.#kind.leave(before);
      const call = this.#kind.call(ms, this.#kind.rows(args), performance.now());
      this.#observer.call({ ...call, ...(calls === 0 && { calls }), failed: true });
    } catch (error) {
      this.#observer.problem('a call that failed cannot be counted', error);
    }
  }
}

/**
 * What the app gets of a call that takes time. Of a promise it is the next one, so that a rejection that nobody handles is still
 * heard of; anything else that can be waited for is handed on as it is, for it may be more than that.
 */
function settled(
  given: PromiseLike<unknown>,
  done: (result: unknown) => unknown,
  failed: () => void,
): unknown {
  if (given instanceof Promise && given.constructor === Promise)
    return given.then(done, (error: unknown) => {
      failed();
      throw error;
    });
  given.then(done, failed);
  return given;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
