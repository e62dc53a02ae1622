// SPDX-License-Identifier: Apache-2.0
/** ms between two doings of what need not be done at every tick. */
const EVERY_MS = {
  /** Transactions. */
  save: 2_000,
  /** Looks at what is too old to stay whole. */
  tidy: 60_000,
  /** Hand-overs of open windows to a page that exports. */
  open: 5_000,
  /** Snapshots for other tabs. */
  broadcast: 1_000,
} as const;

type Doing = keyof typeof EVERY_MS;

/** When what was last done, by a clock that only grows. */
export class Intervals {
  readonly #clock: () => number;
  readonly #doneAt = { save: 0, tidy: 0, open: 0, broadcast: 0 };

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** True, and noted as done, when it is time. */
  isDue(doing: Doing): boolean {
    if (this.#clock() - this.#doneAt[doing] < EVERY_MS[doing]) return false;
    this.done(doing);
    return true;
  }

  done(doing: Doing): void {
    this.#doneAt[doing] = this.#clock();
  }
}
