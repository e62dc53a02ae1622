// SPDX-License-Identifier: Apache-2.0

/** Looks come about so far apart, in ms. */
const EVERY_MS = 3;
/** Calls that may go by between two looks, on average: a model that slows down must not go unseen for long. */
const MOST_UNSEEN = 32;
/** Weight of the newest in the running mean. */
const NEWEST = 0.1;
/** A pause counts as no more than this, in ms. */
const LONGEST_MS = 1_000;

/**
 * Says which calls are looked at. Where they come so fast that a look at the clock for each would be felt, most go by and are only
 * counted; how many go by between two looks is drawn by lot, so that each has the same chance whatever it holds.
 */
export class Glances {
  readonly #random: () => number;
  /** Calls that may still go by, and that have gone by since the last look. */
  #left = 0;
  #gone = 0;
  #calls = 0;
  #rows = 0;
  #last = Number.NaN;
  /** Running mean from one call to the next, ms. */
  #interval = Number.NaN;

  constructor(random = Math.random) {
    this.#random = random;
  }

  /** Whether the call that comes goes by without a look: it is then counted. */
  pass(): boolean {
    if (this.#left <= 0) return false;
    this.#left--;
    this.#gone++;
    this.#calls++;
    return true;
  }

  /** Rows of calls that went by. */
  add(rows: number): void {
    this.#rows += rows;
  }

  /** A call is looked at, which comes `now` (ms that only grow). */
  look(now: number): void {
    const passed = Math.min(LONGEST_MS, Math.max(0, now - this.#last)) / (1 + this.#gone);
    this.#last = now;
    this.#gone = 0;
    if (Number.isNaN(passed)) return;
    this.#interval = Number.isNaN(this.#interval)
      ? passed
      : this.#interval + NEWEST * (passed - this.#interval);
    const unseen = Math.min(MOST_UNSEEN, EVERY_MS / this.#interval);
    this.#left = unseen > 1 ? Math.floor(this.#random() * (2 * unseen + 1)) : 0;
  }

  /** Calls that went by, and their rows, since it was asked last. */
  take(): { readonly calls: number; readonly rows: number } {
    const taken = { calls: this.#calls, rows: this.#rows };
    this.#calls = this.#rows = 0;
    return taken;
  }
}
