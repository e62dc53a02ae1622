// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../baseline/frame.js';
import type { Baseline } from '../../profile/baseline-file.js';
import type { RowMeter } from '../../profile/columns-meter.js';
import { addPartial, vectorPlan } from '../../profile/embedding.js';
import type { Profile } from '../../profile/parts.js';
import type { Settings } from '../../verdict/settings.js';
import type { EmbeddingPlan } from '../embedding-sums.js';
import type { Chunk } from '../host.js';
import type { WindowSeries } from '../snapshot.js';
import type { ReferenceSpec } from '../specs.js';
import type { WindowFacts, WindowVerdict } from '../window-verdict.js';
import { type Block, type ClosedWindow, sumOf } from './block.js';
import { chunkProblem, usableTimes, withTimes } from './check-chunk.js';
import { Judge, type Judged } from './judge.js';
import { type NewShare, newShareOf } from './new-share.js';
import { openReferences, type References } from './references.js';
import { SeenColumns } from './seen-columns.js';
import { SeriesBook } from './series-book.js';
import { type MeasuredRows, Stream } from './stream.js';
import { TimeBudget } from './time-budget.js';
import type { EmbeddingTools, MonitorTools } from './tools.js';
import type { WindowPlan } from './window-plan.js';
import { WindowQueue } from './window-queue.js';
import { unjudged, windowVerdictOf } from './window-verdict-of.js';

/** Share of the time for joint sums while rows press. */
const JOINT_SHARE = 0.25;

/** A window that was judged, with all that others want of it. */
export interface JudgedWindow extends NewShare {
  readonly closed: ClosedWindow;
  readonly profile: Profile;
  readonly reference: Profile | null;
  readonly judged: Judged | null;
  readonly verdict: WindowVerdict;
  readonly settings: Settings;
}

export interface SessionOptions {
  readonly frame: Frame;
  readonly baseline: Baseline | null;
  readonly reference: ReferenceSpec;
  readonly plans: readonly WindowPlan[];
  readonly settings: Settings;
  readonly meter: RowMeter;
  readonly embeddings: EmbeddingTools | null;
  readonly tools: MonitorTools;
  /** null where the frame holds no label. */
  readonly labels: ArrivedLabels | null;
  readonly nextId: () => number;
  /** ms that only grow. */
  readonly clock: () => number;
  /** Says what is wrong, once for each cause. */
  readonly onProblem: (cause: string, name: string, message: string) => void;
  readonly onRows?: (chunk: Chunk, rows: MeasuredRows) => void;
  /** Awaited when windows have ended, before more rows are measured. */
  readonly onPause?: () => Promise<void>;
}

/** One frame's life: rows come in, windows come out judged. Calls must not overlap, but for those that only read. */
export class Session {
  readonly frame: Frame;
  readonly stream: Stream;
  readonly seen: SeenColumns;
  readonly series: readonly SeriesBook[];
  references: References;
  readonly #options: SessionOptions;
  readonly #meter: RowMeter;
  readonly #judge: Judge;
  readonly #queue = new WindowQueue();
  /** The latest judged window of each kind, for reports and for what the next shares with it. */
  readonly #latest = new Map<string, JudgedWindow>();
  /** Of windows: makes their ids differ. */
  sequence = 0;
  /** That rows came of, the latest last. */
  #versions: readonly string[] = [];
  #judgedVersion: string | null = null;
  #chunk: Chunk | null = null;
  #settings: Settings;

