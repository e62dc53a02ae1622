// SPDX-License-Identifier: Apache-2.0

/** A model that has not been called for so long, in ms, leaves its part to the others. */
const QUIET_MS = 10_000;

/** A share of main-thread time that the models of a page have together: each that is in use gets an equal part. */
export class PageShare {
  readonly #share: number;
  /** Who was called when. */
  readonly #latest = new Map<object, number>();
  #checked = Number.NEGATIVE_INFINITY;

  constructor(share: number) {
    this.#share = share;
  }

  /** The part of `model`, which is called `now` (ms that only grow). */
  partOf(model: object, now: number): number {
    this.#latest.set(model, now);
    if (now - this.#checked > QUIET_MS / 10) {
      this.#checked = now;
      for (const [each, at] of this.#latest) if (now - at > QUIET_MS) this.#latest.delete(each);
    }
    return this.#share / this.#latest.size;
  }
}
