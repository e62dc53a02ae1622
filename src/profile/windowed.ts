// SPDX-License-Identifier: Apache-2.0
import { type CalendarUnit, endOf } from '../baseline/calendar.js';
import type { FeatureFrame, Frame } from '../baseline/frame.js';
import type { Batch } from '../columns/batch.js';
import type { Kernels } from '../kernels/kernels.js';
import type { EmbeddingMeters } from './embedding-meters.js';
import { FrameMeter } from './meter.js';
import { partition } from './partition.js';
import type { Profile } from './parts.js';
import { emptyProfile, mergeAll } from './profile.js';

/** Calendar windows followed at most; rows of any further one count in the total only. */
export const MAX_WINDOWS = 4_096;
/** Memory of all windows' profiles together, which bounds their number in wide tables; at least 24 are followed. */
const WINDOW_BYTES = 256 * 2 ** 20;
const FEWEST_WINDOWS = 24;

/**
 * Profiles calendar windows (UTC) of the frame's time column and their total at once. Windows count no distinct values
 * and no duplicates; the total does.
 */
export class WindowedProfiler {
  readonly windows = new Map<number, Profile>();
  /** Rows without a time, and of windows beyond the bound. */
  readonly rest: Profile;
  readonly #most: number;
  readonly #meter: FrameMeter;
  /** Distinct values and duplicates of all rows; its counts stay empty. */
  readonly #sketches: Profile;

  /** Without windowing in the frame everything is in `rest`. */
  constructor(frame: Frame, kernels: Kernels, embeddings?: EmbeddingMeters) {
    this.#most = mostWindows(frame);
    this.#meter = new FrameMeter(frame, kernels, embeddings);
    this.#sketches = emptyProfile(frame);
    this.rest = emptyProfile(frame, { sketches: false });
  }

  /** Adds a batch's rows to their windows. */
  add(batch: Batch): void {
    const conformed = this.#meter.conformed(batch);
    this.#meter.addSketches(this.#sketches, conformed);
    const { windowing } = this.#meter.frame;
    const time = windowing && conformed.columns.get(windowing.column);
    if (!windowing || !time || time.type === 'string') {
      this.#meter.addCounts(this.rest, conformed);
      return;
    }
    for (const { start, batch: piece } of partition(conformed, time, windowing.unit)) {
      this.#meter.addCounts(this.#window(start), piece);
    }
  }

  /** Resolves when more may be added without piling up; undefined where it may be at once. */
  room(): Promise<unknown> | undefined {
    return this.#meter.room();
  }

  /** Brings embeddings into the profiles; to be awaited before they are read. */
  settle(): Promise<void> {
    return this.#meter.settle();
  }

  /** The profile of all rows, whatever their time. */
  total(): Profile {
    // The empty profile makes it a copy, which later batches leave alone.
    const empty = emptyProfile(this.#meter.frame, { sketches: false });
    return withSketches(mergeAll([empty, this.rest, ...this.windows.values()]), this.#sketches);
  }

  /** End (exclusive, ms) of the window that starts at `start`. */
  endOf(start: number): number {
    const unit: CalendarUnit = this.#meter.frame.windowing?.unit ?? 'day';
    return endOf(start, unit);
  }

  #window(start: number): Profile {
    const known = this.windows.get(start);
    if (known) return known;
    if (Number.isNaN(start) || this.windows.size >= this.#most) return this.rest;
    const opened = emptyProfile(this.#meter.frame, { sketches: false });
    this.windows.set(start, opened);
    return opened;
  }
}

/** Windows whose profiles fit the memory that they may take. */
export function mostWindows(frame: Frame): number {
  let bytes = 0;
  for (const { frame: measured } of frame.features) bytes += partBytes(measured);
  bytes += 8 * frame.table.joint.length ** 2;
  return Math.max(FEWEST_WINDOWS, Math.min(MAX_WINDOWS, Math.floor(WINDOW_BYTES / Math.max(1, bytes))));
}

/** About what a part without distinct registers takes. */
function partBytes(frame: FeatureFrame): number {
  const base = 500;
  switch (frame.kind) {
    case 'number':
      return base + 16 * frame.cuts.length;
    case 'text':
      return base + partBytes(frame.length) + partBytes(frame.words);
    case 'time':
      return base + 8 * 168;
    case 'embedding':
      return base + 16 * (frame.frequencies + frame.variances.length) + 8 * frame.drawn.length * 64;
    default:
      return base + 8 * frame.categories.length;
  }
}

/** The counts of one profile with the distinct registers and duplicate samples of another. */
function withSketches(counts: Profile, sketches: Profile): Profile {
  const parts = new Map(counts.parts);
  for (const [name, part] of counts.parts) {
    const from = sketches.parts.get(name)!;
    if ('distinct' in part && 'distinct' in from)
      parts.set(name, { ...part, distinct: from.distinct.slice() });
  }
  const copy = ({ threshold, hashes }: Profile['table']['duplicates']) => ({
    threshold,
    hashes: new Map(hashes),
  });
  const { duplicates, keys } = sketches.table;
  return {
    ...counts,
    parts,
    table: {
      ...counts.table,
      duplicates: copy(duplicates),
      keys: new Map([...keys].map(([name, sample]) => [name, copy(sample)])),
    },
  };
}
