// SPDX-License-Identifier: Apache-2.0
import { type ClosedWindow, idsOf } from './block.js';

/** How much of a window is new. */
export interface NewShare {
  /** Share of its rows that the window of the kind before held too. */
  readonly overlap: number;
  /**
   * What is new, in windows: 1 − overlap, but of windows that slide over time no more than the share of their time in
   * which the new rows came. After a quiet night the first five minutes fill their hour alone, and are no hour of evidence.
   */
  readonly weight: number;
}

/** `held`: ids of the blocks of the window judged before it, of its kind; none where it is the first. */
export function newShareOf(held: ReadonlySet<number>, { plan, blocks }: ClosedWindow): NewShare {
  let rows = 0;
  let shared = 0;
  let stretches = 0;
  for (const block of blocks) {
    rows += block.profile.rows;
    const ids = idsOf(block);
    const fresh = ids.filter((id) => !held.has(id)).length;
    if (fresh === 0) shared += block.profile.rows;
    stretches += fresh;
  }
  const overlap = shared / Math.max(1, rows);
  const time = plan.kind === 'time' ? (stretches * plan.unit) / plan.size : 1;
  return { overlap, weight: Math.min(1 - overlap, time) };
}
