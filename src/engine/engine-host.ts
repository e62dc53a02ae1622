// SPDX-License-Identifier: Apache-2.0
import { expose } from 'comlink';
import { DriftglassError } from '../errors.js';
import type { EmbeddingView } from '../report/embedding-view.js';
import type { EngineInfo, Report } from '../report/report.js';
import { bytesFromBlob, bytesFromBuffer } from '../sources/bytes.js';
import { loadReader } from '../sources/load-reader.js';
import type { Bytes } from '../sources/source.js';
import type { Settings } from '../verdict/settings.js';
import { Engine } from './engine.js';
import { HelperHost } from './helper-host.js';
import type {
  CompareOptions,
  ExportKind,
  FileSpec,
  MapAxes,
  OpenOptions,
  Progress,
  RowTable,
  Side,
  SideInfo,
  SplitOffer,
} from './protocol.js';
import { RemoteHelper } from './remote-helper.js';
import { holdLock } from './worker-watch.js';

/**
 * An engine as others reach it: the page, through a worker's port, and a lead engine on another thread, which asks it for
 * parts of the work. An AbortSignal cannot cross a port, so cancelling is a call.
 */
export class EngineHost extends HelperHost {
  #place: EngineInfo['place'];
  #notes: readonly string[];
  #worthSharing: number | null = null;
  #engine: Promise<Engine> | null = null;
  #running: AbortController | null = null;

  constructor(place: EngineInfo['place'], notes: readonly string[] = []) {
    super(openFile);
    this.#place = place;
    this.#notes = notes;
  }

  /** Said by the page before anything else: where this host runs and why, and the lock that tells that it lives. */
  async configure(
    place: EngineInfo['place'],
    notes: readonly string[],
    lockName: string,
    worthSharing: number | null,
  ): Promise<void> {
    this.#place = place;
    this.#notes = notes;
    this.#worthSharing = worthSharing;
    await holdLock(lockName);
  }

  /** Another thread's host, behind a port, lends its hands. */
  async addHelper(port: MessagePort): Promise<void> {
    (await this.#start()).addHelper(new RemoteHelper(port));
  }

  /** Answers a lead engine on `port`. */
  serve(port: MessagePort): void {
    expose(this, port);
  }

  /** Loads the kernels, what judges, and the readers that files of these names will need. */
  async prepare(names: readonly string[]): Promise<void> {
    await Promise.all([this.#start(), import('./rated-report.js'), ...names.map(loadReader)]);
  }

  async open(side: Side, files: readonly FileSpec[], options?: OpenOptions): Promise<SideInfo> {
    return (await this.#start()).open(side, files, options);
  }

  async splitOffers(): Promise<readonly SplitOffer[]> {
    return (await this.#start()).splitOffers();
  }

  async close(side: Side): Promise<void> {
    (await this.#start()).close(side);
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
    return (await this.#start()).exportAs(kind);
  }

  async embedding(name: string, axes?: MapAxes): Promise<EmbeddingView> {
    return (await this.#start()).embedding(name, axes);
  }

  async rows(numbers: readonly number[], side?: Side): Promise<RowTable> {
    return (await this.#start()).rows(numbers, side);
  }

  /** Stops what runs, at the next part. */
  cancel(): void {
    this.#running?.abort();
  }

  async #cancellable<T>(run: (engine: Engine, signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#running !== null) {
      throw new DriftglassError('EngineError', 'a comparison is running: cancel it first');
    }
    const running = new AbortController();
    this.#running = running;
    try {
      return await run(await this.#start(), running.signal);
    } finally {
      this.#running = null;
    }
  }

  #start(): Promise<Engine> {
    this.#engine ??= this.chosen().then(
      ({ kernels, reason }) =>
        new Engine({
          kernels,
          openBytes: openFile,
          place: this.#place,
          notes: [...this.#notes, reason],
          ...(this.#worthSharing === null ? {} : { worthSharing: this.#worthSharing }),
        }),
    );
    return this.#engine;
  }
}

function openFile(file: FileSpec): Bytes {
  if ('blob' in file) return bytesFromBlob(file.blob, file.name);
  if ('buffer' in file) return bytesFromBuffer(file.buffer, file.name);
  throw new DriftglassError('SourceError', `${file.name}: a path can only be read in Node`);
}
