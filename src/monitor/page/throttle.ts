// SPDX-License-Identifier: Apache-2.0
const GAP_MS = 250;

/** Runs `act` for what is pushed: at once, but at most four times a second. */
export class Throttle {
  readonly #act: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #actedAt = Number.NEGATIVE_INFINITY;

  constructor(act: () => void) {
    this.#act = act;
  }

  push(): void {
    if (this.#timer !== undefined) return;
    const wait = this.#actedAt + GAP_MS - performance.now();
    if (wait <= 0) this.#go();
    else this.#timer = setTimeout(() => this.#go(), wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #go(): void {
    this.#timer = undefined;
    this.#actedAt = performance.now();
    this.#act();
  }
}
