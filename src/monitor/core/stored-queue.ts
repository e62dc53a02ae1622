// SPDX-License-Identifier: Apache-2.0
/** Windows that wait to be judged, in the store: their rows are saved as measured, and in no block that is open any more. */
import type { Frame } from '../../baseline/frame.js';
import type { StoredState } from '../../store/store.js';
import { type ClosedWindow, idsOf, sumOf } from './block.js';
import { blockOf, type StoredBlock, storedBlock } from './stored-blocks.js';
import type { WindowPlan } from './window-plan.js';

const QUEUE_STATE = 'queue';

interface StoredWaiting extends Pick<ClosedWindow, 'start' | 'end' | 'late' | 'version' | 'merged'> {
  readonly label: string;
  /** All that it holds: a sliding window has as many blocks as steps. */
  readonly block: StoredBlock;
  readonly ids: readonly number[];
}

/** Writes them as long as there are any. */
export class StoredQueue {
  /** Whether the store may hold some. */
  #isWritten = true;

  changes(waiting: readonly ClosedWindow[]): StoredState[] {
    const isDue = waiting.length > 0 || this.#isWritten;
    this.#isWritten = waiting.length > 0;
    return isDue ? [{ key: QUEUE_STATE, value: waiting.length > 0 ? waiting.map(storedWaiting) : null }] : [];
  }

  /** After a commit that failed. */
  forget(): void {
    this.#isWritten = true;
  }

  /** Those that were written, oldest first. @throws CodecError, BaselineMismatchError */
  async restore(
    plans: readonly WindowPlan[],
    frame: Frame,
    read: (key: string) => Promise<unknown>,
  ): Promise<ClosedWindow[]> {
    const saved = await read(QUEUE_STATE);
    if (!Array.isArray(saved)) return [];
    return (saved as StoredWaiting[]).flatMap(({ label, block, ids, ...facts }): ClosedWindow[] => {
      const plan = plans.find((known) => known.label === label);
      return plan === undefined ? [] : [{ ...facts, plan, blocks: [{ ...blockOf(block, frame), ids }] }];
    });
  }
}

function storedWaiting({ plan, blocks, start, end, late, version, merged }: ClosedWindow): StoredWaiting {
  const block = storedBlock(sumOf(blocks), blocks[0].id);
  return { label: plan.label, start, end, late, version, merged, block, ids: blocks.flatMap(idsOf) };
}