  constructor(options: SessionOptions) {
    const { frame, meter, embeddings, tools, plans, nextId, baseline, reference, settings } = options;
    this.#options = options;
    this.frame = frame;
    this.#settings = settings;
    this.#meter = meter;
    this.#judge = new Judge(frame, tools, embeddings);
    this.seen = new SeenColumns(frame);
    this.references = openReferences(reference, { frame, baseline, past: [], saved: null });
    this.series = plans.map(({ label }) => new SeriesBook(label, frame));
    this.stream = new Stream({
      frame,
      meter: this.#meter,
      plans,
      nextId,
      jointBudget: new TimeBudget(options.clock, JOINT_SHARE),
      onWindow: (window) => this.#ended(window),
      ...(options.onPause === undefined ? {} : { onPause: options.onPause }),
      onBlock: (block) => this.references.take(block),
      onProfile: (profile) => options.labels?.giveTo(profile),
      onRows: (rows) => {
        if (this.#chunk === null) return;
        this.#addSums(this.#chunk, rows);
        if (this.#arrived !== null) this.#arrived.expectNone(rows.profile, rows.to - rows.from);
        options.onRows?.(this.#chunk, rows);
      },
    });
  }

  /** Those that the latest windows were judged with. */
  get settings(): Settings {
    return this.#rated ?? this.#settings;
  }

  /** Labels that found their predictions: they count among the rows that are measured now. */
  takeLabels(joined: readonly JoinedLabels[]): void {
    this.#arrived?.add(joined, this.stream.openProfile);
  }

  /** null where there is no label, or the app sends it as a column of its own. */
  get #arrived(): ArrivedLabels | null {
    const { labels } = this.#options;
    return labels === null || this.seen.has(labels.name) ? null : labels;
  }

  get embeddings(): EmbeddingTools | null {
    return this.#options.embeddings;
  }

  /** Whether rows wait in windows that a clock can end. */
  get isOpen(): boolean {
    return this.stream.timeWindows.some(
      (windows) => windows.open !== null || this.stream.pendingOf(windows).rows > 0,
    );
  }

  /** How to measure an embedding elsewhere; null where there is none of this name. */
  embeddingPlan(name: string): EmbeddingPlan | null {
    const feature = this.frame.features.find((known) => known.name === name);
    if (feature?.frame.kind !== 'embedding' || feature.frame.frequencies === 0) return null;
    return { frameId: this.frame.id, plan: vectorPlan(feature.frame) };
  }

  /** Compares with another reference from the next window on; `past` are disjoint blocks of the history. */
  setReference(spec: ReferenceSpec, past: readonly Block[], saved: Block | null = null): void {
    const { baseline } = this.#options;
    this.references = openReferences(spec, { frame: this.frame, baseline, past, saved });
  }

  /** Whether a judged window is of another model than the one judged before it. */
  isNewVersion(version: string): boolean {
    const before = this.#judgedVersion;
    this.#judgedVersion = version;
    return before !== null && before !== version;
  }

  /** Windows that wait to be judged. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** Measures a chunk; false, and nothing is measured, where its shapes contradict each other. */
  async add(chunk: Chunk, now: number): Promise<boolean> {
    const problem = chunkProblem(chunk);
    if (problem !== null) {
      this.#options.onProblem(`shape ${problem}`, 'SchemaError', `rows were refused: ${problem}`);
      return false;
    }
    const batch = withTimes(chunk.batch, this.frame);
    if (
      chunk.batch.rows > 0 &&
      this.seen.note(
        batch,
        chunk.sums?.map(({ name }) => name),
      )
    ) {
      for (const [cause, message] of this.seen.problems(this.#options.settings))
        this.#options.onProblem(cause, 'SchemaError', message);
      this.#settings = this.seen.settings(this.#options.settings);
    }
    this.#noteVersion(chunk.version);
    this.#chunk = chunk;
    try {
      const { version, skipped } = chunk;
      const times = usableTimes(chunk.times, now);
      await this.stream.add(this.#meter.conformed(batch), { times, version, skipped, now });
    } finally {
      this.#chunk = null;
    }
    return true;
  }

  /** Judges the window that has waited longest; null when none waits. */
  async judgeNext(): Promise<JudgedWindow | null> {
    const closed = this.#queue.take();
    if (closed === null) return null;
    const { profile } = sumOf(closed.blocks);
    const window = this.#facts(closed, profile);
    const reference = this.references.of(closed);
    const before = this.#latest.get(closed.plan.label) ?? null;
    const note = closed.merged > 1 ? `(${closed.merged} windows that ended at once, judged together.)` : '';
    let judged: Judged | null = null;
    let verdict: WindowVerdict;
    if (reference === null) {
      const { label } = this.references;
      verdict = unjudged(window, `Not compared: there is no reference for it yet (${label}).`, label);
    } else {
      const current = { name: closed.plan.label, schema: this.seen.schema(this.#settings), profile };
      judged = await this.#judge.judge({ reference, current, settings: this.#settings });
      const options = { window, settings: this.#settings, before: before?.verdict ?? null, note };
      verdict = windowVerdictOf(judged, options);
    }
    const result: JudgedWindow = {
      closed,
      profile,
      reference: reference?.profile ?? null,
      judged,
      verdict,
      settings: this.#settings,
      ...newShareOf(before?.closed ?? null, closed),
    };
    this.#latest.set(closed.plan.label, result);
    return result;
  }

  /** The latest judged window of a kind, of the first kind by default. */
  latest(spec: string | null): JudgedWindow | null {
    const label = spec ?? this.series.find((book) => this.#latest.has(book.spec))?.spec;
    return label === undefined ? null : (this.#latest.get(label) ?? null);
  }

  seriesOf(spec: string): SeriesBook {
    return this.series.find((book) => book.spec === spec)!;
  }

  /** Rows of the window of a kind that is open. */
  openOf(spec: string): WindowSeries['open'] {
    const windows = [...this.stream.rowWindows, ...this.stream.timeWindows].find(
      ({ plan }) => plan.label === spec,
    );
    if (windows === undefined) return null;
    const { open, plan } = windows;
    const pending = this.stream.pendingOf(windows);
    if (open === null && pending.rows === 0) return null;
    return {
      rows: (open?.rows ?? 0) + pending.rows,
      of: plan.kind === 'rows' ? plan.size : null,
      start: Math.min(open?.start ?? Number.POSITIVE_INFINITY, pending.start),
    };
  }

  /** Embeddings that came as sums: their rows are no missing ones, and count where the first of them counts. */
  #addSums({ sums = [] }: Chunk, { profile, from, to }: MeasuredRows): void {
    for (const { name, frameId, partial, first, rows } of sums) {
      const part = profile.parts.get(name);
      if (part?.kind !== 'embedding') continue;
      const here = Math.max(0, Math.min(to, first + rows) - Math.max(from, first));
      // A meter counts every row of a batch that lacks the column as missing.
      part.rows -= here;
      part.missing -= here;
      if (first < from || first >= to) continue;
      if (frameId === this.frame.id) {
        part.rows += rows;
        addPartial(part, partial, 0);
      } else {
        const message = `"${name}" was measured for another baseline (${frameId}): its sums are left out`;
        this.#options.onProblem(`sums ${name}`, 'BaselineMismatchError', message);
      }
    }
  }

  /** Windows of versions that take turns would all end early: that is worth a word. */
  #noteVersion(version: string): void {
    if (version === this.#versions.at(-1)) return;
    if (this.#versions.includes(version)) {
      const message =
        `versions "${this.#versions.at(-1)}" and "${version}" of the model take turns: a window holds one, ` +
        'so that all of them end early; give each a monitor of its own';
      this.#options.onProblem('versions', 'SettingsError', message);
    }
    this.#versions = [...this.#versions.filter((known) => known !== version), version].slice(-8);
  }

  #facts({ plan, start, end, late, version }: ClosedWindow, profile: Profile): WindowFacts {
    return {
      id: `${plan.label}/${start}/${this.sequence++}`,
      spec: plan.label,
      start,
      end,
      rows: profile.rows,
      skipped: profile.skipped,
      late,
      version,
    };
  }

  #ended(window: ClosedWindow): void {
    if (this.#queue.push(window))
      this.#options.onProblem(
        `windows ${window.plan.label}`,
        'EngineError',
        `windows of ${window.plan.label} end faster than they can be judged: neighbours are judged together`,
      );
  }
}
