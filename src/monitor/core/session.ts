// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../baseline/frame.js';
import type { Baseline } from '../../profile/baseline-file.js';
import type { RowMeter } from '../../profile/columns-meter.js';
import { vectorPlan } from '../../profile/embedding.js';
import type { Report } from '../../report/report.js';
import type { Settings } from '../../verdict/settings.js';
import type { EmbeddingPlan } from '../embedding-sums.js';
import type { Chunk } from '../host.js';
import type { JoinedLabels } from '../labels/label-batches.js';
import type { WindowSeries } from '../snapshot.js';
import type { ReferenceSpec } from '../specs.js';
import { addSums } from './add-sums.js';
import type { ArrivedLabels } from './arrived-labels.js';
import type { Block, ClosedWindow } from './block.js';
import { usableTimes, withTimes } from './check-chunk.js';
import { Judge } from './judge.js';
import type { MeasuredRows } from './measure-runs.js';
import { openReferences, type References, type SavedReference } from './references.js';
import { SeenColumns } from './seen-columns.js';
import { SeriesBook } from './series-book.js';
import { Stream } from './stream.js';
import { Thinning } from './thinning.js';
import { TimeBudget } from './time-budget.js';
import type { EmbeddingTools, MonitorTools } from './tools.js';
import { Versions } from './versions.js';
import { type JudgedWindow, WindowJudge } from './window-judge.js';
import type { WindowPlan } from './window-plan.js';
import { WindowQueue } from './window-queue.js';

/** Share of the time for joint sums while rows press. */
const JOINT_SHARE = 0.25;

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
  readonly #judge: WindowJudge;
  readonly #queue = new WindowQueue();
  readonly #versions = new Versions();
  readonly #thinning = new Thinning();
  #chunk: Chunk | null = null;
  #ratedWith: Settings | null = null;

  constructor(options: SessionOptions) {
    const { frame, meter, embeddings, tools, plans, nextId, baseline, reference } = options;
    this.#options = options;
    this.frame = frame;
    this.#meter = meter;
    this.#judge = new WindowJudge(new Judge(frame, tools, embeddings), frame);
    this.seen = new SeenColumns(frame);
    this.references = openReferences(reference, { frame, baseline, past: [], saved: null, nextId });
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
      onProfile: (profile) => this.#arrived?.giveTo(profile),
      onRows: (rows) => {
        if (this.#chunk === null) return;
        addSums(this.#chunk, rows, (name, frameId) => this.#sumsOfAnother(name, frameId));
        this.#arrived?.expectNone(rows.profile, rows.to - rows.from);
        options.onRows?.(this.#chunk, rows);
      },
    });
  }

  /** Those that the latest window was judged with; before it those that the next will be. */
  get settings(): Settings {
    return this.#ratedWith ?? this.seen.settings(this.#options.settings);
  }

  /** Of windows: makes their ids differ. */
  get sequence(): number {
    return this.#judge.sequence;
  }

  set sequence(next: number) {
    this.#judge.sequence = next;
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

  get labels(): ArrivedLabels | null {
    return this.#options.labels;
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
  setReference(spec: ReferenceSpec, past: readonly Block[], saved: SavedReference | null = null): void {
    const { baseline, nextId } = this.#options;
    this.references = openReferences(spec, { frame: this.frame, baseline, past, saved, nextId });
  }

  /** Whether a judged window is of another model than the one judged before it. */
  isNewVersion(version: string): boolean {
    return this.#versions.isNewlyJudged(version);
  }

  /** The version of the latest window that was judged before a reload. */
  restoreVersion(version: string): void {
    this.#versions.isNewlyJudged(version);
  }

  /** Windows that wait to be judged, oldest first. */
  get waiting(): readonly ClosedWindow[] {
    return this.#queue.all;
  }

  /** Windows that waited before a reload. */
  restoreWaiting(windows: readonly ClosedWindow[]): void {
    for (const window of windows) this.#queue.push(window);
  }

  /** Measures a chunk whose shapes agree with each other. */
  async add(chunk: Chunk, now: number): Promise<void> {
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
      this.#ratedWith = null;
    }
    this.#noteVersion(chunk.version);
    this.#chunk = chunk;
    try {
      const { version, skipped } = chunk;
      const times = usableTimes(chunk.times, now);
      this.#thinning.note(times, skipped);
      await this.stream.add(this.#meter.conformed(batch), { times, version, skipped, now });
    } finally {
      this.#chunk = null;
    }
  }

  /** Judges the window that has waited longest; null when none waits. */
  async judgeNext(): Promise<JudgedWindow | null> {
    const closed = this.#queue.take();
    if (closed === null) return null;
    const { seen, references } = this;
    const { settings } = this.#options;
    const judged = await this.#judge.judge(closed, {
      seen,
      references,
      settings,
      labels: this.#arrived,
      thinning: this.#thinning,
    });
    this.#ratedWith = judged.settings;
    return judged;
  }

  /** All about the latest judged window of a kind, of the first kind by default; null where none has been compared. */
  async report(
    spec: string | null,
    engine: { readonly kernels: string; readonly place: string; readonly notes: readonly string[] },
  ): Promise<Report | null> {
    const kinds = spec === null ? this.series.map((book) => book.spec) : [spec];
    const kind = kinds.find((label) => this.#judge.has(label));
    const latest = kind === undefined ? null : await this.#judge.again(kind);
    if (latest === null) return null;
    const { tools, embeddings } = this.#options;
    const reportOf = await tools.reportOf();
    return reportOf(latest.judged, { settings: latest.settings, embeddings, ...engine });
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

  #noteVersion(version: string): void {
    const other = this.#versions.note(version);
    if (other === null) return;
    const message =
      `versions "${other}" and "${version}" of the model take turns: a window holds one, ` +
      'so that all of them end early; give each a monitor of its own';
    this.#options.onProblem('versions', 'SettingsError', message);
  }

  #sumsOfAnother(name: string, frameId: string): void {
    const message = `"${name}" was measured for another baseline (${frameId}): its sums are left out`;
    this.#options.onProblem(`sums ${name}`, 'BaselineMismatchError', message);
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
