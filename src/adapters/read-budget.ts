// SPDX-License-Identifier: Apache-2.0
/** How much of a page's main thread an adapter may take. */

/** Share of main-thread time that reading back and observing may take, unless an app says otherwise. */
export const DEFAULT_SHARE = 0.01;

/** Credit that a quiet model may gather: a third of a second of a busy one's share. */
const MOST_CREDIT_MS = 3;
/** Weight of the newest in running means. */
const NEWEST = 0.1;

/**
 * Says which calls are measured, so that their cost stays under a share of the time that passes. Calls that come slowly
 * are all measured. Beyond that each is with the same chance, whatever it holds: the rows that are left out are a
 * uniform sample.
 */
export class ReadBudget {
  readonly #share: number;
  readonly #now: () => number;
  readonly #random: () => number;
  #credit = MOST_CREDIT_MS;
  #last: number;
  /** Running means in ms: from one call to the next, and cost of one that is measured. */
  #interval = Number.NaN;
  #cost = Number.NaN;
  #spent = 0;

  /** `share` in (0, 1]; 1 and more measures every call. */
  constructor(share = DEFAULT_SHARE, now = () => performance.now(), random = Math.random) {
    this.#share = share > 0 ? share : DEFAULT_SHARE;
    this.#now = now;
    this.#random = random;
    this.#last = now();
  }

  /** ms spent so far. */
  get spent(): number {
    return this.#spent;
  }

  /** Counts a call, which comes `now`; whether it is to be measured. */
  take(now = this.#now()): boolean {
    if (this.#share >= 1) return true;
    const passed = Math.max(0, now - this.#last);
    this.#last = now;
    this.#interval = mean(this.#interval, Math.min(passed, 1000));
    this.#credit = Math.min(MOST_CREDIT_MS, this.#credit + this.#share * passed);
    if (this.#credit <= 0) return false;
    // What the share pays for, times what credit there is: twice as many with all of it, none without.
    const paid = (this.#share * this.#interval) / this.#cost;
    const chance = (paid * 2 * this.#credit) / MOST_CREDIT_MS;
    // NaN before the first has been measured.
    return !(chance < 1) || this.#random() < chance;
  }

  /** A piece of the cost of a measured call. */
  spend(ms: number): void {
    this.#credit -= ms;
    this.#spent += ms;
  }

  /** What a measured call has cost in all: the sum of its pieces. */
  finish(ms: number): void {
    this.#cost = mean(this.#cost, ms);
  }
}

function mean(old: number, newest: number): number {
  return Number.isNaN(old) ? newest : old + NEWEST * (newest - old);
}
