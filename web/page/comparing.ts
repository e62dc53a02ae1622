// SPDX-License-Identifier: Apache-2.0
import type { Analysis, Progress, Split } from '../../src/engine/protocol.js';
import type { Report } from '../../src/report/report.js';
import { DEFAULT_SETTINGS, type Settings } from '../../src/verdict/settings.js';

/** What a comparison needs of the session that it is part of. */
export interface ComparingHost {
  readonly engine: () => Analysis;
  /** How a file alone is split; `null` where there are two sides. */
  readonly split: () => Split | null;
  readonly changed: () => void;
  /** A run begins: what failed before is no longer said. */
  readonly began: () => void;
  readonly failed: (error: unknown) => void;
  /** Another report is shown. */
  readonly shown: () => void;
}

/** The one comparison of a page: started, cancelled, rated again. Earlier results stay until there are others. */
export class Comparing {
  settings: Settings = DEFAULT_SETTINGS;
  report: Report | null = null;
  progress: Progress | null = null;
  busy: 'comparing' | 'rating' | null = null;

  readonly #host: ComparingHost;
  #abort: AbortController | null = null;
  /** Grows with every comparison that starts; an answer of an older one is dropped. */
  #run = 0;
  #wanted: Settings | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(host: ComparingHost) {
    this.#host = host;
  }

  /** Reads and compares. Earlier results stay when it fails or is cancelled. */
  async compare(): Promise<void> {
    const run = ++this.#run;
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.busy = 'comparing';
    this.progress = null;
    this.#host.began();
    try {
      const report = await this.#alone(async () => {
        if (run !== this.#run) return null;
        const split = this.#host.split();
        return this.#host.engine().compare({
          settings: this.settings,
          ...(split === null ? {} : { split }),
          signal: abort.signal,
          onProgress: (progress) => {
            if (run !== this.#run) return;
            this.progress = progress;
            this.#host.changed();
          },
        });
      });
      if (run === this.#run && report !== null) this.#show(report);
    } catch (error) {
      if (run === this.#run && !abort.signal.aborted) this.#host.failed(error);
    } finally {
      if (run === this.#run) {
        this.busy = null;
        this.progress = null;
        this.#host.changed();
      }
    }
  }

  cancel(): void {
    this.#abort?.abort();
    this.#run++;
    this.busy = null;
    this.progress = null;
    this.#host.changed();
  }

  /** Rates again under other settings, from profiles. While one is on its way only the latest wish is kept. */
  async apply(settings: Settings): Promise<void> {
    this.settings = settings;
    if (this.report === null || this.busy === 'comparing') return this.#host.changed();
    const idle = this.#wanted === null && this.busy === null;
    this.#wanted = settings;
    if (!idle) return this.#host.changed();
    this.busy = 'rating';
    this.#host.began();
    const run = this.#run;
    while (this.#wanted !== null && run === this.#run) {
      const next: Settings = this.#wanted;
      try {
        const report = await this.#alone(() => this.#host.engine().rerate(next));
        if (run === this.#run) this.#show(report);
      } catch (error) {
        if (run === this.#run) this.#host.failed(error);
      }
      if (this.#wanted === next) this.#wanted = null;
    }
    this.#wanted = null;
    if (run === this.#run) this.busy = null;
    this.#host.changed();
  }

  /** Ends what runs and forgets its report; settings stay. What was asked of an engine that is gone may never be answered. */
  forget(): void {
    this.cancel();
    this.#queue = Promise.resolve();
    this.report = null;
  }

  #show(report: Report): void {
    this.report = report;
    this.#host.shown();
  }

  /** One at a time: a comparison that was cancelled ends at its next part, and only then may another begin. */
  #alone<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
