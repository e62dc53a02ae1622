// SPDX-License-Identifier: Apache-2.0
import { proxy, type Remote, transfer, wrap } from 'comlink';
import { DriftglassError } from '../errors.js';
import type { EmbeddingView } from '../report/embedding-view.js';
import { reportToHtml } from '../report/html.js';
import type { EngineInfo, Report } from '../report/report.js';
import type { Settings } from '../verdict/settings.js';
import type { EngineHost } from './engine-host.js';
import type { GlobalType } from './global-type.js';
import type {
  Analysis,
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
import { startWorker } from './start.js';
import { newLockName, watchWorker } from './worker-watch.js';
import { WORTH_SHARING } from './worth-sharing.js';

/** Threads beyond this gain nothing on files that fit a page. */
const MAX_WORKERS = 4;
const MAX_RESTARTS = 3;

export interface AnalysisOptions {
  /** Makes the engine's worker, where the bundler or a Trusted Types policy needs it made by the app. */
  readonly worker?: () => GlobalType<'Worker'>;
  /**
   * Workers in all, the lead included. Default: as many as cores, at most 4, of which those beyond the first work from 32 MiB
   * of input on.
   */
  readonly workers?: number;
  /** The elements' bundle for HTML export; without it that export is refused. */
  readonly standaloneScript?: () => Promise<string>;
}

/** One comparison in a worker of its own; started by the first call. */
export function createAnalysis(options: AnalysisOptions = {}): Analysis {
  return new WorkerAnalysis(options);
}

type Host = Pick<
  Remote<EngineHost>,
  'prepare' | 'open' | 'splitOffers' | 'compare' | 'rerate' | 'exportAs' | 'embedding' | 'rows' | 'cancel'
>;

interface Running {
  readonly host: Host;
  /** Rejects when the lead worker dies. */
  readonly died: Promise<never>;
  /** Starts the other workers, once. */
  readonly hire: () => Promise<void>;
  readonly end: () => void;
}

class WorkerAnalysis implements Analysis {
  readonly #options: AnalysisOptions;
  readonly #opened = new Map<Side, { files: readonly FileSpec[]; options: OpenOptions }>();
  #running: Promise<Running> | null = null;
  #restarts = 0;
  #compared: CompareOptions | null = null;
  #report: Report | null = null;
  #disposed = false;

  constructor(options: AnalysisOptions) {
    this.#options = options;
  }

  prepare(names: readonly string[] = []): void {
    if (this.#disposed) return;
    this.#running ??= this.#start();
    // What fails is told by the first call.
    this.#running.then(({ host }) => host.prepare(names)).catch(() => {});
  }

  async open(side: Side, files: readonly (File | FileSpec)[], options: OpenOptions = {}): Promise<SideInfo> {
    const specs = files.map((file) => (file instanceof Blob ? { name: file.name, blob: file } : file));
    const info = this.#call((host) => host.open(side, specs, options));
    // Before the file is opened: a comparison may follow at once.
    if (this.#bytes(specs) >= WORTH_SHARING) this.#running?.then(({ hire }) => hire()).catch(() => {});
    await info;
    this.#opened.set(side, { files: specs, options });
    return info;
  }

  splitOffers(): Promise<readonly SplitOffer[]> {
    return this.#call((host) => host.splitOffers());
  }

  async compare(
    options: CompareOptions & { signal?: AbortSignal; onProgress?: (progress: Progress) => void } = {},
  ): Promise<Report> {
    const { signal, onProgress, ...plain } = options;
    const report = await this.#call(
      (host) => host.compare(plain, onProgress === undefined ? undefined : proxy(onProgress)),
      signal,
    );
    this.#compared = plain;
    this.#report = report;
    return report;
  }

  async rerate(settings: Partial<Settings>): Promise<Report> {
    this.#report = await this.#call((host) => host.rerate(settings));
    if (this.#compared !== null) this.#compared = { ...this.#compared, settings };
    return this.#report;
  }

  async exportAs(kind: ExportKind): Promise<Blob> {
    if (kind === 'html') {
      if (this.#report === null)
        throw new DriftglassError('SettingsError', 'there is no comparison to export yet');
      if (this.#options.standaloneScript === undefined)
        throw new DriftglassError('EngineError', 'HTML export needs the standaloneScript option');
      return new Blob([await reportToHtml(this.#report, await this.#options.standaloneScript())], {
        type: 'text/html',
      });
    }
    const { type, data } = await this.#call((host) => host.exportAs(kind));
    return new Blob([data], { type });
  }

  embedding(name: string, axes?: MapAxes): Promise<EmbeddingView> {
    return this.#call((host) => host.embedding(name, axes));
  }

  rows(numbers: readonly number[], side?: Side): Promise<RowTable> {
    return this.#call((host) => host.rows(numbers, side));
  }

  dispose(): void {
    this.#disposed = true;
    this.#running?.then((running) => running.end()).catch(() => {});
    this.#running = null;
  }

  /** Of what is open and of `more`. */
  #bytes(more: readonly FileSpec[]): number {
    return [...this.#opened.values()]
      .flatMap(({ files }) => files)
      .concat(more)
      .reduce(
        (sum, file) =>
          sum + ('blob' in file ? file.blob.size : 'buffer' in file ? file.buffer.byteLength : 0),
        0,
      );
  }

  /** Runs `action`; rejects when the worker dies meanwhile, and leaves a fresh one with the same files for the next call. */
  async #call<T>(action: (host: Host) => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.#disposed) throw new DriftglassError('EngineError', 'this analysis was disposed');
    if (signal?.aborted) throw new DriftglassError('AbortError', 'cancelled');
    this.#running ??= this.#start();
    const running = await this.#running;
    if (signal?.aborted) throw new DriftglassError('AbortError', 'cancelled');
    const cancel = (): void => void running.host.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await Promise.race([action(running.host), running.died]);
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  async #start(): Promise<Running> {
    const { worker: factory } = this.#options;
    const started = await startWorker(factory === undefined ? {} : { worker: factory });
    if (started.worker === null) {
      const { EngineHost } = await import('./engine-host.js');
      const host = new EngineHost(started.place, started.notes);
      return {
        host: host as unknown as Host,
        died: new Promise(() => {}),
        hire: async () => {},
        end: () => host.cancel(),
      };
    }
    const stop = new AbortController();
    const workers: Worker[] = [];
    const { promise: died, reject } = withRejection();
    const running = { host: wrap<EngineHost>(started.worker), died, end: () => end(workers, stop) };
    died.catch(() => this.#bury(running.end));
    const settle = async (
      worker: Worker,
      place: EngineInfo['place'],
      notes: readonly string[],
    ): Promise<void> => {
      workers.push(worker);
      const lockName = newLockName();
      await wrap<EngineHost>(worker).configure(
        place,
        [...notes],
        lockName,
        this.#options.workers === undefined ? null : 0,
      );
      watchWorker(worker, lockName, stop.signal).catch(reject);
    };
    await settle(started.worker, started.place, started.notes);
    let hired: Promise<void> | null = null;
    const hire = (): Promise<void> => {
      hired ??= this.#hire(running.host, settle);
      return hired;
    };
    if (this.#options.workers !== undefined) await hire();
    for (const [side, { files, options }] of this.#opened)
      await Promise.race([running.host.open(side, files, options), died]);
    return { ...running, hire };
  }

  /** Further workers, which take parts of the work from the lead; fewer than wanted is no error. */
  async #hire(
    host: Remote<EngineHost>,
    settle: (worker: Worker, place: string, notes: readonly string[]) => Promise<void>,
  ): Promise<void> {
    const wanted = Math.min(MAX_WORKERS, this.#options.workers ?? navigator.hardwareConcurrency ?? 1) - 1;
    const { worker: factory } = this.#options;
    const hireOne = async (): Promise<void> => {
      const { worker, place, notes } = await startWorker(factory === undefined ? {} : { worker: factory });
      if (worker === null) return;
      if (this.#disposed) return worker.terminate();
      await settle(worker, place, notes);
      const { port1, port2 } = new MessageChannel();
      await wrap<EngineHost>(worker).serve(transfer(port1, [port1]));
      await host.addHelper(transfer(port2, [port2]));
    };
    await Promise.all(Array.from({ length: wanted }, hireOne));
  }

  /** The next call starts anew, a bounded number of times. */
  #bury(end: () => void): void {
    end();
    this.#restarts++;
    if (this.#disposed) return;
    this.#running =
      this.#restarts <= MAX_RESTARTS
        ? null
        : Promise.reject(new DriftglassError('EngineError', 'the worker died too often: reload the page'));
    this.#running?.catch(() => {});
  }
}

function withRejection(): { promise: Promise<never>; reject: (reason: unknown) => void } {
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<never>((_, rejectIt) => {
    reject = rejectIt;
  });
  promise.catch(() => {});
  return { promise, reject };
}

function end(workers: readonly Worker[], stop: AbortController): void {
  stop.abort();
  for (const worker of workers) worker.terminate();
}
