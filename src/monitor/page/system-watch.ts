// SPDX-License-Identifier: Apache-2.0
import type { Watched } from './call-book.js';

/** Longest time that a task may take before people feel it, and what a frame may, in ms. */
const LONG_MS = 50;
const FRAME_MS = 1000 / 60;
/** Stretches of our own that are remembered until the browser tells of the task they were in. */
const MOST_STRETCHES = 256;
/** Shorter ones are not worth remembering, in ms. */
const LEAST_MS = 0.1;

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Long tasks and dropped frames, as far as the browser tells (Chromium does, others do not). A long task is ours when it
 * would not have been long without the time that we took in it, and a dropped frame one that would have been drawn.
 */
export class SystemWatch {
  readonly #observers: PerformanceObserver[] = [];
  #stretches: Stretch[] = [];
  #longTasks = 0;
  #ownLongTasks = 0;
  #droppedFrames = 0;
  #ownDroppedFrames = 0;

  constructor() {
    this.#observe('longtask', (entry) => this.#longTask(entry));
    this.#observe('long-animation-frame', (entry) => this.#lateFrame(entry));
  }

  /** Our code ran from `start` to `end`, by performance.now(). */
  own(start: number, end: number): void {
    if (end - start < LEAST_MS) return;
    this.#stretches.push({ start, end });
    if (this.#stretches.length > MOST_STRETCHES) this.#stretches = this.#stretches.slice(MOST_STRETCHES / 2);
  }

  /** Since the last call. */
  take(): Watched {
    for (const observer of this.#observers)
      for (const entry of observer.takeRecords())
        if (entry.entryType === 'longtask') this.#longTask(entry);
        else this.#lateFrame(entry);
    const watched = {
      longTasks: this.#longTasks,
      ownLongTasks: this.#ownLongTasks,
      droppedFrames: this.#droppedFrames,
      ownDroppedFrames: this.#ownDroppedFrames,
    };
    this.#longTasks = this.#ownLongTasks = this.#droppedFrames = this.#ownDroppedFrames = 0;
    return watched;
  }

  stop(): void {
    for (const observer of this.#observers) observer.disconnect();
  }

  #longTask(entry: PerformanceEntry): void {
    this.#longTasks++;
    const own = this.#ownMsIn(entry);
    if (own > 0 && entry.duration - own < LONG_MS) this.#ownLongTasks++;
  }

  #lateFrame(entry: PerformanceEntry): void {
    const dropped = droppedIn(entry.duration);
    this.#droppedFrames += dropped;
    this.#ownDroppedFrames += dropped - droppedIn(entry.duration - this.#ownMsIn(entry));
  }

  #ownMsIn({ startTime, duration }: PerformanceEntry): number {
    let own = 0;
    for (const { start, end } of this.#stretches)
      own += Math.max(0, Math.min(end, startTime + duration) - Math.max(start, startTime));
    return own;
  }

  #observe(type: string, take: (entry: PerformanceEntry) => void): void {
    if (!PerformanceObserver.supportedEntryTypes?.includes(type)) return;
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(take));
    observer.observe({ type });
    this.#observers.push(observer);
  }
}

/** Frames that were due while one of `ms` was on its way. */
function droppedIn(ms: number): number {
  return Math.max(0, Math.round(ms / FRAME_MS) - 1);
}
