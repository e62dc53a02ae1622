// SPDX-License-Identifier: Apache-2.0
import type { Feature, Frame } from '../baseline/frame.js';
import type { Batch } from '../columns/batch.js';
import { DriftglassError } from '../errors.js';
import type { Kernels } from '../kernels/kernels.js';
import { emptyCategory, mergeCategory, subtractCategory } from './category.js';
import { emptyEmbedding, mergeEmbedding, subtractEmbedding } from './embedding.js';
import type { EmbeddingMeters } from './embedding-meters.js';
import { FrameMeter } from './meter.js';
import { emptyNumber, mergeNumber, subtractNumber, sumNumbers } from './number.js';
import type { NumberPart, Part, Profile } from './parts.js';
import { emptyTable, mergeTable, subtractTable } from './table.js';
import { emptyText, mergeText, subtractText } from './text.js';
import { emptyTime, mergeTime, subtractTime } from './time.js';

/**
 * A profile of no rows: the identity of merging. `sketches: false` leaves distinct values and duplicates uncounted
 * (calendar windows, of which there are many); so does everything merged with it.
 */
export function emptyProfile(frame: Frame, { sketches = true }: { sketches?: boolean } = {}): Profile {
  return {
    frameId: frame.id,
    rows: 0,
    skipped: 0,
    parts: new Map(frame.features.map((feature) => [feature.name, emptyPart(feature, sketches)])),
    table: emptyTable(frame, { counted: sketches }),
  };
}

export function emptyPart({ frame }: Feature, sketches: boolean): Part {
  const distinct = sketches ? undefined : new Uint8Array(0);
  switch (frame.kind) {
    case 'number':
      return emptyNumber(frame, distinct);
    case 'category':
    case 'boolean':
      return emptyCategory(frame, distinct);
    case 'text':
      return emptyText(frame, distinct);
    case 'time':
      return emptyTime();
    case 'embedding':
      return emptyEmbedding(frame);
  }
}

/** Measures batches against a frame, all in one window. Embeddings need kernels of their own, and stand in the profile once it has settled. */
export class Profiler {
  readonly profile: Profile;
  readonly #meter: FrameMeter;

  constructor(frame: Frame, kernels: Kernels, embeddings?: EmbeddingMeters) {
    this.#meter = new FrameMeter(frame, kernels, embeddings);
    this.profile = emptyProfile(frame);
  }

  /** Adds a batch's rows. Columns that the frame does not know are left out; those that the batch lacks are missing. */
  add(batch: Batch): void {
    const conformed = this.#meter.conformed(batch);
    this.#meter.addCounts(this.profile, conformed);
    this.#meter.addSketches(this.profile, conformed);
  }

  /** Resolves when more may be added without piling up; undefined where it may be at once. */
  room(): Promise<unknown> | undefined {
    return this.#meter.room();
  }

  /** Brings embeddings into the profile; all else is there at once. */
  settle(): Promise<void> {
    return this.#meter.settle();
  }
}

/** The profile of both windows together; BaselineMismatchError when they were measured against different frames. */
export function mergeProfiles(a: Profile, b: Profile): Profile {
  assertSameFrame(a, b);
  const parts = new Map<string, Part>();
  for (const [name, part] of a.parts) parts.set(name, mergeParts(part, b.parts.get(name)!));
  return {
    frameId: a.frameId,
    rows: a.rows + b.rows,
    skipped: a.skipped + b.skipped,
    parts,
    table: mergeTable(a.table, b.table),
  };
}

/** The profile of all windows together, as merging them one by one would give, but quicker for many. */
export function mergeAll(profiles: readonly [Profile, ...Profile[]]): Profile {
  const [first] = profiles;
  for (const profile of profiles) assertSameFrame(first, profile);
  const parts = new Map<string, Part>();
  for (const name of first.parts.keys()) {
    const list = profiles.map((profile) => profile.parts.get(name)!);
    parts.set(name, allNumbers(list) ? sumNumbers(list) : inPairs(list, mergeParts));
  }
  return {
    frameId: first.frameId,
    rows: profiles.reduce((sum, { rows }) => sum + rows, 0),
    skipped: profiles.reduce((sum, { skipped }) => sum + skipped, 0),
    parts,
    table: inPairs(
      profiles.map(({ table }) => table),
      mergeTable,
    ),
  };
}

function allNumbers(parts: readonly Part[]): parts is [NumberPart, ...NumberPart[]] {
  return parts.every(({ kind }) => kind === 'number');
}

/** Merges neighbours until one is left: what grows by merging (buckets, names) is copied few times. */
export function inPairs<T>(items: readonly T[], merge: (a: T, b: T) => T): T {
  let list = items;
  while (list.length > 1) {
    const halves: T[] = [];
    for (let i = 0; i < list.length; i += 2)
      halves.push(i + 1 < list.length ? merge(list[i]!, list[i + 1]!) : list[i]!);
    list = halves;
  }
  return list[0]!;
}

/**
 * The profile a without the rows of b, which a must hold. Exact for counts. f64 sums lose bits; extremes, distinct values,
 * duplicate samples and tokens cannot be taken back and stay those of a.
 */
export function subtractProfiles(a: Profile, b: Profile): Profile {
  assertSameFrame(a, b);
  const parts = new Map<string, Part>();
  for (const [name, part] of a.parts) parts.set(name, subtractParts(part, b.parts.get(name)!));
  return {
    frameId: a.frameId,
    rows: a.rows - b.rows,
    skipped: a.skipped - b.skipped,
    parts,
    table: subtractTable(a.table, b.table),
  };
}

function assertSameFrame(a: Profile, b: Profile): void {
  if (a.frameId === b.frameId) return;
  throw new DriftglassError(
    'BaselineMismatchError',
    `profiles of different baselines cannot be combined: ${a.frameId} and ${b.frameId}`,
  );
}

export function mergeParts(a: Part, b: Part): Part {
  if (a.kind === 'number' && b.kind === 'number') return mergeNumber(a, b);
  if (a.kind === 'time' && b.kind === 'time') return mergeTime(a, b);
  if (a.kind === 'text' && b.kind === 'text') return mergeText(a, b);
  if (a.kind === 'embedding' && b.kind === 'embedding') return mergeEmbedding(a, b);
  if (isCategory(a) && isCategory(b)) return mergeCategory(a, b);
  throw new DriftglassError(
    'BaselineMismatchError',
    `parts of kinds ${a.kind} and ${b.kind} cannot be merged`,
  );
}

function subtractParts(a: Part, b: Part): Part {
  if (a.kind === 'number' && b.kind === 'number') return subtractNumber(a, b);
  if (a.kind === 'time' && b.kind === 'time') return subtractTime(a, b);
  if (a.kind === 'text' && b.kind === 'text') return subtractText(a, b);
  if (a.kind === 'embedding' && b.kind === 'embedding') return subtractEmbedding(a, b);
  if (isCategory(a) && isCategory(b)) return subtractCategory(a, b);
  throw new DriftglassError(
    'BaselineMismatchError',
    `parts of kinds ${a.kind} and ${b.kind} cannot be subtracted`,
  );
}

function isCategory(part: Part): part is Extract<Part, { counts: Float64Array; other: number }> {
  return part.kind === 'category' || part.kind === 'boolean';
}
