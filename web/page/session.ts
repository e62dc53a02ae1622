// SPDX-License-Identifier: Apache-2.0
import type {
  Analysis,
  ExportKind,
  OpenOptions,
  Progress,
  Side,
  SideInfo,
  Split,
  SplitOffer,
} from '../../src/engine/protocol.js';
import { isDriftglassError } from '../../src/errors.js';
import { isSealed } from '../../src/profile/container.js';
import type { EmbeddingView, MapAxesName } from '../../src/report/embedding-view.js';
import type { Report } from '../../src/report/report.js';
import { DEFAULT_SETTINGS, type Settings } from '../../src/verdict/settings.js';
import { OpenedEmbeddings } from './opened-embeddings.js';

/** What is on one side of the page. A file that failed keeps its name and the reason. */
export interface Loaded {
  readonly files: readonly File[];
  readonly name: string;
  readonly info?: SideInfo;
  readonly error?: string;
  readonly opening: boolean;
  readonly options: OpenOptions;
}

/** More than two files: which side each goes to. */
export interface Assignment {
  readonly file: File;
  readonly side: Side;
}

/** What stands in the form to split a file before it is sent. */
export interface SplitDraft {
  readonly column: string;
  readonly byTime: boolean;
  readonly place: string;
}

/**
 * What the page knows and does, without a DOM: files on two sides, one comparison, its settings. Every change is told by
 * `onChange`. A file alone is kept on the current side, to be split; a second one moves it to the reference.
 */
export class Session {
  reference: Loaded | null = null;
  current: Loaded | null = null;
  pending: readonly Assignment[] = [];
  split: Split | null = null;
  settings: Settings = DEFAULT_SETTINGS;
  report: Report | null = null;
  /** How a file alone may be split, best first; empty until a sample of its rows was seen. */
  offers: readonly SplitOffer[] = [];
  /** What stands in the form to split, when it was changed by hand. */
  draft: SplitDraft | null = null;
  progress: Progress | null = null;
  busy: 'comparing' | 'rating' | null = null;
  error = '';
  onChange: () => void = () => {};

