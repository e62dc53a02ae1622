// SPDX-License-Identifier: Apache-2.0
import type { Flights } from './rows.js';

/** Flights whose arrival is not known yet, in the order of their departure. */
export class LabelQueue {
  #waiting: Flights[] = [];
  #at = 0;

  add(flights: Flights): void {
    this.#waiting.push(flights);
  }

  /** Tells the labels of the flights that departed before `time`. */
  release(time: number, tell: (id: number, isLate: boolean) => void): void {
    let done = 0;
    for (const flights of this.#waiting) {
      while (this.#at < flights.time.length && flights.time[this.#at]! < time) {
        tell(flights.id[this.#at]!, flights.late[this.#at] === 1);
        this.#at++;
      }
      if (this.#at < flights.time.length) break;
      this.#at = 0;
      done++;
    }
    if (done > 0) this.#waiting = this.#waiting.slice(done);
  }
}
