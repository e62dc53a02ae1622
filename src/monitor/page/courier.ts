// SPDX-License-Identifier: Apache-2.0
import { DriftglassError, messageOf } from '../../errors.js';
import type { Chunk, LabelBatch, MetricBatch, MonitorHost } from '../host.js';
import type { Annotation, MonitorSnapshot } from '../snapshot.js';
import type { Collector } from './collector.js';
import { RowTally } from './row-tally.js';
import { whenIdle } from './when-idle.js';

/** Longest time that rows wait, in ms, and rows that are reason enough to go earlier. */
const WAIT_MS = 250;
const ENOUGH_ROWS = 4_096;
const ENOUGH_BYTES = 2 ** 20;
/** Chunks that the host may have and not have measured. */
const MOST_UNDER_WAY = 2;
const MOST_METRICS = 10_000;
const MOST_ANNOTATIONS = 1_000;

export interface CourierOptions {
  readonly collector: Collector;
  readonly mostLabels: number;
  readonly tell: (error: Error) => void;
  /** Hears how long a hand-over took the thread: begin and end by performance.now(). */
  readonly onWork: (start: number, end: number) => void;
}

/** Brings what waits to the host: in tasks of its own, when the page is idle, never more than the host can take. */
export class Courier {
  readonly #options: CourierOptions;
  #host: MonitorHost | null = null;
  #outbox: Chunk[] = [];
  readonly #underWay = new Map<Promise<void>, Chunk>();
  readonly #tally = new RowTally();
  #labels: { ids: (string | number)[]; values: (number | string | boolean)[] } = { ids: [], values: [] };
  #metrics: { names: string[]; values: number[]; times: number[] } = { names: [], values: [], times: [] };
  #annotations: Annotation[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSoon = false;
  #callOff: (() => void) | undefined;
  /** The time to go has come, but the host was busy. */
  #isDue = false;
  /** Labels, metrics and annotations that are on their way. */
  #rest: Promise<unknown> = Promise.resolve();

  constructor(options: CourierOptions) {
    this.#options = options;
  }

  /** What became of all rows; `host` is the rows of its latest snapshot. */
  rows(host: MonitorSnapshot['rows'] | null): MonitorSnapshot['rows'] {
    const { collector } = this.#options;
    let { rows: waiting, skipped, refused } = collector;
    for (const chunk of this.#outbox) {
      waiting += chunk.batch.rows;
      skipped += chunk.skipped;
      refused += chunk.refused;
    }
    return this.#tally.rows(host, { waiting, skipped, refused });
  }

  /** `rows`: of what the host has said first. */
  attach(host: MonitorHost, rows: MonitorSnapshot['rows']): void {
    this.#host = host;
    this.#tally.open(rows);
    this.send();
  }

