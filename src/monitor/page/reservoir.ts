// SPDX-License-Identifier: Apache-2.0
/**
 * Which rows of a stream of unknown length stay, so that every row has the same chance: Algorithm L of Kim-Hung Li,
 * "Reservoir-sampling algorithms of time complexity O(n(1 + log(N/n)))", ACM TOMS 20 (1994). It jumps from one row that
 * stays to the next, so rows that are left out cost nothing.
 */
export class Reservoir {
  readonly #size: number;
  readonly #random: () => number;
  #weight: number;
  /** Rows to leave out before the next one that stays. */
  #gap = 0;

  /** `size` rows are there already: the stream's first. */
  constructor(size: number, random: () => number) {
    this.#size = size;
    this.#random = random;
    this.#weight = this.#shrink();
    this.#jump();
  }

  /** Of the next `count` rows, the first that stays: its index, or −1. The rows after it are still to be asked for. */
  next(count: number): number {
    if (this.#gap >= count) {
      this.#gap -= count;
      return -1;
    }
    const at = this.#gap;
    this.#weight *= this.#shrink();
    this.#jump();
    return at;
  }

  /** The place of a row that stays: the row there before goes. */
  slot(): number {
    return Math.floor(this.#random() * this.#size);
  }

  #shrink(): number {
    return Math.exp(Math.log(this.#positive()) / this.#size);
  }

  #jump(): void {
    // Weights near 1 lose all their digits in 1 − weight: log1p keeps them.
    this.#gap = Math.floor(Math.log(this.#positive()) / Math.log1p(-this.#weight));
  }

  #positive(): number {
    return 1 - this.#random();
  }
}
