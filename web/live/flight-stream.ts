// SPDX-License-Identifier: Apache-2.0
import { type Flights, sliceFlights } from './rows.js';

/** Gives flights part by part, in the order of their departure. */
export interface FlightParts {
  rewind(): Promise<void>;
  /** The next part, never an empty one; null at the end. */
  next(): Promise<Flights | null>;
}

/** Flights as time passes: one part is read ahead of that from which they are taken. */
export class FlightStream {
  readonly #parts: FlightParts;
  #now: Flights | null = null;
  #at = 0;
  #next: Flights | null = null;
  #isAtEnd = false;
  #error: Error | null = null;
  /** Only one part is asked for at a time: of two, the later could come first. */
  #reading: Promise<void> | null = null;

  constructor(parts: FlightParts) {
    this.#parts = parts;
  }

  /** Resolves when flights can be taken from the first on. */
  async rewind(): Promise<void> {
    this.#isAtEnd = true;
    while (this.#reading !== null) await this.#reading;
    await this.#parts.rewind();
    this.#now = null;
    this.#next = null;
    this.#at = 0;
    this.#error = null;
    this.#isAtEnd = false;
    await this.#read();
    if (this.#now === null && this.#error !== null) throw this.#error;
  }

  /** Why no more flights come than those that were read. */
  get error(): Error | null {
    return this.#error;
  }

  /** Time of the next flight; NaN while it is being read, and at the end. */
  get nextTime(): number {
    return this.#now?.time[this.#at] ?? Number.NaN;
  }

  /** All flights have been taken. */
  get isOver(): boolean {
    return this.#isAtEnd && this.#reading === null && this.#now === null;
  }

  /** Flights before `until`, at most so many; null when there is none, or none yet. */
  take(until: number, most: number): Flights | null {
    const flights = this.#now;
    if (flights === null) return null;
    const { time } = flights;
    const from = this.#at;
    let to = from;
    while (to < time.length && to - from < most && time[to]! < until) to++;
    if (to === from) return null;
    this.#at = to;
    if (to === time.length) {
      this.#now = this.#next;
      this.#next = null;
      this.#at = 0;
      void this.#read();
    }
    return sliceFlights(flights, from, to);
  }

  /** Reads until there is a part to take from and one ahead of it. Never rejects. */
  #read(): Promise<void> {
    if (this.#reading !== null || this.#isAtEnd || this.#next !== null) return Promise.resolve();
    this.#reading = this.#readOne().then(() => {
      this.#reading = null;
      void this.#read();
    });
    return this.#reading;
  }

  async #readOne(): Promise<void> {
    try {
      const part = await this.#parts.next();
      if (part === null) this.#isAtEnd = true;
      else if (this.#now === null) this.#now = part;
      else this.#next = part;
    } catch (error) {
      this.#isAtEnd = true;
      this.#error = error instanceof Error ? error : new Error(String(error));
    }
  }
}
