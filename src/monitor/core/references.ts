// SPDX-License-Identifier: Apache-2.0
import { endOf } from '../../baseline/calendar.js';
import type { Frame } from '../../baseline/frame.js';
import type { WindowProfile } from '../../distances/comparison.js';
import type { Baseline } from '../../profile/baseline-file.js';
import type { Profile } from '../../profile/parts.js';
import { durationText, milliseconds } from '../durations.js';
import type { ReferenceSpec } from '../specs.js';
import { type Block, BlockSum, type ClosedWindow, idsOf, type NumberedBlock, sumOf } from './block.js';
import type { Reference } from './judge.js';

/** A sliding reference is a sum of about so many blocks. */
const GRAINS = 48;

/** What windows are held against: one kind at a time, all measured with one frame. */
export interface References {
  readonly spec: ReferenceSpec;
  /** Says what it is, and why there is none where there is none. */
  readonly label: string;
  /** Rows that it holds by now; of a sliding one those before the latest window. */
  readonly rows: number;
  /** Rows that were measured; `own` where they lie in the window that is judged next. */
  take(block: Block): void;
  /** null while there is none for this window. */
  of(window: ClosedWindow): Reference | null;
  /** The one that a row of now is held against; null while there is none. */
  current(): Reference | null;
  /** What it holds that cannot be told from stored windows; null when nothing. Its id, where it has one, is given back with it. */
  save(): SavedReference | null;
  /** Whether `save` gives the same from now on. */
  readonly isComplete: boolean;
}

export type SavedReference = Block & Partial<Pick<NumberedBlock, 'id'>>;

export interface ReferenceSource {
  readonly frame: Frame;
  /** null where the app gave none, and the frame was learned. */
  readonly baseline: Baseline | null;
  /** Disjoint windows of the past, in the order of time. */
  readonly past: readonly Block[];
  /** What `save` gave for the same spec. */
  readonly saved: SavedReference | null;
  /** Ids of blocks, in the order in which they are opened. */
  readonly nextId: () => number;
}

/** @throws SettingsError where the spec means nothing */
export function openReferences(spec: ReferenceSpec, source: ReferenceSource): References {
  if (spec === 'baseline') return new FixedReference(spec, source);
  if ('first' in spec) return new FirstRows(spec, source);
  if ('healthy' in spec) return new MarkedSpan(spec, source);
  return new SlidingReference(spec, source);
}

class FixedReference implements References {
  readonly spec: ReferenceSpec;
  readonly label: string;
  readonly rows: number;
  readonly #reference: Reference | null;

  constructor(spec: ReferenceSpec, { baseline, frame }: ReferenceSource) {
    this.spec = spec;
    this.rows = baseline?.profile.rows ?? 0;
    this.label = baseline === null ? 'no baseline was given' : `the baseline "${baseline.name}"`;
    this.#reference =
      baseline === null
        ? null
        : {
            label: this.label,
            profile: baseline.profile,
            windows: windowsOf(baseline, frame),
            holdsFitted: true,
          };
  }

  take(): void {}

  of(): Reference | null {
    return this.#reference;
  }

  current(): Reference | null {
    return this.#reference;
  }

  readonly isComplete = true;

  save(): null {
    return null;
  }
}

class FirstRows implements References {
  readonly spec: ReferenceSpec;
  readonly #wanted: number;
  readonly #sum = new BlockSum();
  readonly #nextId: () => number;
  #reference: Reference | null = null;
  /** Blocks with larger ids were opened when it was complete; 0 where that is not known. */
  #after = 0;

