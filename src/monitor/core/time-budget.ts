// SPDX-License-Identifier: Apache-2.0
/** What may be saved up, ms: after a quiet while a burst of windows is judged at once. */
const MOST_SAVED = 250;

/** A share of the time for work that must not hold up what matters more. */
export class TimeBudget {
  readonly #clock: () => number;
  readonly #share: number;
  #saved = MOST_SAVED;
  #at: number;

  constructor(clock: () => number, share: number) {
    this.#clock = clock;
    this.#share = share;
    this.#at = clock();
  }

  /** Whether there is time left. */
  get isLeft(): boolean {
    const now = this.#clock();
    this.#saved = Math.min(MOST_SAVED, this.#saved + Math.max(0, now - this.#at) * this.#share);
    this.#at = now;
    return this.#saved > 0;
  }

  /** Does work and takes what it lasted off. */
  spendNow(work: () => void): void {
    const start = this.#clock();
    work();
    this.#saved -= Math.max(0, this.#clock() - start);
  }

  /** The same for work that waits for others. */
  async spend<T>(work: () => Promise<T>): Promise<T> {
    const start = this.#clock();
    try {
      return await work();
    } finally {
      this.#saved -= Math.max(0, this.#clock() - start);
    }
  }
}
