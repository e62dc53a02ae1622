// SPDX-License-Identifier: Apache-2.0

/** Calls that a time is the median of. */
const KEPT = 9;
/** The first of each kind compile what a backend runs, for a second or more: that says nothing of those to come. */
const FIRST = 2;

/** What asking for an embedding adds to a model's own time, ms: the difference of the median times of calls with it and without. */
export class ExtraCost {
  readonly #plain = new Times();
  readonly #asked = new Times();

  plain(ms: number): void {
    this.#plain.add(ms);
  }

  asked(ms: number): void {
    this.#asked.add(ms);
  }

  /** Where every call can be measured there is none without the embedding: what it adds would never be known. */
  get wantsPlain(): boolean {
    return Number.isNaN(this.#plain.median) && this.#asked.count > this.#plain.count;
  }

  /** 0 before there are enough calls of both kinds. */
  get ms(): number {
    return Math.max(0, this.#asked.median - this.#plain.median) || 0;
  }
}

/** A mean would be what one pause of the machine makes of it. */
class Times {
  readonly #latest: number[] = [];
  #count = 0;
  #median = Number.NaN;

  get count(): number {
    return this.#count;
  }

  /** NaN before there are enough. */
  get median(): number {
    return this.#median;
  }

  add(ms: number): void {
    if (this.#count++ < FIRST) return;
    this.#latest[(this.#count - FIRST - 1) % KEPT] = ms;
    // Once a round: calls that are only counted are many.
    if (this.#count % KEPT !== 0) return;
    const sorted = this.#latest.toSorted((a, b) => a - b);
    this.#median = sorted[sorted.length >> 1] ?? Number.NaN;
  }
}