  constructor(spec: { readonly first: number }, { saved, baseline, nextId }: ReferenceSource) {
    this.#nextId = nextId;
    this.spec = spec;
    this.#wanted = spec.first;
    // A frame that was learned brings its first rows along.
    if (saved === null && baseline !== null && isLearned(baseline))
      this.#reference = {
        label: firstLabel(baseline.profile.rows),
        profile: baseline.profile,
        windows: [],
        holdsFitted: true,
      };
    if (saved === null) return;
    this.#sum.add(saved);
    this.#complete();
    this.#after = saved.id ?? 0;
  }

  get rows(): number {
    return this.#reference?.profile.rows ?? this.#sum.rows;
  }

  get label(): string {
    if (this.#reference !== null) return this.#reference.label;
    return `the first ${this.#wanted.toLocaleString('en')} rows, of which ${this.#sum.rows.toLocaleString('en')} have come`;
  }

  take(block: Block): void {
    if (this.#reference !== null) return;
    this.#sum.add(block);
    if (this.#complete()) this.#after = this.#nextId();
  }

  /** Rows are not held against themselves. */
  of({ start, blocks }: ClosedWindow): Reference | null {
    const end = this.#sum.sum()?.end ?? Number.NEGATIVE_INFINITY;
    const isOwn =
      // Not by time, which a replay begins anew, and which one stamp of the far future would set for good.
      this.#after > 0 ? blocks.some((block) => idsOf(block).some((id) => id < this.#after)) : start < end;
    return isOwn ? null : this.#reference;
  }

  #complete(): boolean {
    if (this.#sum.rows < this.#wanted) return false;
    const { profile } = this.#sum.sum()!;
    this.#reference = { label: firstLabel(profile.rows), profile, windows: [], holdsFitted: false };
    return true;
  }

  current(): Reference | null {
    return this.#reference;
  }

  get isComplete(): boolean {
    return this.#reference !== null;
  }

  save(): SavedReference | null {
    const sum = this.#sum.sum();
    return sum && { ...sum, id: this.#after };
  }
}

class MarkedSpan implements References {
  readonly spec: ReferenceSpec;
  readonly #from: number;
  readonly #to: number;
  readonly #sum = new BlockSum();

  constructor(
    spec: { readonly healthy: { readonly from: number; readonly to: number } },
    source: ReferenceSource,
  ) {
    this.spec = spec;
    this.#from = spec.healthy.from;
    this.#to = spec.healthy.to;
    if (source.saved !== null) this.#sum.add(source.saved);
    else for (const block of source.past) this.take(block);
  }

  get rows(): number {
    return this.#sum.rows;
  }

  get label(): string {
    return `production from ${moment(this.#from)} to ${moment(this.#to)}${this.#sum.isEmpty ? ', of which no rows are kept' : ''}`;
  }

  take(block: Block): void {
    if (block.start >= this.#from && block.end <= this.#to) this.#sum.add(block);
  }

  of({ start }: ClosedWindow): Reference | null {
    const current = this.current();
    return current === null || start < this.#sum.sum()!.end ? null : current;
  }

  current(): Reference | null {
    const sum = this.#sum.sum();
    return sum && { label: this.label, profile: sum.profile, windows: [], holdsFitted: false };
  }

  readonly isComplete = false;

  save(): Block | null {
    return this.#sum.sum();
  }
}

class SlidingReference implements References {
  readonly spec: ReferenceSpec;
  readonly #span: number;
  /** In the order of their ends; the last grows until it is a grain long. */
  #blocks: Block[] = [];
  rows = 0;

  constructor(spec: { readonly last: Parameters<typeof milliseconds>[0] }, { past }: ReferenceSource) {
    this.spec = spec;
    this.#span = milliseconds(spec.last, 'reference.last');
    for (const block of past) this.take(block);
  }

  get label(): string {
    return `the ${durationText(this.#span)} before`;
  }

  take(block: Block): void {
    const last = this.#blocks[this.#blocks.length - 1];
    const whole =
      last === undefined
        ? null
        : { start: Math.min(last.start, block.start), end: Math.max(last.end, block.end) };
    if (last !== undefined && whole !== null && whole.end - whole.start <= this.#span / GRAINS)
      this.#blocks[this.#blocks.length - 1] = sumOf([last, block]);
    else this.#blocks.push(block);
    // A window ends a while after its rows were taken: twice the span is enough for windows as long as it.
    if (this.#blocks.length > 4 * GRAINS) this.#blocks = this.#blocks.slice(-3 * GRAINS);
  }

  current(): Reference | null {
    return this.#before(Number.POSITIVE_INFINITY, this.#blocks.at(-1)?.end ?? 0);
  }

  readonly isComplete = true;

  of({ start }: ClosedWindow): Reference | null {
    return this.#before(start, start);
  }

  #before(end: number, start: number): Reference | null {
    const blocks = this.#blocks.filter((block) => block.end <= end && block.start >= start - this.#span);
    const [first, ...others] = blocks;
    if (first === undefined) return null;
    const { profile } = sumOf([first, ...others]);
    this.rows = profile.rows;
    return { label: this.label, profile, windows: [], holdsFitted: false };
  }

  save(): null {
    return null;
  }
}

/** What a frame that was learned from production is called in its baseline. */
export const LEARNED = 'learned from production';

function isLearned({ name }: Baseline): boolean {
  return name === LEARNED;
}

function firstLabel(rows: number): string {
  return `the first ${rows.toLocaleString('en')} rows of production`;
}

function moment(time: number): string {
  return Number.isFinite(time) && Math.abs(time) <= 8.64e15
    ? `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`
    : String(time);
}

function windowsOf({ windows }: Baseline, { windowing }: Frame): WindowProfile[] {
  if (windowing === null) return [];
  return windows.map(({ start, profile }: { start: number; profile: Profile }) => ({
    side: 'reference',
    start,
    end: endOf(start, windowing.unit),
    profile,
  }));
}
