// SPDX-License-Identifier: Apache-2.0
/**
 * The work that can be shared among threads: each call is independent, and what it returns adds. The lead engine has one
 * helper on its own thread and, where there are more cores, others behind message ports.
 */
import type { Frame } from '../baseline/frame.js';
import type { Batch } from '../columns/batch.js';
import type { Schema } from '../columns/schema.js';
import { sliceBatch } from '../columns/slice-rows.js';
import type { FeatureComparison } from '../distances/comparison.js';
import type { Kernels } from '../kernels/kernels.js';
import { WindowedProfiler } from '../profile/windowed.js';
import { openSource } from '../sources/open.js';
import type { Bytes, ReadOptions, ReadProgress, Source } from '../sources/source.js';
import { metersOf } from './embedding-door.js';
import { type FeatureTask, measureFeature } from './measure-feature.js';
import type { FileSpec, OpenOptions, Split } from './protocol.js';
import { splitBatch } from './split-batch.js';
import { giveWay, inTurns } from './turns.js';
import { type WindowedProfile, windowedOf } from './windowed-profile.js';

/** Enough to open the same source again on another thread. */
export interface SourceSpec {
  /** Given by the lead engine: one per opened side. */
  readonly id: number;
  readonly files: readonly FileSpec[];
  readonly options: OpenOptions;
  /** Types forced by the reference. */
  readonly schema?: Schema;
}

/** Rows of one part, by side. Without a split everything is of one side. */
export interface SidedBatches {
  readonly reference: Batch[];
  readonly current: Batch[];
  /** Bytes of input that the part took. */
  readonly bytes: number;
  readonly rows: number;
}

export interface SidedProfiles {
  readonly reference: WindowedProfile;
  readonly current: WindowedProfile;
  readonly bytes: number;
  readonly rows: number;
}

/** Kept rows, measured. */
export interface ProfiledRows {
  readonly windowed: WindowedProfile;
  /** The rows that were given: a helper on another thread has them handed over, and hands them back. */
  readonly batches: readonly Batch[];
}

export interface ProfileHow {
  readonly split: Split | null;
  readonly frame: Frame;
}

/** Each call ends with an AbortError, at the next batch or feature, once its `signal` is aborted. */
export interface Helper {
  /** Rows of part `part`, for the exact way. */
  readPart(spec: SourceSpec, part: number, split: Split | null, signal?: AbortSignal): Promise<SidedBatches>;
  /** Profiles of parts, from (inclusive) to (exclusive), for the certified way. */
  profileParts(
    spec: SourceSpec,
    parts: readonly [from: number, to: number],
    how: ProfileHow,
    signal?: AbortSignal,
  ): Promise<SidedProfiles>;
  /** The profile of rows that were read before. The rows given may be gone: use those returned. */
  profileRows(batches: readonly Batch[], frame: Frame, signal?: AbortSignal): Promise<ProfiledRows>;
  /** The first reference rows of part `part`; null when it has none. */
  sample(spec: SourceSpec, part: number, split: Split | null, signal?: AbortSignal): Promise<Batch | null>;
  /** The tasks' values may be gone afterwards. */
  measure(tasks: readonly FeatureTask[], signal?: AbortSignal): Promise<FeatureComparison[]>;
}

/** Rows of vectors that are measured at a time, where a source has them in one piece. */
const MANY_ROWS = 65_536;
/** Values that are read or measured in one step of about a millisecond. */
const STEP_VALUES = 8_192;
/** Fewer rows cost more to hand around than to read; a vector is much of itself. */
const LEAST_ROWS = 64;
const LEAST_VECTORS = 8;

function smallBatch(schema: Schema): number {
  const values = schema.reduce((sum, { dimension = 1 }) => sum + dimension, 0);
  const vectors = schema.some(({ type }) => type === 'vector');
  return Math.max(vectors ? LEAST_VECTORS : LEAST_ROWS, Math.floor(STEP_VALUES / Math.max(1, values)));
}

/** Does the work on the thread that it lives on. */
export class LocalHelper implements Helper {
  readonly #kernels: Kernels;
  readonly #openBytes: (file: FileSpec) => Bytes | Promise<Bytes>;
  readonly #sources = new Map<number, Promise<Source>>();

  readonly inSteps: boolean;

  /** `inSteps` is for a thread that has frames to draw: its turns are short whatever the rows. Default false. */
  constructor(
    kernels: Kernels,
    openBytes: (file: FileSpec) => Bytes | Promise<Bytes>,
    { inSteps = false }: { inSteps?: boolean } = {},
  ) {
    this.#kernels = kernels;
    this.#openBytes = openBytes;
    this.inSteps = inSteps;
  }

  async readPart(
    spec: SourceSpec,
    part: number,
    split: Split | null,
    signal?: AbortSignal,
  ): Promise<SidedBatches> {
    const sided: SidedBatches = { reference: [], current: [], bytes: 0, rows: 0 };
    let bytes = 0;
    let rows = 0;
    const source = await this.source(spec);
    const onProgress = (progress: ReadProgress): void => {
      bytes = progress.bytes;
    };
    for await (const batch of this.#read(source, { parts: [part, part + 1], onProgress })) {
      rows += batch.rows;
      const { reference, current } =
        split === null ? { reference: null, current: batch } : splitBatch(batch, split);
      if (reference !== null) sided.reference.push(reference);
      if (current !== null) sided.current.push(current);
      await giveWay(signal);
    }
    return { ...sided, bytes, rows };
  }

