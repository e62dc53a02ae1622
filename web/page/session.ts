// SPDX-License-Identifier: Apache-2.0
import type {
  Analysis,
  ExportKind,
  OpenOptions,
  Progress,
  Side,
  Split,
  SplitOffer,
} from '../../src/engine/protocol.js';
import type { EmbeddingView, MapAxesName } from '../../src/report/embedding-view.js';
import type { Report } from '../../src/report/report.js';
import type { Settings } from '../../src/verdict/settings.js';
import { Comparing } from './comparing.js';
import { type Assignment, isSaved, type Loaded, type SplitDraft } from './loaded.js';
import { OpenedEmbeddings } from './opened-embeddings.js';
import { reasonOf } from './reason-of.js';

/**
 * What the page knows and does, without a DOM: files on two sides, one comparison, its settings. Every change is told by
 * `onChange`. A file alone is kept on the current side, to be split; a second one moves it to the reference.
 */
export class Session {
  reference: Loaded | null = null;
  current: Loaded | null = null;
  pending: readonly Assignment[] = [];
  split: Split | null = null;
  /** How a file alone may be split, best first; empty until a sample of its rows was seen. */
  offers: readonly SplitOffer[] = [];
  /** What stands in the form to split, when it was changed by hand. */
  draft: SplitDraft | null = null;
  error = '';
  onChange: () => void = () => {};

  readonly #create: () => Analysis;
  #analysis: Analysis | null = null;
  readonly #comparing = new Comparing({
    engine: () => this.#engine(),
    split: () => (this.reference === null ? this.split : null),
    changed: () => this.onChange(),
    began: () => {
      this.error = '';
      this.onChange();
    },
    failed: (error) => this.fail(error),
    // Places belong to one comparison: those of opened embeddings are fetched anew.
    shown: () => this.#opened.renew(),
  });
  readonly #opened = new OpenedEmbeddings({
    report: () => this.report,
    engine: () => this.#engine(),
    changed: () => this.onChange(),
    failed: (error) => this.fail(error),
  });

  constructor(create: () => Analysis) {
    this.#create = create;
  }

  get settings(): Settings {
    return this.#comparing.settings;
  }

  set settings(settings: Settings) {
    this.#comparing.settings = settings;
  }

  get report(): Report | null {
    return this.#comparing.report;
  }

  get progress(): Progress | null {
    return this.#comparing.progress;
  }

  get busy(): 'comparing' | 'rating' | null {
    return this.#comparing.busy;
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
  compare(): Promise<void> {
    return this.#comparing.compare();
  }

  cancel(): void {
    this.#comparing.cancel();
  }

  /** Rates again under other settings, from profiles. While one is on its way only the latest wish is kept. */
  apply(settings: Settings): Promise<void> {
    return this.#comparing.apply(settings);
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
    this.#comparing.forget();
    this.#analysis?.dispose();
    this.#analysis = null;
    this.reference = null;
    this.current = null;
    this.pending = [];
    this.split = null;
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
