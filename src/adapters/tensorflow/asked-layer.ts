// SPDX-License-Identifier: Apache-2.0
import type { Ran, WatchedMethod } from './runs.js';

/** The layer whose output is asked for with each measured call, until it fails. */
export class AskedLayer {
  #name: string | null;
  readonly #problem: (doing: string, cause: unknown) => void;

  /** `name`: null for none. */
  constructor(name: string | null, problem: (doing: string, cause: unknown) => void) {
    this.#name = name;
    this.#problem = problem;
  }

  /** Null for none, and after it has failed. */
  get name(): string | null {
    return this.#name;
  }

  /** Runs the model once; a second time only where it failed and the layer may be the reason. A promise for async methods. */
  run(method: WatchedMethod, args: readonly unknown[]): Ran | Promise<Ran> {
    if (this.#name === null) return plainly(method, args);
    try {
      const ran = method.withEmbedding(args);
      return ran instanceof Promise ? ran.catch((cause: unknown) => this.#again(method, args, cause)) : ran;
    } catch (cause) {
      return this.#again(method, args, cause);
    }
  }

  #again(method: WatchedMethod, args: readonly unknown[], cause: unknown): Ran | Promise<Ran> {
    // Where the app is the reason, its own call throws here.
    const ran = plainly(method, args);
    const blame = (result: Ran): Ran => {
      this.#problem(`the layer "${this.#name}" cannot be watched`, cause);
      this.#name = null;
      return result;
    };
    return ran instanceof Promise ? ran.then(blame) : blame(ran);
  }
}

/** As the app called it. */
function plainly(method: WatchedMethod, args: readonly unknown[]): Ran | Promise<Ran> {
  const result = method.plain(args);
  const ran = (given: unknown): Ran => ({ result: given, embedding: null });
  return result instanceof Promise ? result.then(ran) : ran(result);
}