  readonly #create: () => Analysis;
  #analysis: Analysis | null = null;
  #abort: AbortController | null = null;
  /** Grows with every comparison that starts; an answer of an older one is dropped. */
  #run = 0;
  #wanted: Settings | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  readonly #opened = new OpenedEmbeddings({
    report: () => this.report,
    engine: () => this.#engine(),
    changed: () => this.onChange(),
    failed: (error) => this.fail(error),
  });

  constructor(create: () => Analysis) {
    this.#create = create;
  }

  /** What is drawn of embeddings that were opened, by name. */
  get embeddings(): ReadonlyMap<string, EmbeddingView> {
    return this.#opened.views;
  }

  /** A file alone, which can be split in two. */
  get alone(): Loaded | null {
    return this.reference === null && this.current?.info !== undefined ? this.current : null;
  }

  /** Takes dropped, picked or pasted files to the side where they belong, and compares when both sides are there. */
  async add(files: readonly File[]): Promise<void> {
    this.error = '';
    if (files.length > 2) {
      const half = Math.ceil(files.length / 2);
      this.pending = files.map((file, i) => ({ file, side: i < half ? 'reference' : 'current' }));
      return this.onChange();
    }
    const [first, second] = files;
    if (first === undefined) return;
    const [saved, alsoSaved] = await Promise.all(files.map(isSaved));
    if (second !== undefined) {
      // A saved baseline is the reference, whichever came first.
      return alsoSaved && !saved ? this.#load([second], [first]) : this.#load([first], [second]);
    }
    if (saved) return this.#load([first], null);
    if (this.reference?.error !== undefined) return this.#load([first], null);
    if (this.current?.error !== undefined) return this.#load(null, [first]);
    if (this.alone !== null && this.report === null) return this.#load(this.alone.files, [first]);
    return this.#load(null, [first]);
  }

  assign(index: number, side: Side): void {
    this.pending = this.pending.map((entry, i) => (i === index ? { ...entry, side } : entry));
    this.onChange();
  }

  async confirmAssignment(): Promise<void> {
    const of = (side: Side): File[] =>
      this.pending.filter((entry) => entry.side === side).map(({ file }) => file);
    const [reference, current] = [of('reference'), of('current')];
    this.pending = [];
    if (reference.length === 0) return this.#load(null, current);
    if (current.length === 0) return this.#load(null, reference);
    return this.#load(reference, current);
  }

  async swap(): Promise<void> {
    const { reference, current } = this;
    if (reference === null || current === null) return;
    await this.#load(current.files, reference.files);
  }

  /** Opens one side again with a corrected dialect. */
  async redo(side: Side, options: OpenOptions): Promise<void> {
    const loaded = this[side];
    if (loaded === null) return;
    await this.#open(side, loaded.files, { ...loaded.options, ...options });
    await this.#compareIfReady();
  }

  /** Takes number columns as one vector, or no more, on every side that has them: alone they have no match. */
  async group(prefix: string, taken: boolean): Promise<void> {
    for (const side of ['reference', 'current'] as const) {
      const loaded = this[side];
      const now = loaded?.options.groups ?? [];
      const offered = loaded?.info?.groups.some((group) => group.prefix === prefix) ?? false;
      if (loaded === null || !(taken ? offered : now.includes(prefix))) continue;
      const groups = taken ? [...now, prefix] : now.filter((other) => other !== prefix);
      await this.#open(side, loaded.files, { ...loaded.options, groups });
    }
    await this.#compareIfReady();
  }

  /** Starts the engine ahead of the files: it takes as long as fetching a small one. */
  prepare(names: readonly string[] = []): void {
    this.#engine().prepare(names);
  }

  /** A file and how to split it, at once: the samples. */
  async openSplit(file: File, split: Split): Promise<void> {
    const empty = this.reference === null && this.current === null && this.pending.length === 0;
    // Nothing to forget: an engine that was started ahead is kept.
    if (!empty) this.reset();
    this.split = split;
    await this.#load(null, [file]);
  }

  draftSplit(draft: SplitDraft): void {
    this.draft = draft;
    this.onChange();
  }

  async splitAt(split: Split): Promise<void> {
    this.split = split;
    this.draft = null;
    await this.compare();
  }

  /** Reads and compares. Earlier results stay when it fails or is cancelled. */
  async compare(): Promise<void> {
    const run = ++this.#run;
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.busy = 'comparing';
    this.progress = null;
    this.error = '';
    this.onChange();
    try {
      const report = await this.#alone(async () => {
        if (run !== this.#run) return null;
        return this.#engine().compare({
          settings: this.settings,
          ...(this.split === null || this.reference !== null ? {} : { split: this.split }),
          signal: abort.signal,
          onProgress: (progress) => {
            if (run !== this.#run) return;
            this.progress = progress;
            this.onChange();
          },
        });
      });
      if (run === this.#run && report !== null) this.#show(report);
    } catch (error) {
      if (run === this.#run && !abort.signal.aborted) this.error = reasonOf(error);
    } finally {
      if (run === this.#run) {
        this.busy = null;
        this.progress = null;
        this.onChange();
      }
    }
  }

  cancel(): void {
    this.#abort?.abort();
    this.#run++;
    this.busy = null;
    this.progress = null;
    this.onChange();
  }

  /** Rates again under other settings, from profiles. While one is on its way only the latest wish is kept. */
  async apply(settings: Settings): Promise<void> {
    this.settings = settings;
    if (this.report === null || this.busy === 'comparing') return this.onChange();
    const idle = this.#wanted === null && this.busy === null;
    this.#wanted = settings;
    if (!idle) return this.onChange();
    this.busy = 'rating';
    this.error = '';
    this.onChange();
    const run = this.#run;
    while (this.#wanted !== null && run === this.#run) {
      const next: Settings = this.#wanted;
      try {
        const report = await this.#alone(() => this.#engine().rerate(next));
        if (run === this.#run) this.#show(report);
      } catch (error) {
        if (run === this.#run) this.error = reasonOf(error);
      }
      if (this.#wanted === next) this.#wanted = null;
    }
    this.#wanted = null;
    if (run === this.#run) this.busy = null;
    this.onChange();
  }

  /** Fetches the places of an embedding's rows, and what its newest rows hold. Nothing for other features. */
  openEmbedding(name: string, axes?: MapAxesName): Promise<void> {
    return this.#opened.open(name, axes);
  }

  /** Fetches what chosen rows hold. */
  choose(name: string, rows: Uint32Array): Promise<void> {
    return this.#opened.choose(name, rows);
  }

  /** Fetches what the row holds that the pointer rests on. */
  point(name: string, row: number): Promise<void> {
    return this.#opened.point(name, row);
  }

  /** The report as a file. */
  async exportAs(kind: ExportKind): Promise<Blob | null> {
    this.error = '';
    try {
      return await this.#engine().exportAs(kind);
    } catch (error) {
      this.error = reasonOf(error);
      this.onChange();
      return null;
    }
  }

  /** Back to the empty page; settings stay. */
  reset(): void {
    this.cancel();
    this.#analysis?.dispose();
    this.#analysis = null;
    // What was asked of it may never be answered.
    this.#queue = Promise.resolve();
    this.reference = null;
    this.current = null;
    this.pending = [];
    this.split = null;
    this.report = null;
    this.offers = [];
    this.draft = null;
    this.#opened.forget();
    this.error = '';
    this.onChange();
  }

  fail(error: unknown): void {
    this.error = reasonOf(error);
    this.onChange();
  }

  /** Places belong to one comparison: those of opened embeddings are fetched anew. */
  #show(report: Report): void {
    this.report = report;
    this.#opened.renew();
  }

  /** One at a time: a comparison that was cancelled ends at its next part, and only then may another begin. */
  #alone<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  #engine(): Analysis {
    this.#analysis ??= this.#create();
    return this.#analysis;
  }

  /** Opens what is given; `null` leaves that side as it is. */
  async #load(reference: readonly File[] | null, current: readonly File[] | null): Promise<void> {
    if (reference !== null) this.split = null;
    await Promise.all([
      reference === null ? undefined : this.#open('reference', reference, {}),
      current === null ? undefined : this.#open('current', current, {}),
    ]);
    await this.#compareIfReady();
  }

  async #open(side: Side, files: readonly File[], options: OpenOptions): Promise<void> {
    const name = files.map((file) => file.name).join(', ');
    const opening: Loaded = { files, name, opening: true, options };
    this[side] = opening;
    this.onChange();
    let done: Loaded;
    try {
      const info = await this.#engine().open(side, [...files], options);
      done = { files, name, info, opening: false, options };
    } catch (error) {
      done = { files, name, error: reasonOf(error), opening: false, options };
    }
    // Another file may have taken the place meanwhile.
    if (this[side] !== opening) return;
    this[side] = done;
    if (side === 'current') {
      this.offers = [];
      this.draft = null;
    }
    this.onChange();
    if (this.alone === done) void this.#offer(done);
  }

  /** Looks for places to split a file alone; without them the form asks for everything. */
  async #offer(file: Loaded): Promise<void> {
    try {
      const offers = await this.#engine().splitOffers();
      if (this.alone !== file) return;
      this.offers = offers;
      this.onChange();
    } catch {
      // What cannot be read is told by the comparison.
    }
  }

  async #compareIfReady(): Promise<void> {
    const { reference, current, split } = this;
    if (current?.info === undefined) return;
    if (reference === null ? split !== null : reference.info !== undefined) await this.compare();
  }
}

/** True for a file that driftglass itself wrote. One that cannot be read is left to the engine to explain. */
async function isSaved(file: File): Promise<boolean> {
  try {
    return isSealed(new Uint8Array(await file.slice(0, 16).arrayBuffer()));
  } catch {
    return false;
  }
}

/** One clear line. Errors of ours say place and reason themselves. */
export function reasonOf(error: unknown): string {
  if (isDriftglassError(error)) return error.message;
  return error instanceof Error
    ? `Something went wrong: ${error.message}`
    : `Something went wrong: ${String(error)}`;
}