  async profileParts(
    spec: SourceSpec,
    parts: readonly [from: number, to: number],
    { split, frame }: ProfileHow,
    signal?: AbortSignal,
  ): Promise<SidedProfiles> {
    const source = await this.source(spec);
    const meters = await metersOf(frame, source.rows);
    const reference = new WindowedProfiler(frame, this.#kernels, meters);
    const current = new WindowedProfiler(frame, this.#kernels, meters);
    let bytes = 0;
    let rows = 0;
    const onProgress = (progress: ReadProgress): void => {
      bytes = progress.bytes;
    };
    // Many rows of vectors at a time are measured in half the time of few.
    const many = source.schema.some(({ type }) => type === 'vector') ? { batchRows: MANY_ROWS } : {};
    for await (const batch of this.#read(source, { parts, onProgress, ...many })) {
      rows += batch.rows;
      const sides = split === null ? { reference: null, current: batch } : splitBatch(batch, split);
      if (sides.reference !== null) reference.add(sides.reference);
      if (sides.current !== null) current.add(sides.current);
      await (reference.room() ?? current.room());
      await giveWay(signal);
    }
    await reference.settle();
    await current.settle();
    return { reference: windowedOf(reference), current: windowedOf(current), bytes, rows };
  }

  async profileRows(batches: readonly Batch[], frame: Frame, signal?: AbortSignal): Promise<ProfiledRows> {
    const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
    const profiler = new WindowedProfiler(frame, this.#kernels, await metersOf(frame, rows));
    for (const batch of batches) {
      profiler.add(batch);
      await profiler.room();
      await giveWay(signal);
    }
    await profiler.settle();
    return { windowed: windowedOf(profiler), batches };
  }

  async sample(
    spec: SourceSpec,
    part: number,
    split: Split | null,
    signal?: AbortSignal,
  ): Promise<Batch | null> {
    const source = await this.source(spec);
    // A frame wants more rows than one step reads: a page is held up here by a few steps at once, 16 times at most.
    const small = this.inSteps ? { batchRows: 8 * smallBatch(source.schema) } : {};
    for await (const batch of source.read({ parts: [part, part + 1], ...small })) {
      const reference = split === null ? batch : splitBatch(batch, split).reference;
      if (reference !== null) return reference;
      await giveWay(signal);
    }
    return null;
  }

  async measure(tasks: readonly FeatureTask[], signal?: AbortSignal): Promise<FeatureComparison[]> {
    const measured: FeatureComparison[] = [];
    for (const task of tasks) {
      if (task.feature.kind === 'embedding') {
        const { measureEmbedding } = await import('./measure-embedding.js');
        measured.push(await measureEmbedding(task, signal));
        continue;
      }
      const ready = this.inSteps ? await this.#inSteps(task, signal) : task;
      measured.push(measureFeature(ready, this.#kernels));
      await giveWay(signal);
    }
    return measured;
  }

  async #inSteps(task: FeatureTask, signal: AbortSignal | undefined): Promise<FeatureTask> {
    const { sortedTask } = await import('./sorted-task.js');
    return inTurns(sortedTask(task, this.#kernels), signal);
  }

  /** Batches as they come, or cut small. */
  async *#read(source: Source, options: ReadOptions): AsyncGenerator<Batch> {
    if (!this.inSteps) return yield* source.read(options);
    const batchRows = smallBatch(source.schema);
    for await (const batch of source.read({ ...options, batchRows }))
      for (let row = 0; row < batch.rows; row += batchRows) yield sliceBatch(batch, row, row + batchRows);
  }

  /** The source of `spec`, opened once. Two sides are open at a time, so older ones are let go. */
  source(spec: SourceSpec): Promise<Source> {
    const known = this.#sources.get(spec.id);
    if (known !== undefined) return known;
    const source = this.openSource(spec);
    // A source that failed to open is tried again when asked again.
    source.catch(() => this.#sources.delete(spec.id));
    this.#sources.set(spec.id, source);
    for (const id of this.#sources.keys()) if (this.#sources.size > 3) this.#sources.delete(id);
    return source;
  }

  /** A source of its own, for a look that leaves no trace in the notes of the one that is compared. */
  async openSource({ files, options, schema }: SourceSpec): Promise<Source> {
    const bytes = await Promise.all(files.map(this.#openBytes));
    return openSource(bytes, {
      ...(options.dialect === undefined ? {} : { csv: { dialect: options.dialect } }),
      ...(options.vectors === undefined ? {} : { vectors: options.vectors }),
      ...(options.groups === undefined ? {} : { groups: options.groups }),
      ...(schema === undefined ? {} : { schema }),
      ...(this.inSteps ? { pause: () => giveWay() } : {}),
    });
  }
}
