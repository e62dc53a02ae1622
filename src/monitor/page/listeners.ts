// SPDX-License-Identifier: Apache-2.0
import { messageOf } from '../../errors.js';
import type { Unsubscribe } from '../monitor.js';

/** Causes that are remembered: beyond so many an app has other worries than hearing of one more. */
const MOST_CAUSES = 200;

/** Callbacks of the app for one kind of news. What they throw goes to `tell`, never further. */
export class Listeners<T> {
  readonly #callbacks = new Set<{ readonly call: (news: T) => unknown }>();
  readonly #name: string;
  readonly #tell: (error: Error) => void;

  constructor(name: string, tell: (error: Error) => void) {
    this.#name = name;
    this.#tell = tell;
  }

  get size(): number {
    return this.#callbacks.size;
  }

  add(call: (news: T) => unknown): Unsubscribe {
    const entry = { call };
    this.#callbacks.add(entry);
    return () => void this.#callbacks.delete(entry);
  }

  send(news: T): void {
    for (const { call } of [...this.#callbacks]) this.run(call, news);
  }

  run(call: (news: T) => unknown, news: T): void {
    const fail = (error: unknown): void => this.#tell(failure(this.#name, error));
    try {
      const answer = call(news);
      if (answer instanceof Promise) answer.catch(fail);
    } catch (error) {
      fail(error);
    }
  }

  clear(): void {
    this.#callbacks.clear();
  }
}

/** Tells errors to the app: each cause once. Where nobody listens, the console hears it instead. */
export class ErrorTeller {
  readonly #listeners = new Listeners<Error>('onError', () => {});
  readonly #told = new Set<string>();

  add(call: (error: Error) => unknown): Unsubscribe {
    return this.#listeners.add(call);
  }

  readonly tell = (error: Error): void => {
    const text = `${error.name}: ${error.message}`;
    const cause = causeOf(text);
    if (this.#told.has(cause) || this.#told.size >= MOST_CAUSES) return;
    this.#told.add(cause);
    if (this.#listeners.size > 0) this.#listeners.send(error);
    else console.warn(`driftglass: ${text}`);
  };

  clear(): void {
    this.#listeners.clear();
  }
}

/** What is left when numbers outside of quoted names are taken for one: "12 values" and "13 values" are one cause. */
function causeOf(text: string): string {
  return text
    .split('"')
    .map((part, i) => (i % 2 === 0 ? part.replace(/\d+/g, '0') : part))
    .join('"');
}

function failure(name: string, error: unknown): Error {
  const reason = messageOf(error);
  return new Error(`the app's ${name} callback failed: ${reason}`, { cause: error });
}
