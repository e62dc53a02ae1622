// SPDX-License-Identifier: Apache-2.0

import { sumProfiles } from '../../profile/packed-profile.js';
import type { Profile } from '../../profile/parts.js';
import type { WindowPlan } from './window-plan.js';

/** Rows that were measured together. Never changed once it is closed: windows that hold it share it. */
export interface Block {
  readonly profile: Profile;
  /** Event time of its first row and, exclusive, of its last, ms. */
  readonly start: number;
  readonly end: number;
}

/** A block of one kind of windows. */
export interface NumberedBlock extends Block {
  /** Never used again: labels and metrics that belong to its rows are kept by it. */
  readonly id: number;
  /** Of several that were put together. */
  readonly ids?: readonly number[];
}

export function idsOf({ id, ids }: NumberedBlock): readonly number[] {
  return ids ?? [id];
}

/** A window that has ended and waits to be judged. */
export interface ClosedWindow {
  readonly plan: WindowPlan;
  readonly start: number;
  readonly end: number;
  /** Disjoint, in the order in which they closed. */
  readonly blocks: readonly [NumberedBlock, ...NumberedBlock[]];
  /** Rows that came too late for any window of the kind since the window before. */
  readonly late: number;
  readonly version: string;
  /** Windows that were put together because they ended faster than they can be judged; 1 for one. */
  readonly merged: number;
}

/** Profiles on their way into one: added seldom, since each sum is a copy. */
export class BlockSum {
  #blocks: Block[] = [];

  get rows(): number {
    return this.#blocks.reduce((rows, { profile }) => rows + profile.rows, 0);
  }

  get isEmpty(): boolean {
    return this.#blocks.length === 0;
  }

  get start(): number {
    return this.#blocks.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
  }

  add(block: Block): void {
    this.#blocks.push(block);
    if (this.#blocks.length >= 16) this.#blocks = [sumOf(this.#blocks as [Block, ...Block[]])];
  }

  /** All that was added as one block, null when nothing was; what is added later is not in it. */
  sum(): Block | null {
    if (this.#blocks.length > 1) this.#blocks = [sumOf(this.#blocks as [Block, ...Block[]])];
    return this.#blocks[0] ?? null;
  }

  /** `sum`, and begins anew. */
  take(): Block | null {
    const sum = this.sum();
    this.#blocks = [];
    return sum;
  }
}

export function sumOf(blocks: readonly [Block, ...Block[]]): Block {
  if (blocks.length === 1) return blocks[0];
  const [first, ...others] = blocks;
  return {
    profile: sumProfiles([first.profile, ...others.map(({ profile }) => profile)]),
    start: blocks.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY),
    end: blocks.reduce((most, { end }) => Math.max(most, end), Number.NEGATIVE_INFINITY),
  };
}
