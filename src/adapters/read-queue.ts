// SPDX-License-Identifier: Apache-2.0

/** What comes within so many ms is read in one go: a task of its own for each call would cost more than the reading. */
const TURN_MS = 16;

/**
 * Calls that are read after the app's own work has returned to the event loop. Bounded: of more calls than it holds a
 * uniform sample stays, however many come before it is their turn. They are read in the order in which they came.
 */
export class ReadQueue<T> {
  readonly #most: number;
  readonly #read: (item: T) => Promise<void> | void;
  readonly #leave: (item: T) => void;
  #waiting: T[] = [];
  /** Calls since the last turn. */
  #seen = 0;
  #reading = 0;
  #turn: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /**
   * @param read must not throw nor reject
   * @param leave is given what is left out, also what still waits when the queue closes
   */
  constructor(most: number, read: (item: T) => Promise<void> | void, leave: (item: T) => void) {
    this.#most = most;
    this.#read = read;
    this.#leave = leave;
  }

  /** What waits and what is being read. */
  get size(): number {
    return this.#waiting.length + this.#reading;
  }

  /** Whether the next call is to be added: asked once for each, before there is any work for it. */
  admits(): boolean {
    this.#seen++;
    return this.size < this.#most || Math.random() * this.#seen < this.#waiting.length;
  }

  add(item: T): void {
    if (this.#closed) {
      this.#leave(item);
      return;
    }
    if (this.size < this.#most) {
      this.#waiting.push(item);
      this.#turn ??= setTimeout(() => this.#drain(), TURN_MS);
      return;
    }
    const at = Math.floor(Math.random() * this.#waiting.length);
    const [out] = this.#waiting.splice(at, 1);
    // Behind those that came before it: put in the place of the one that goes, it would pass them, and time would run back.
    if (out !== undefined) this.#waiting.push(item);
    this.#leave(out ?? item);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#turn);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const item of waiting) this.#leave(item);
  }

  #drain(): void {
    this.#turn = undefined;
    this.#seen = 0;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#reading += waiting.length;
    for (const item of waiting) {
      const done = this.#read(item);
      if (done) void done.finally(() => this.#reading--);
      else this.#reading--;
    }
  }
}
