// SPDX-License-Identifier: Apache-2.0
import type { Surroundings } from './surroundings.js';

export interface LeaseEvents {
  onHeld(): void;
  /** It was held, and another tab took it by force. */
  onStolen(): void;
  /** It cannot be waited for. */
  onTrouble(error: unknown): void;
}

/** The Web Lock that makes a tab the leader: held by one tab at a time, freed by the browser however that tab ends. */
export class Lease {
  readonly #locks: Surroundings['locks'];
  readonly #name: string;
  readonly #events: LeaseEvents;
  #ended = false;
  #release: (() => void) | null = null;
  #waiting = new AbortController();

  constructor(locks: Surroundings['locks'], name: string, events: LeaseEvents) {
    this.#locks = locks;
    this.#name = name;
    this.#events = events;
  }

  /** Takes it where it is free; whether it was. */
  tryNow(): Promise<boolean> {
    return this.#request({ ifAvailable: true });
  }

  /** Waits for it, however long that takes. */
  wait(): void {
    this.#waiting = new AbortController();
    this.#watch(this.#request({ signal: this.#waiting.signal }));
  }

  /** Takes it from a tab that does not move any more. */
  steal(): void {
    this.#waiting.abort();
    this.#watch(this.#request({ steal: true }));
  }

  /** Frees it, or stops waiting for it, for good. */
  giveBack(): void {
    this.#ended = true;
    this.#waiting.abort();
    this.#release?.();
    this.#release = null;
  }

  /** Tabs that hold it or wait for it, at least 1; undefined where that cannot be known. */
  async count(): Promise<number | undefined> {
    try {
      const { held = [], pending = [] } = await this.#locks.query();
      return Math.max(1, [...held, ...pending].filter(({ name }) => name === this.#name).length);
    } catch {
      return undefined;
    }
  }

  #watch(request: Promise<boolean>): void {
    request.catch((error: unknown) => {
      if (!this.#ended && (error as Error).name !== 'AbortError') this.#events.onTrouble(error);
    });
  }

  /** Resolves as soon as it is held (or not, because it is not free); it is held until `giveBack`. */
  #request(options: LockOptions): Promise<boolean> {
    return new Promise((resolve, reject) => {
      let held = false;
      const request = this.#locks.request(this.#name, options, (lock) => {
        held = lock !== null && !this.#ended;
        resolve(held);
        if (!held) return undefined;
        const released = new Promise<void>((release) => {
          this.#release = release;
        });
        this.#events.onHeld();
        return released;
      });
      request.catch((error: unknown) => {
        if (held && !this.#ended) this.#events.onStolen();
        reject(error);
      });
    });
  }
}
