// SPDX-License-Identifier: Apache-2.0
import { type Remote, wrap } from 'comlink';
import type { FlightReader } from './flight-reader.js';
import { type Flights, sliceFlights } from './rows.js';

/** Flights as time passes: a worker reads ahead of the clock by one part of the file. */
export class FlightFeed {
  readonly #worker: Worker;
  readonly #reader: Remote<FlightReader>;
  readonly #ready: Promise<void>;
  readonly #failed: Promise<never>;
  #now: Flights | null = null;
  #at = 0;
  #next: Flights | null = null;
  #fetching: Promise<void> | null = null;
  #isOver = false;

  constructor() {
    this.#worker = new Worker(new URL('./flights.worker.js', import.meta.url), { type: 'module' });
    this.#ready = ready(this.#worker);
    this.#failed = new Promise((_, reject) => {
      this.#worker.addEventListener('error', (event) =>
        reject(new Error(event.message || 'the flights cannot be read')),
      );
    });
    this.#failed.catch(() => {});
    this.#reader = wrap<FlightReader>(this.#worker);
  }

  /** Resolves when flights can be taken. */
  async open(address: string, airports: readonly string[], from: number): Promise<void> {
    await Promise.race([this.#ready, this.#failed]);
    await Promise.race([this.#reader.open(address, [...airports], from), this.#failed]);
    await this.rewind();
  }

  async rewind(): Promise<void> {
    await this.#fetching;
    await this.#reader.rewind();
    this.#isOver = false;
    this.#next = null;
    this.#at = 0;
    this.#now = await this.#reader.next();
    this.#readAhead();
  }

  /** Time of the next flight; NaN while it is being read, and at the end. */
  get nextTime(): number {
    return this.#now?.time[this.#at] ?? Number.NaN;
  }

  /** All flights have been taken. */
  get isOver(): boolean {
    return this.#isOver && this.#now === null;
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
    const taken = sliceFlights(flights, from, to);
    this.#at = to;
    if (to === time.length) {
      this.#now = this.#next;
      this.#next = null;
      this.#at = 0;
      this.#readAhead();
    }
    return taken;
  }

  close(): void {
    this.#worker.terminate();
  }

  #readAhead(): void {
    if (this.#isOver) return;
    this.#fetching = this.#reader.next().then((flights) => {
      if (flights === null) this.#isOver = true;
      else if (this.#now === null) {
        this.#now = flights;
        this.#at = 0;
        this.#readAhead();
      } else this.#next = flights;
    });
  }
}

function ready(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    const hear = (event: MessageEvent): void => {
      if ((event.data as { flights?: string } | null)?.flights !== 'ready') return;
      worker.removeEventListener('message', hear);
      resolve();
    };
    worker.addEventListener('message', hear);
  });
}
