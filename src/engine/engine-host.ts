// SPDX-License-Identifier: Apache-2.0
import { expose, transfer, wrap } from 'comlink';
import type { Frame } from '../baseline/frame.js';
import type { Batch } from '../columns/batch.js';
import type { FeatureComparison } from '../distances/comparison.js';
import { DriftglassError } from '../errors.js';
import { chooseKernels } from '../kernels/choose.js';
import type { EngineInfo, Report } from '../report/report.js';
import { bytesFromBlob, bytesFromBuffer } from '../sources/bytes.js';
import type { Bytes } from '../sources/source.js';
import type { Settings } from '../verdict/settings.js';
import { Engine } from './engine.js';
import {
  type FeatureTask,
  type Helper,
  LocalHelper,
  type SidedBatches,
  type SidedProfiles,
  type SourceSpec,
} from './helper.js';
import type {
  CompareOptions,
  ExportKind,
  FileSpec,
  OpenOptions,
  Progress,
  Side,
  SideInfo,
  Split,
} from './protocol.js';
import { holdLock } from './worker-watch.js';

/**
 * An engine as others reach it: the page, through a worker's port, and a lead engine on another thread, which asks it for
 * parts of the work. An AbortSignal cannot cross a port, so cancelling is a call.
 */
export class EngineHost implements Helper {
  #place: EngineInfo['place'];
  #notes: readonly string[];
  #started: Promise<{ engine: Engine; helper: LocalHelper }> | null = null;
  #running: AbortController | null = null;

  constructor(place: EngineInfo['place'], notes: readonly string[] = []) {
    this.#place = place;
    this.#notes = notes;
  }

  /** Said by the page before anything else: where this host runs and why, and the lock that tells that it lives. */
  async configure(place: EngineInfo['place'], notes: readonly string[], lockName: string): Promise<void> {
    this.#place = place;
    this.#notes = notes;
    await holdLock(lockName);
  }

  /** Another thread's host, behind a port, lends its hands. */
  async addHelper(port: MessagePort): Promise<void> {
    const { engine } = await this.#start();
    engine.addHelper(wrap<Helper>(port) as unknown as Helper);
  }

  /** Answers a lead engine on `port`. */
  serve(port: MessagePort): void {
    expose(this, port);
  }

  async open(side: Side, files: readonly FileSpec[], options?: OpenOptions): Promise<SideInfo> {
    const { engine } = await this.#start();
    return engine.open(side, files, options);
  }

  async close(side: Side): Promise<void> {
    const { engine } = await this.#start();
    engine.close(side);
  }

  async compare(options: CompareOptions, onProgress?: (progress: Progress) => void): Promise<Report> {
    return this.#cancellable((engine, signal) =>
      engine.compare({ ...options, signal, ...(onProgress === undefined ? {} : { onProgress }) }),
    );
  }

  async rerate(settings: Partial<Settings>): Promise<Report> {
    return this.#cancellable((engine, signal) => engine.rerate(settings, { signal }));
  }

  async exportAs(
    kind: Exclude<ExportKind, 'html'>,
  ): Promise<{ readonly type: string; readonly data: string | ArrayBuffer }> {
    const { engine } = await this.#start();
    return engine.exportAs(kind);
  }

  /** Stops what runs, at the next part. */
  cancel(): void {
    this.#running?.abort();
  }

  async readPart(spec: SourceSpec, part: number, split: Split | null): Promise<SidedBatches> {
    const { helper } = await this.#start();
    const sided = await helper.readPart(spec, part, split);
    const owned = {
      ...sided,
      reference: sided.reference.map(ownBuffers),
      current: sided.current.map(ownBuffers),
    };
    return transfer(owned, [...owned.reference, ...owned.current].flatMap(buffersOf));
  }

  async profilePart(
    spec: SourceSpec,
    part: number,
    split: Split | null,
    frame: Frame,
  ): Promise<SidedProfiles> {
    const { helper } = await this.#start();
    return helper.profilePart(spec, part, split, frame);
  }

  async sample(spec: SourceSpec, part: number, split: Split | null): Promise<Batch | null> {
    const { helper } = await this.#start();
    return helper.sample(spec, part, split);
  }

  async measure(task: FeatureTask): Promise<FeatureComparison> {
    const { helper } = await this.#start();
    return helper.measure(task);
  }

  async #cancellable<T>(run: (engine: Engine, signal: AbortSignal) => Promise<T>): Promise<T> {
    const { engine } = await this.#start();
    if (this.#running !== null)
      throw new DriftglassError('EngineError', 'a comparison is running: cancel it first');
    this.#running = new AbortController();
    try {
      return await run(engine, this.#running.signal);
    } finally {
      this.#running = null;
    }
  }

  #start(): Promise<{ engine: Engine; helper: LocalHelper }> {
    this.#started ??= chooseKernels().then(({ kernels, reason }) => ({
      engine: new Engine({ kernels, openBytes, place: this.#place, notes: [...this.#notes, reason] }),
      helper: new LocalHelper(kernels, openBytes),
    }));
    return this.#started;
  }
}

function openBytes(file: FileSpec): Bytes {
  if ('blob' in file) return bytesFromBlob(file.blob, file.name);
  if ('buffer' in file) return bytesFromBuffer(file.buffer, file.name);
  throw new DriftglassError('SourceError', `${file.name}: a path can only be read in Node`);
}

/** A view into a larger buffer would take that buffer along (and away): such views are copied first. */
function ownBuffers(batch: Batch): Batch {
  const columns = new Map(batch.columns);
  for (const [name, column] of columns) {
    if (column.type === 'string') columns.set(name, { ...column, codes: owned(column.codes) });
    else
      columns.set(name, {
        ...column,
        values: owned(column.values),
        status: column.status === null ? null : owned(column.status),
      });
  }
  return { rows: batch.rows, columns };
}

function owned<T extends Float32Array | Float64Array | Int32Array | Uint8Array>(view: T): T {
  return view.byteLength === view.buffer.byteLength ? view : (view.slice() as T);
}

function buffersOf(batch: Batch): ArrayBuffer[] {
  const buffers = new Set<ArrayBufferLike>();
  for (const column of batch.columns.values()) {
    buffers.add(column.type === 'string' ? column.codes.buffer : column.values.buffer);
    if (column.type !== 'string' && column.status !== null) buffers.add(column.status.buffer);
  }
  return [...buffers] as ArrayBuffer[];
}
