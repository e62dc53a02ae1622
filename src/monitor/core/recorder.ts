// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../baseline/frame.js';
import { isDriftglassError } from '../../errors.js';
import { encodeOutcomes } from '../../performance/outcome-codec.js';
import type { Outcomes } from '../../performance/outcomes.js';
import { decodeProfile } from '../../profile/codec.js';
import type { Store, StoredState, StoredWindow } from '../../store/store.js';
import { tidyStore } from '../../store/tidy.js';
import type { ExportPart } from '../export-part.js';
import type { HostConfig } from '../host.js';
import type { MonitorSnapshot } from '../snapshot.js';
import type { WindowVerdict } from '../window-verdict.js';
import { type Block, sumOf } from './block.js';
import { exportParts } from './export-parts.js';
import type { NewsDesk } from './news-desk.js';
import { REFERENCE_STATE, SAVED_VERSION, type SavedCore } from './saved-core.js';
import { MOST_POINTS, type SeriesPoint } from './series-book.js';
import type { Session } from './session.js';
import { StoredBlocks, storedBlock } from './stored-blocks.js';
import { StoredQueue } from './stored-queue.js';
import type { JudgedWindow } from './window-judge.js';

/** Windows that are written in one transaction at most; of more, the oldest are let go. */
const MOST_UNSAVED = 256;
/** Share of the limit that windows may take: the rest is for open blocks, labels and what else there is. */
const WINDOW_SHARE = 0.75;
/** Windows whose outcomes are brought up to date in one transaction. */
const MOST_UPDATED = 16;

export interface RecorderOptions {
  readonly config: HostConfig;
  readonly store: Store;
  readonly desk: NewsDesk;
}

