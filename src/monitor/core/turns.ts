// SPDX-License-Identifier: Apache-2.0
/** One thing at a time, in the order in which it was asked for. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs when everything before has ended, whether it failed or not. */
  run<T>(work: () => Promise<T> | T): Promise<T> {
    const mine = this.#last.then(work);
    // What it gave is not held until the next: a snapshot is as large as all else.
    this.#last = mine.then(
      () => {},
      () => {},
    );
    return mine;
  }
}
