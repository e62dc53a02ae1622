// SPDX-License-Identifier: Apache-2.0

/** A call of fewer rows costs more by itself than by what it asks. */
const FEWEST = 32;
/** So much does the newest call say of the next one. */
const NEWEST = 0.5;

/** How many rows to ask about in one call, so that it takes no longer than a part of a frame whatever is done to the rows. */
export class CallSize {
  readonly #most: number;
  readonly #ms: number;
  #rows: number;

  /** `most` rows to begin with; `ms`: so long may a call take. */
  constructor(most: number, ms: number) {
    this.#most = most;
    this.#ms = ms;
    this.#rows = most;
  }

  get rows(): number {
    return Math.round(this.#rows);
  }

  took(ms: number, rows: number): void {
    // A handful of rows tells little of what many take.
    if (rows < FEWEST) return;
    const fitting = ms > 0 ? (rows * this.#ms) / ms : this.#most;
    const wanted = NEWEST * fitting + (1 - NEWEST) * this.#rows;
    this.#rows = Math.min(this.#most, Math.max(FEWEST, wanted));
  }
}
