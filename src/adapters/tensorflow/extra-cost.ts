// SPDX-License-Identifier: Apache-2.0

/** Weight of the newest in running means. */
const NEWEST = 0.1;

/** What asking for an embedding adds to a model's own time, ms: the difference of running means of calls with it and without. */
export class ExtraCost {
  #plain = Number.NaN;
  #asked = Number.NaN;

  plain(ms: number): void {
    this.#plain = mean(this.#plain, ms);
  }

  asked(ms: number): void {
    this.#asked = mean(this.#asked, ms);
  }

  /** 0 before there are calls of both kinds. */
  get ms(): number {
    return Math.max(0, this.#asked - this.#plain) || 0;
  }
}

function mean(old: number, newest: number): number {
  return Number.isNaN(old) ? newest : old + NEWEST * (newest - old);
}
