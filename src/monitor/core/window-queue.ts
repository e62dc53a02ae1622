// SPDX-License-Identifier: Apache-2.0
import type { ClosedWindow, NumberedBlock } from './block.js';

/** Windows of a kind that wait whole; further ones are put together with the latest. */
const MOST_WAITING = 4;

/** Windows that have ended and wait to be judged: a bounded number, since windows can end faster than they are judged. */
export class WindowQueue {
  #waiting: ClosedWindow[] = [];

  get size(): number {
    return this.#waiting.length;
  }

  /** True when it was put together with the window of its kind before. */
  push(window: ClosedWindow): boolean {
    const same = this.#waiting.filter(({ plan }) => plan === window.plan);
    const last = same[same.length - 1];
    if (last === undefined || same.length < MOST_WAITING || last.version !== window.version) {
      this.#waiting.push(window);
      return false;
    }
    this.#waiting[this.#waiting.indexOf(last)] = joined(last, window);
    return true;
  }

  take(): ClosedWindow | null {
    return this.#waiting.shift() ?? null;
  }
}

/** Both as one window. Blocks that both hold are held once. */
export function joined(a: ClosedWindow, b: ClosedWindow): ClosedWindow {
  const blocks = new Map<number, NumberedBlock>();
  for (const block of [...a.blocks, ...b.blocks]) blocks.set(block.id, block);
  return {
    ...b,
    start: Math.min(a.start, b.start),
    end: Math.max(a.end, b.end),
    blocks: [...blocks.values()] as [NumberedBlock, ...NumberedBlock[]],
    late: a.late + b.late,
    merged: a.merged + b.merged,
  };
}
