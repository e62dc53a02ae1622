// SPDX-License-Identifier: Apache-2.0
import { type ClosedWindow, idsOf, type NumberedBlock, sumOf } from './block.js';

/** Windows of a kind that wait whole; further ones are put together with the latest. */
const MOST_WAITING = 4;
/** Blocks of windows that were put together. */
const MOST_BLOCKS = 32;

/** Blocks that a window which was put together holds, so that each one more need not be looked for among all. */
const heldBy = new WeakMap<ClosedWindow, Set<number>>();

/** Windows that have ended and wait to be judged: a bounded number, since windows can end faster than they are judged. */
export class WindowQueue {
  #waiting: ClosedWindow[] = [];

  /** Oldest first. */
  get all(): readonly ClosedWindow[] {
    return this.#waiting;
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

/** Both as one window. Blocks that both hold are held once; many are put together, so that waiting takes little memory. */
function joined(a: ClosedWindow, b: ClosedWindow): ClosedWindow {
  const held = heldBy.get(a) ?? new Set(a.blocks.flatMap(idsOf));
  const blocks = [...a.blocks, ...b.blocks.filter((block) => idsOf(block).some((id) => !held.has(id)))];
  const window = {
    ...b,
    start: Math.min(a.start, b.start),
    end: Math.max(a.end, b.end),
    blocks: (blocks.length > MOST_BLOCKS ? [together(blocks), blocks.at(-1)!] : blocks) as [
      NumberedBlock,
      ...NumberedBlock[],
    ],
    late: a.late + b.late,
    merged: a.merged + b.merged,
  };
  for (const block of b.blocks) for (const id of idsOf(block)) held.add(id);
  heldBy.delete(a);
  heldBy.set(window, held);
  return window;
}

/** All but the last as one. */
function together(blocks: readonly NumberedBlock[]): NumberedBlock {
  const [first, ...others] = blocks.slice(0, -1);
  return { ...sumOf([first, ...others]), id: first.id, ids: [first, ...others].flatMap(idsOf) };
}
