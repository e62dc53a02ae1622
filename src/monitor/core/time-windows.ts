// SPDX-License-Identifier: Apache-2.0
import { type Block, BlockSum, type ClosedWindow, type NumberedBlock } from './block.js';
import type { WindowPlan } from './window-plan.js';

interface TimedBlock {
  /** Start of the stretch of `unit` ms that its rows belong to. */
  readonly at: number;
  readonly block: NumberedBlock;
}

export interface SavedTimeWindows {
  readonly ring: readonly TimedBlock[];
  readonly open: readonly TimedBlock[];
  readonly due: number | null;
  /** Start of the first stretch that closed; lacking in what earlier versions saved. */
  readonly first?: number | null;
  readonly late: number;
}

/**
 * Windows by event time. A window ends when the watermark has passed its end by the lateness, and only where rows came in
 * its last step: a night without rows makes no windows. Of windows that slide the first is the last that reaches back to
 * the first rows: those before it would hold a part of their time only, and the same rows again and again.
 */
export class TimeWindows {
  readonly plan: WindowPlan;
  readonly #nextId: () => number;
  readonly #open = new Map<number, { readonly id: number; readonly sum: BlockSum }>();
  #ring: TimedBlock[] = [];
  /** End of the window that the newest closed blocks are to be told in. */
  #due: number | null = null;
  /** Start of the first stretch that closed since windows last began anew; −Infinity where that is not known. */
  #first: number | null = null;
  #late = 0;

  constructor(plan: WindowPlan, nextId: () => number) {
    this.plan = plan;
    this.#nextId = nextId;
  }

  /** Start of the stretch that a time belongs to. */
  stretchOf(time: number): number {
    const { origin, unit } = this.plan;
    return origin + Math.floor((time - origin) / unit) * unit;
  }

  /** The watermark at which rows of the stretch come too late. */
  endOf(stretch: number): number {
    return stretch + this.plan.unit + this.plan.lateness;
  }

  /** Whether a row of this time comes too late for its stretch. */
  isLate(time: number, watermark: number): boolean {
    return this.endOf(this.stretchOf(time)) <= watermark;
  }

  /** Start of the first stretch that rows can still come in time for. */
  firstInTime(watermark: number): number {
    const { unit, lateness } = this.plan;
    return this.stretchOf(watermark - unit - lateness) + unit;
  }

  /** The watermark from which on `close` has something to do. */
  get nextEnd(): number {
    let next = this.#due === null ? Number.POSITIVE_INFINITY : this.#due + this.plan.lateness;
    for (const stretch of this.#open.keys()) next = Math.min(next, this.endOf(stretch));
    return next;
  }

  /** Start of the first window that a stretch is the newest part of. */
  startAt(stretch: number): number {
    return this.#dueOf(stretch) - this.plan.size;
  }

  get open(): { readonly rows: number; readonly start: number } | null {
    const blocks = this.blocks();
    if (blocks.length === 0) return null;
    return { rows: blocks.reduce((sum, { profile }) => sum + profile.rows, 0), start: this.#openSpan.start };
  }

  /** Of the block that rows of this stretch go to; the stretch must not have ended. */
  idOf(stretch: number): number {
    return this.#at(stretch).id;
  }

  /** Stretches that have begun, whether rows came in them or not. */
  get opened(): number {
    return this.#open.size;
  }

  /** The same where rows or something else have opened the block; null where none have. */
  idWhereOpen(stretch: number): number | null {
    return this.#open.get(stretch)?.id ?? null;
  }

  add(stretch: number, block: Block): void {
    this.#at(stretch).sum.add(block);
  }

  countLate(rows: number): void {
    this.#late += rows;
  }

  /** The windows that have ended by this watermark, in order. */
  close(watermark: number, version: string): ClosedWindow[] {
    const ended: ClosedWindow[] = [];
    const { lateness } = this.plan;
    for (const stretch of [...this.#open.keys()].sort((a, b) => a - b)) {
      if (this.endOf(stretch) > watermark) break;
      this.#emit(stretch, version, ended);
      const { id, sum } = this.#at(stretch);
      const block = sum.take();
      this.#open.delete(stretch);
      if (block === null) continue;
      this.#ring.push({ at: stretch, block: { ...block, id } });
      this.#first ??= stretch;
      this.#due ??= this.#dueOf(stretch);
    }
    this.#emit(watermark - lateness, version, ended);
    return ended;
  }

  /** Ends what is open early; the next window begins with the next row. */
  end(version: string): ClosedWindow[] {
    const ended = this.close(Number.POSITIVE_INFINITY, version);
    this.#ring = [];
    this.#first = null;
    return ended;
  }

  /** Blocks of the window that would end next. */
  blocks(): readonly NumberedBlock[] {
    const { start, end } = this.#openSpan;
    const open = this.#opened().flatMap(({ at, block }) => (at < end ? block : []));
    const isFresh = open.length > 0 || this.#due !== null;
    return isFresh ? [...this.#ring.flatMap(({ at, block }) => (at >= start ? block : [])), ...open] : [];
  }

  /** Start and end of the window that would end next; NaN when none is open. */
  get #openSpan(): { readonly start: number; readonly end: number } {
    const first = Math.min(...this.#open.keys());
    const end = this.#due ?? (Number.isFinite(first) ? this.#dueOf(first) : Number.NaN);
    return { start: end - this.plan.size, end };
  }

  save(): SavedTimeWindows {
    return { ring: this.#ring, open: this.#opened(), due: this.#due, first: this.#first, late: this.#late };
  }

  restore({ ring, open, due, first, late }: SavedTimeWindows): void {
    this.#ring = [...ring];
    this.#due = due;
    this.#first = first ?? (ring.length > 0 ? Number.NEGATIVE_INFINITY : null);
    this.#late = late;
    for (const { at, block } of open) {
      this.#open.set(at, { id: block.id, sum: new BlockSum() });
      this.add(at, block);
    }
  }

  #at(stretch: number): { readonly id: number; readonly sum: BlockSum } {
    const known = this.#open.get(stretch);
    if (known !== undefined) return known;
    const opened = { id: this.#nextId(), sum: new BlockSum() };
    this.#open.set(stretch, opened);
    return opened;
  }

  #opened(): TimedBlock[] {
    return [...this.#open].flatMap(([at, { id, sum }]) => {
      const block = sum.sum();
      return block === null ? [] : { at, block: { ...block, id } };
    });
  }

  /** End of the first window that a stretch is to be told in: the first after it that is whole. */
  #dueOf(stretch: number): number {
    const { origin, unit, step, size } = this.plan;
    const next = Math.ceil((stretch + unit - origin) / step);
    const whole = Math.floor(((this.#first ?? stretch) + size - origin) / step);
    return origin + Math.max(next, whole) * step;
  }

  /** The window that was due, if its end lies at or before `until`. */
  #emit(until: number, version: string, ended: ClosedWindow[]): void {
    const end = this.#due;
    if (end === null || end > until) return;
    const { plan } = this;
    const start = end - plan.size;
    const blocks = this.#ring.flatMap(({ at, block }) => (at >= start && at < end ? block : []));
    if (blocks.length > 0) {
      ended.push({
        plan,
        start,
        end,
        blocks: blocks as [NumberedBlock, ...NumberedBlock[]],
        late: this.#late,
        version,
        merged: 1,
      });
    }
    this.#late = 0;
    this.#due = null;
    this.#ring = this.#ring.filter(({ at }) => at >= start + plan.step);
  }
}
