// SPDX-License-Identifier: Apache-2.0
import type { Progress } from './protocol.js';

const INTERVAL_MS = 100;

/** Reports at most ten times a second, and always the start of a phase. */
export class ProgressMeter {
  readonly #started = performance.now();
  readonly #report: ((progress: Progress) => void) | undefined;
  readonly #totalBytes: number;
  #phase: Progress['phase'] | null = null;
  #last = 0;

  constructor(totalBytes: number, report: ((progress: Progress) => void) | undefined) {
    this.#totalBytes = totalBytes;
    this.#report = report;
  }

  at(phase: Progress['phase'], rows: number, bytes: number): void {
    const now = performance.now();
    if (phase === this.#phase && now - this.#last < INTERVAL_MS) return;
    this.#phase = phase;
    this.#last = now;
    this.#report?.({
      phase,
      rows,
      bytes,
      totalBytes: this.#totalBytes,
      seconds: (now - this.#started) / 1000,
    });
  }

  get milliseconds(): number {
    return performance.now() - this.#started;
  }
}