/** Brings windows to the store and to exporters, and back. */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #blocks = new StoredBlocks();
  readonly #queue = new StoredQueue();
  #unsaved: StoredWindow[] = [];
  #also: StoredState[] = [];
  #isReferenceDue = true;
  /** Blocks whose labels came after their window was written. */
  readonly #changedBlocks = new Set<number>();
  #bytes = 0;
  #newest = Number.NEGATIVE_INFINITY;
  /** Whether there is anything to save. */
  isDirty = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  get facts(): Pick<MonitorSnapshot['store'], 'kind' | 'reason' | 'bytes' | 'limit'> {
    const { store, config } = this.#options;
    return { kind: store.kind, reason: store.reason, bytes: this.#bytes, limit: config.storeBytes };
  }

  windowJudged(
    { frame }: Session,
    { profile, encoded, verdict }: JudgedWindow,
    { point, outcomes }: { readonly point: SeriesPoint; readonly outcomes: Outcomes | null },
  ): void {
    const { id, spec, start, end, rows } = verdict.window;
    this.isDirty = true;
    this.#newest = Math.max(this.#newest, end);
    this.#unsaved.push({
      id,
      spec,
      start,
      end,
      rows,
      frameId: frame.id,
      grain: 'window',
      profile: encoded,
      outcomes: encodeOutcomes(outcomes),
      verdict: point,
    });
    if (this.#unsaved.length > MOST_UNSAVED) this.#unsaved.shift();
    const { config, desk } = this.#options;
    if (!config.exports) return;
    const facts = { name: config.name, window: { spec, start, end, rows }, closed: true };
    desk.exports(exportParts(profile, frame, facts));
  }

  /** Open windows of all kinds, for exporters. */
  openParts({ stream, frame }: Session): ExportPart[] {
    stream.settleBlocks();
    const { name } = this.#options.config;
    return [...stream.rowWindows, ...stream.timeWindows].flatMap((windows) => {
      const [first, ...others] = windows.blocks();
      if (first === undefined) return [];
      const { profile, start, end } = sumOf([first, ...others]);
      const window = { spec: windows.plan.label, start, end, rows: profile.rows };
      return exportParts(profile, frame, { name, window, closed: false });
    });
  }

  /** A state that goes with the next transaction. */
  also(state: StoredState): void {
    this.isDirty = true;
    this.#also.push(state);
  }

  referenceChanged(): void {
    this.#isReferenceDue = true;
  }

  outcomesChanged(blocks: ReadonlySet<number>): void {
    for (const block of blocks) this.#changedBlocks.add(block);
  }

  /** Outcomes of these blocks are kept no longer. */
  blocksGone(blocks: readonly number[]): void {
    for (const block of blocks) this.#changedBlocks.delete(block);
  }

  /** One transaction. When it fails everything is still to be saved. */
  async commit(session: Session | null, states: readonly StoredState[]): Promise<void> {
    const { store } = this.#options;
    const windows = this.#unsaved;
    const also = this.#also;
    const all = [...states, ...also];
    if (session !== null) {
      all.push(...this.#blocks.changes(session.stream), ...this.#queue.changes(session.waiting));
      const reference = this.#isReferenceDue ? session.references.save() : null;
      if (reference !== null) all.push({ key: REFERENCE_STATE, value: storedBlock(reference, reference.id) });
      // What is complete changes no more.
      if (session.references.isComplete) this.#isReferenceDue = false;
    }
    this.isDirty = false;
    this.#unsaved = [];
    this.#also = [];
    try {
      await store.commit({ windows, states: all });
    } catch (error) {
      this.isDirty = true;
      this.#isReferenceDue = true;
      this.#unsaved = [...windows, ...this.#unsaved].slice(-MOST_UNSAVED);
      this.#also = [...also, ...this.#also];
      this.#blocks.forget();
      this.#queue.forget();
      throw error;
    }
    this.#bytes = (await store.size()).bytes;
  }

  /** Keeps the history within its limit: older windows are added up. True when there is more to do. */
  async tidy(session: Session): Promise<boolean> {
    const { store, config } = this.#options;
    if (!Number.isFinite(this.#newest)) return false;
    const { more } = await tidyStore(store, {
      // By event time: a replay of years ago is recent to itself.
      now: this.#newest,
      limitBytes: WINDOW_SHARE * config.storeBytes,
      frameOf: (id) => (id === session.frame.id ? session.frame : null),
      mostMerges: 8,
    });
    this.#bytes = (await store.size()).bytes;
    return more;
  }

  /** Outcomes of stored windows whose labels came later. `outcomesOf` by blocks. */
  async updateOutcomes(
    session: Session,
    outcomesOf: (blocks: readonly number[]) => Outcomes | null,
  ): Promise<void> {
    if (this.#changedBlocks.size === 0) return;
    const changed = new Set(this.#changedBlocks);
    const points = session.series
      .flatMap((book) => book.points)
      .filter(({ blocks }) => blocks.some((id) => changed.has(id)))
      .slice(0, MOST_UPDATED);
    const windows: StoredWindow[] = [];
    for (const { window, blocks } of points) {
      const found = await this.#options.store.windows({
        spec: window.spec,
        from: window.start,
        to: window.end,
      });
      const stored = found.find(({ id }) => id === window.id);
      if (stored !== undefined) windows.push({ ...stored, outcomes: encodeOutcomes(outcomesOf(blocks)) });
      for (const id of blocks) this.#changedBlocks.delete(id);
    }
    if (points.length === 0) this.#changedBlocks.clear();
    if (windows.length > 0) await this.#options.store.commit({ windows });
  }

  /** Disjoint stored windows of one kind that does not slide (the finest), or of one that does, thinned; in the order of time. */
  async past(frame: Frame): Promise<Block[]> {
    const { store } = this.#options;
    const unsaved = this.#unsaved.filter(({ frameId }) => frameId === frame.id);
    const records = (await store.records()).filter(({ frameId }) => frameId === frame.id);
    const length = new Map<string, number>();
    for (const { spec, rows } of [...records, ...unsaved])
      length.set(spec, Math.min(rows, length.get(spec) ?? rows));
    const [finest] = [...length].sort(
      ([a, left], [b, right]) =>
        Number(a.includes(' every ')) - Number(b.includes(' every ')) || left - right,
    );
    if (finest === undefined) return [];
    const blocks: Block[] = [];
    let end = Number.NEGATIVE_INFINITY;
    const [spec] = finest;
    for (const window of [
      ...(await store.windows({ spec })),
      ...unsaved.filter((each) => each.spec === spec),
    ]) {
      if (window.frameId !== frame.id || window.start < end) continue;
      end = window.end;
      try {
        blocks.push({ profile: decodeProfile(window.profile, frame), start: window.start, end: window.end });
      } catch (error) {
        if (!isDriftglassError(error)) throw error;
      }
    }
    return blocks;
  }

  /** What of the session goes into the one small state. */
  saved(
    session: Session | null,
  ): Pick<
    SavedCore,
    | 'version'
    | 'frameId'
    | 'sequence'
    | 'modelVersion'
    | 'watermark'
    | 'columns'
    | 'thresholds'
    | 'latest'
    | 'labels'
  > {
    const books = session?.series ?? [];
    return {
      version: SAVED_VERSION,
      frameId: session?.frame.id ?? '',
      sequence: session?.sequence ?? 0,
      modelVersion: session?.stream.version ?? '',
      watermark: session?.stream.watermark.save() ?? { latest: Number.NEGATIVE_INFINITY, seenAt: 0 },
      columns: session?.seen.save() ?? [],
      labels: session?.labels?.save() ?? null,
      thresholds: Object.fromEntries(books.map((book) => [book.spec, book.save()])),
      latest: Object.fromEntries(
        books.flatMap(({ spec, latest }) => (latest === null ? [] : [[spec, latest]])),
      ),
    };
  }

  async restore(session: Session, saved: SavedCore): Promise<void> {
    const { store } = this.#options;
    const { stream, series, frame } = session;
    session.seen.restore(saved.columns as Parameters<typeof session.seen.restore>[0]);
    session.sequence = saved.sequence;
    stream.watermark.restore(saved.watermark);
    for (const book of series) {
      const windows = await store.windows({ spec: book.spec, last: MOST_POINTS });
      const points = windows.flatMap(({ grain, frameId, verdict }) =>
        grain === 'window' && frameId === frame.id && verdict !== null ? [verdict as SeriesPoint] : [],
      );
      book.restore((saved.thresholds[book.spec] ?? []) as Parameters<typeof book.restore>[0], points);
      book.latest = (saved.latest[book.spec] as WindowVerdict | undefined) ?? null;
      for (const { end } of windows) this.#newest = Math.max(this.#newest, end);
    }
    const [newest] = series.flatMap(({ latest }) => latest ?? []).sort((a, b) => b.window.end - a.window.end);
    if (newest !== undefined) session.restoreVersion(newest.window.version);
    const read = (key: string) => store.state(key);
    await this.#blocks.restore(stream, frame, read);
    stream.restore(saved.modelVersion);
    this.#bytes = (await store.size()).bytes;
    if (saved.labels) session.labels?.restore(saved.labels);
    const plans = [...stream.rowWindows, ...stream.timeWindows].map(({ plan }) => plan);
    session.restoreWaiting(await this.#queue.restore(plans, frame, read));
  }
}
