// SPDX-License-Identifier: Apache-2.0
import type { SystemSample } from '../host.js';
import type { ModelCall } from '../monitor.js';
import { CallBook } from './call-book.js';
import { asError } from './courier.js';
import type { SystemWatch } from './system-watch.js';

const SAMPLE_MS = 10_000;

export interface VitalsOptions {
  /** Watch long tasks and frames as well, where the browser tells. */
  readonly watchesSystem: boolean;
  readonly send: (sample: SystemSample) => void;
  readonly tell: (error: Error) => void;
}

/** Calls of the model, our own time and what the browser tells of the page, as a sample every 10 s while it is started. */
export class Vitals {
  readonly #options: VitalsOptions;
  readonly #calls = new CallBook();
  #watch: SystemWatch | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(options: VitalsOptions) {
    this.#options = options;
  }

  call(call: ModelCall): void {
    try {
      this.#calls.add(call);
    } catch (error) {
      this.#options.tell(asError(error));
    }
  }

  /** Our code had the thread from `start` to `end`, by performance.now(). */
  own(start: number, end: number): void {
    this.#calls.addOwn(end - start);
    this.#watch?.own(start, end);
  }

  /** What has come since the last sample goes now. */
  hand(): void {
    if (!this.#calls.isEmpty) this.#send();
  }

  start(): void {
    const { watchesSystem, tell } = this.#options;
    if (this.#timer === undefined && this.#calls.isEmpty) this.#calls.begin();
    this.#timer ??= setInterval(() => this.#send(), SAMPLE_MS);
    // In Node nothing of ours keeps a process alive.
    (this.#timer as { unref?: () => void }).unref?.();
    if (!watchesSystem || typeof document === 'undefined' || this.#watch !== null) return;
    import('./system-watch.js').then(
      ({ SystemWatch }) => {
        if (this.#timer !== undefined) this.#watch ??= new SystemWatch();
      },
      (error: unknown) => tell(asError(error)),
    );
  }

  #send(): void {
    this.#options.send(this.#calls.take(this.#watch?.take()));
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#watch?.stop();
    this.#watch = null;
  }
}
