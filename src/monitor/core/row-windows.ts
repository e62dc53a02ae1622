// SPDX-License-Identifier: Apache-2.0
import { type Block, BlockSum, type ClosedWindow, type NumberedBlock } from './block.js';
import type { WindowPlan } from './window-plan.js';

export interface SavedRowWindows {
  readonly ring: readonly NumberedBlock[];
  readonly open: NumberedBlock | null;
  readonly fresh: number;
}

/** Windows of so many rows, in the order in which rows come. Blocks are added that never reach over the end of one. */
export class RowWindows {
  readonly plan: WindowPlan;
  readonly #nextId: () => number;
  readonly #open = new BlockSum();
  #ring: NumberedBlock[] = [];
  #openId: number;
  #openRows = 0;
  /** Closed blocks since a window last ended. */
  #fresh = 0;

  constructor(plan: WindowPlan, nextId: () => number) {
    this.plan = plan;
    this.#nextId = nextId;
    this.#openId = nextId();
  }

  /** Of the block that the next row goes to. */
  get openId(): number {
    return this.#openId;
  }

  /** Rows until the next block ends: what may be added before `close` must be asked. At least 1. */
  get room(): number {
    return this.plan.unit - this.#openRows;
  }

  /** Rows of the window that is open, and when its first came; null when there is none. */
  get open(): { readonly rows: number; readonly start: number } | null {
    const ring = this.#ringOfNext();
    const rows = ring.reduce((sum, { profile }) => sum + profile.rows, 0) + this.#openRows;
    if (this.#openRows === 0 && this.#fresh === 0) return null;
    return { rows, start: Math.min(this.#open.start, ...ring.map(({ start }) => start)) };
  }

  add(block: Block): void {
    this.#open.add(block);
    this.#openRows += block.profile.rows;
  }

  /** The window that has ended with the latest block, null when none has. */
  close(version: string): ClosedWindow | null {
    if (this.#openRows < this.plan.unit) return null;
    this.#shift();
    const { size, step, unit } = this.plan;
    if (this.#ring.length < size / unit || this.#fresh < step / unit) return null;
    this.#fresh = 0;
    const window = windowOf(this.plan, this.#ring, version);
    this.#ring = [...this.#ringOfNext()];
    return window;
  }

  /** Ends the open window early; the next begins with the next row. Null when no row is in it that none has held. */
  end(version: string): ClosedWindow | null {
    if (this.#openRows > 0) this.#shift();
    const window = this.#fresh > 0 ? windowOf(this.plan, this.#ring, version) : null;
    this.#ring = [];
    this.#fresh = 0;
    return window;
  }

  /** All that is held, for the store. */
  save(): SavedRowWindows {
    const open = this.#open.sum();
    return { ring: this.#ring, open: open && { ...open, id: this.#openId }, fresh: this.#fresh };
  }

  restore({ ring, open, fresh }: SavedRowWindows): void {
    this.#ring = [...ring];
    this.#fresh = fresh;
    if (open === null) return;
    this.#openId = open.id;
    this.add(open);
  }

  /** Blocks of the window that is open, as one that ended now would hold. */
  blocks(): readonly NumberedBlock[] {
    const open = this.#open.sum();
    return open === null ? this.#ringOfNext() : [...this.#ringOfNext(), { ...open, id: this.#openId }];
  }

  #ringOfNext(): readonly NumberedBlock[] {
    const kept = this.plan.size / this.plan.unit - 1;
    return this.#ring.length > kept ? this.#ring.slice(this.#ring.length - kept) : this.#ring;
  }

  #shift(): void {
    const block = this.#open.take();
    this.#openRows = 0;
    if (block === null) return;
    this.#ring.push({ ...block, id: this.#openId });
    this.#openId = this.#nextId();
    if (this.#ring.length > this.plan.size / this.plan.unit) this.#ring.shift();
    this.#fresh++;
  }
}

function windowOf(plan: WindowPlan, ring: readonly NumberedBlock[], version: string): ClosedWindow {
  return {
    plan,
    start: ring.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY),
    end: ring.reduce((most, { end }) => Math.max(most, end), Number.NEGATIVE_INFINITY),
    blocks: [...ring] as [NumberedBlock, ...NumberedBlock[]],
    late: 0,
    version,
    merged: 1,
  };
}
