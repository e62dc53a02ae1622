// SPDX-License-Identifier: Apache-2.0
import { wrap } from 'comlink';
import type { FlightReader } from './flight-reader.js';
import { FlightStream } from './flight-stream.js';

/** The flights of the page's sample, read in a worker. */
export class FlightFeed {
  readonly #worker = new Worker(new URL('./flights.worker.js', import.meta.url), { type: 'module' });
  readonly #reader = wrap<FlightReader>(this.#worker);
  readonly #ready = ready(this.#worker);
  readonly #failed = failed(this.#worker);
  /** To be taken from once it is open. */
  readonly stream = new FlightStream({
    rewind: () => this.#reader.rewind(),
    next: () => Promise.race([this.#reader.next(), this.#failed]),
  });

  /** Resolves when flights can be taken. */
  async open(address: string, airports: readonly string[], from: number): Promise<void> {
    await Promise.race([this.#ready, this.#failed]);
    await Promise.race([this.#reader.open(address, [...airports], from), this.#failed]);
    await this.stream.rewind();
  }

  close(): void {
    this.#worker.terminate();
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

/** Never resolves. What waits for the worker waits for this too. */
function failed(worker: Worker): Promise<never> {
  const failure = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) =>
      reject(new Error(event.message || 'the flights cannot be read')),
    );
  });
  failure.catch(() => {});
  return failure;
}