  /** The host is no more: rows that it had and did not measure are lost, and counted as left out. `rows`: of its latest snapshot. */
  detach(rows: MonitorSnapshot['rows'] | undefined): void {
    this.#host = null;
    this.#tally.close(rows);
    for (const chunk of this.#underWay.values()) this.#tally.lose(chunk, true);
    this.#underWay.clear();
  }

  /** Nothing will ever be measured: what waits is counted as left out. */
  drop(rows: MonitorSnapshot['rows'] | undefined): void {
    this.detach(rows);
    this.#stopTimers();
    this.#outbox.push(...this.#options.collector.take());
    for (const chunk of this.#outbox) this.#tally.lose(chunk, false);
    this.#outbox = [];
    this.#labels = { ids: [], values: [] };
    this.#metrics = { names: [], values: [], times: [] };
    this.#annotations = [];
  }

  /** Something waits: makes sure that it goes in time. */
  wake(): void {
    const { collector } = this.#options;
    if (this.#host === null) return;
    const isMuch = collector.rows >= ENOUGH_ROWS || collector.bytes >= ENOUGH_BYTES;
    if (this.#timer !== undefined && (!isMuch || this.#isSoon)) return;
    clearTimeout(this.#timer);
    this.#callOff?.();
    this.#callOff = undefined;
    this.#isSoon = isMuch;
    this.#timer = setTimeout(this.#due, isMuch ? 0 : WAIT_MS);
  }

  label(id: string | number, value: number | string | boolean): void {
    if (this.#labels.ids.length >= this.#options.mostLabels) {
      this.#options.tell(
        new DriftglassError('EngineError', 'labels were dropped: too many wait to be joined'),
      );
      return;
    }
    this.#labels.ids.push(id);
    this.#labels.values.push(value);
    this.wake();
  }

  metric(name: string, value: number, time: number): void {
    if (this.#metrics.names.length >= MOST_METRICS) {
      this.#options.tell(new DriftglassError('EngineError', 'metrics were dropped: too many wait'));
      return;
    }
    this.#metrics.names.push(name);
    this.#metrics.values.push(value);
    this.#metrics.times.push(time);
    this.wake();
  }

  annotate(annotation: Annotation): void {
    if (this.#annotations.length >= MOST_ANNOTATIONS) return;
    this.#annotations.push(annotation);
    this.wake();
  }

  /** Hands over at once what the host can take now. */
  send(): void {
    if (this.#host === null) return;
    this.#stopTimers();
    const start = performance.now();
    this.#isDue = !this.#sendRows(this.#host);
    if (!this.#isDue) this.#sendRest(this.#host);
    this.#options.onWork(start, performance.now());
  }

  /** Resolves when everything that waits now has been handed over and measured. */
  async flush(): Promise<void> {
    this.send();
    while (this.#host !== null && (this.#underWay.size > 0 || this.#isDue)) {
      await Promise.race(this.#underWay.keys());
      this.send();
    }
    await this.#rest;
  }

  #stopTimers(): void {
    clearTimeout(this.#timer);
    this.#callOff?.();
    this.#timer = this.#callOff = undefined;
    this.#isSoon = false;
  }

  readonly #due = (): void => {
    this.#callOff = whenIdle(() => this.send(), this.#isSoon ? 16 : 100);
  };

  /** False where rows have to wait because the host is busy. */
  #sendRows(host: MonitorHost): boolean {
    for (;;) {
      if (this.#outbox.length === 0 && this.#underWay.size < MOST_UNDER_WAY)
        this.#outbox.push(...this.#options.collector.take());
      const { collector } = this.#options;
      if (this.#outbox.length === 0 && collector.rows === 0) return true;
      if (this.#underWay.size >= MOST_UNDER_WAY) return false;
      const chunk = this.#outbox.shift();
      if (chunk === undefined) return true;
      this.#post(host, chunk);
    }
  }

  #post(host: MonitorHost, chunk: Chunk): void {
    const settle = (isMeasured: boolean): void => {
      if (!this.#underWay.delete(job)) return;
      if (isMeasured) this.#tally.settle(chunk);
      else this.#tally.lose(chunk, true);
      if (this.#isDue || this.#outbox.length > 0) this.send();
    };
    this.#tally.post(chunk);
    const job: Promise<void> = guarded(() => host.chunk(chunk)).then(
      () => settle(true),
      (error: unknown) => {
        if (this.#underWay.has(job)) this.#options.tell(asError(error));
        settle(false);
      },
    );
    this.#underWay.set(job, chunk);
  }

  /** Labels only after the rows that were there before them have been measured. */
  #sendRest(host: MonitorHost): void {
    const { ids, values } = this.#labels;
    if (ids.length > 0) {
      this.#labels = { ids: [], values: [] };
      const labels: LabelBatch = { ids, values };
      const before = Promise.allSettled([...this.#underWay.keys()]);
      this.#follow(before.then(() => host.labels(labels)));
    }
    const metrics: MetricBatch = this.#metrics;
    if (metrics.names.length > 0) {
      this.#metrics = { names: [], values: [], times: [] };
      this.#follow(guarded(() => host.metrics(metrics)));
    }
    const annotations = this.#annotations;
    this.#annotations = [];
    for (const annotation of annotations) this.#follow(guarded(() => host.annotate(annotation)));
  }

  /** So that `flush` waits for it, and so that what goes wrong is told. */
  #follow(promise: Promise<void>): void {
    const host = this.#host;
    promise.catch((error: unknown) => {
      if (host === this.#host) this.#options.tell(asError(error));
    });
    // Without what came of them: each would hold all those before it.
    this.#rest = Promise.allSettled([this.#rest, promise]).then(() => {});
  }
}

/** A host that throws where it should reject. */
function guarded(call: () => Promise<void>): Promise<void> {
  try {
    return call();
  } catch (error) {
    return Promise.reject(error);
  }
}

export function asError(error: unknown): Error {
  return isError(error) ? error : new DriftglassError('EngineError', messageOf(error));
}

function isError(error: unknown): error is Error {
  try {
    return error instanceof Error;
  } catch {
    // A proxy that refuses even that.
    return false;
  }
}
