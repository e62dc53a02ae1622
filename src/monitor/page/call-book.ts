// SPDX-License-Identifier: Apache-2.0
import { addLatency, emptyLatency } from '../../profile/latency.js';
import type { SystemSample } from '../host.js';
import type { ModelCall } from '../monitor.js';

/** What the browser told since the last sample. */
export interface Watched {
  readonly longTasks: number;
  readonly ownLongTasks: number;
  readonly droppedFrames: number;
  readonly ownDroppedFrames: number;
}

const NOTHING: Watched = { longTasks: 0, ownLongTasks: 0, droppedFrames: 0, ownDroppedFrames: 0 };

/**
 * Longest time that a sample stands for, ms. Even the timers of a hidden page come once a minute: where one has not, the machine
 * slept, the page lay in a cache, or the clock was set forward, and nobody looked.
 */
const MOST_MS = 75_000;

/** Calls of the model and the time that we took ourselves, as counts and sums since the last sample. */
export class CallBook {
  #start = Date.now();
  #latency = emptyLatency();
  #calls = 0;
  #rows = 0;
  #errors = 0;
  #nonFinite = 0;
  #ownMs = 0;
  #backend: string | null = null;
  #tensors: number | null = null;
  #tensorBytes: number | null = null;

  get isEmpty(): boolean {
    return this.#calls === 0;
  }

  /** What there is to be told begins now. */
  begin(): void {
    this.#start = Date.now();
  }

  add({ ms, rows, calls = 1, failed, nonFinite, backend, tensors, tensorBytes, ownMs }: ModelCall): void {
    this.#calls += calls;
    this.#rows += finite(rows) ?? 0;
    if (failed) this.#errors++;
    if (nonFinite) this.#nonFinite++;
    addLatency(this.#latency, ms, calls);
    this.#ownMs += finite(ownMs) ?? 0;
    if (backend !== undefined) this.#backend = String(backend);
    this.#tensors = finite(tensors) ?? this.#tensors;
    this.#tensorBytes = finite(tensorBytes) ?? this.#tensorBytes;
  }

  /** Main-thread time of ours, ms. */
  addOwn(ms: number): void {
    this.#ownMs += ms;
  }

  take(watched: Watched = NOTHING): SystemSample {
    const end = Date.now();
    const sample: SystemSample = {
      // A clock that was set back must not make a stretch of negative length.
      start: Math.max(end - MOST_MS, Math.min(this.#start, end)),
      end,
      latency: this.#latency,
      calls: this.#calls,
      rows: this.#rows,
      errors: this.#errors,
      nonFinite: this.#nonFinite,
      ...watched,
      ownMs: this.#ownMs,
      backend: this.#backend,
      heap: heapBytes(),
      tensors: this.#tensors,
      tensorBytes: this.#tensorBytes,
    };
    this.#start = end;
    this.#latency = emptyLatency();
    this.#calls = this.#rows = this.#errors = this.#nonFinite = this.#ownMs = 0;
    return sample;
  }
}

function finite(value: number | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Chromium only. */
function heapBytes(): number | null {
  const { memory } = performance as { memory?: { usedJSHeapSize?: number } };
  return memory?.usedJSHeapSize ?? null;
}
