// SPDX-License-Identifier: Apache-2.0
import { DriftglassError, isDriftglassError } from '../../errors.js';
import type { ChosenKernels } from '../../kernels/choose.js';
import { knownOutcomes } from '../../performance/known-outcomes.js';
import { planOutcomes } from '../../performance/outcome-plan.js';
import { type Baseline, decodeBaseline, encodeBaseline } from '../../profile/baseline-file.js';
import type { Report } from '../../report/report.js';
import { estimateBytes } from '../../store/estimate-bytes.js';
import type { Store, StoredState } from '../../store/store.js';
import type { Settings } from '../../verdict/settings.js';
import { AlertBook } from '../alerts/alert-book.js';
import type { EmbeddingPlan } from '../embedding-sums.js';
import type { Chunk, HostConfig, LabelBatch } from '../host.js';
import { LabelBook } from '../labels/label-book.js';
import { MetricBook } from '../metrics/metric-book.js';
import type { Annotation, MonitorSnapshot } from '../snapshot.js';
import type { ReferenceSpec } from '../specs.js';
import { SystemBook } from '../system/system-book.js';
import type { Block } from './block.js';
import { partOfChunk } from './check-chunk.js';
import { Counters } from './counters.js';
import { Learner } from './learner.js';
import type { NewsDesk } from './news-desk.js';
import type { Operation } from './operation.js';
import { OutlierWatch } from './outlier-watch.js';
import { type AwaitedWindow, PerformanceWatch } from './performance-watch.js';
import { Recorder } from './recorder.js';
import { reportOf } from './report-of.js';
import {
  CORE_STATE,
  LEARNED_STATE,
  LEARNING_STATE,
  REFERENCE_STATE,
  readCore,
  type SavedCore,
} from './saved-core.js';
import { type JudgedWindow, Session } from './session.js';
import { snapshotOf } from './snapshot-of.js';
import { blockOf, type StoredBlock } from './stored-blocks.js';
import type { MonitorTools } from './tools.js';
import type { WindowPlans } from './window-plan.js';

const MOST_ANNOTATIONS = 200;
/** Share of the history's limit that rows may take while a frame is learned. */
const GATHERED_SHARE = 0.5;
/** What `{ last }` and `{ healthy }` alone learn their frame from, where there is no baseline. */
const LEARNED_ROWS = 5_000;

export interface CoreOptions {
  readonly config: HostConfig;
  readonly plans: WindowPlans;
  readonly settings: Settings;
  /** null where the app gave none. */
  readonly baseline: Baseline | null;
  readonly kernels: ChosenKernels;
  readonly tools: MonitorTools;
  readonly store: Store;
  readonly desk: NewsDesk;
  readonly now: () => number;
  /** ms that only grow. */
  readonly clock: () => number;
  /** Called when windows wait, before more rows are measured. */
  readonly onPause: () => Promise<void>;
}

/** The monitor of whoever keeps the history: takes what pages hand over, judges windows, remembers. Calls must not overlap. */
export class MonitorCore {
  readonly #options: CoreOptions;
  readonly counters = new Counters();
  readonly recorder: Recorder;
  /** Whether rows have come since somebody set it to false. */
  hasNewRows = false;
  #session: Session | null = null;
  #learner: Learner | null = null;
  #baseline: Baseline | null;
  #labels: LabelBook;
  #alerts: AlertBook;
  #metrics: MetricBook;
  #system: SystemBook;
  #outliers: OutlierWatch | null;
  readonly #performance = new PerformanceWatch();
  #annotations: readonly Annotation[] = [];
  #reference: ReferenceSpec;
  #nextId = 1;
  #lateBefore = 0;

  private constructor(options: CoreOptions) {
    const { config, plans, baseline } = options;
    this.#options = options;
    this.#baseline = baseline;
    this.#reference = config.reference;
    this.#labels = new LabelBook({ plan: null, ...config.labels });
    this.#alerts = new AlertBook(config.alerts);
    this.#metrics = new MetricBook();
    this.#system = new SystemBook(config.device);
    this.#outliers = plans.scoresRows ? new OutlierWatch() : null;
    this.recorder = new Recorder(options);
  }

  /** With what the store remembers, as far as it belongs to the same baseline. */
  static async open(options: CoreOptions): Promise<MonitorCore> {
    const core = new MonitorCore(options);
    await core.#restore();
    return core;
  }

  get session(): Session | null {
    return this.#session;
  }

  get waiting(): number {
    return this.#session?.waiting ?? 0;
  }

  /** Whether time alone can end a window. */
  get isOpen(): boolean {
    return this.#session?.isOpen ?? false;
  }

  async apply(operation: Operation): Promise<void> {
    const now = this.#options.now();
    this.recorder.isDirty = true;
    this.#options.desk.changed = true;
    switch (operation.kind) {
      case 'chunk':
        return this.#chunk(operation.chunk, now);
      case 'labels':
        return this.#label(operation.labels, now);
      case 'metrics': {
        const refused = this.#metrics.add(
          operation.metrics,
          (time) => this.#session?.stream.blocksAt(time) ?? [],
        );
        for (const name of refused.slice(0, 1))
          this.#problem('metrics', 'SettingsError', `metric "${name}" is one too many: at most 64 names`);
        return;
      }
      case 'system':
        return this.#system.add(operation.sample);
      case 'annotate':
        this.#annotations = [...this.#annotations, operation.annotation].slice(-MOST_ANNOTATIONS);
        return;
      case 'reference':
        return this.#setReference(operation.reference);
    }
  }

  /** Ends windows that the clock has ended. */
  tick(): void {
    this.#session?.stream.tick(this.#options.now());
  }

  /** Judges one window that waits; false when none does. */
  async judgeNext(): Promise<boolean> {
    const session = this.#session;
    const judged = (await session?.judgeNext()) ?? null;
    if (session === null || judged === null) return false;
    this.#told(session, judged);
    return true;
  }

  embeddingPlan(name: string): EmbeddingPlan | null {
    return this.#session?.embeddingPlan(name) ?? null;
  }

  report(spec: string | null): Report | null {
    const latest = this.#session?.latest(spec) ?? null;
    if (latest?.judged == null) return null;
    const { config, kernels } = this.#options;
    return reportOf(latest.judged, {
      settings: latest.settings,
      kernels: kernels.kernels.name,
      place: config.place,
      notes: [...config.notes, kernels.reason],
      embeddings: this.#session?.embeddings ?? null,
    });
  }

  snapshot(tabs: { readonly count: number; readonly reason: string }): MonitorSnapshot {
    const { config, kernels, now } = this.#options;
    return snapshotOf({
      at: now(),
      config,
      kernels,
      tabs,
      baseline: this.#baseline,
      session: this.#session,
      learner: this.#learner,
      reference: this.#reference,
      counts: this.counters.counts,
      late: this.#lateBefore + (this.#session?.stream.late ?? 0),
      annotations: this.#annotations,
      alerts: this.#alerts.list(),
      labels: this.#labels,
      metrics: this.#metrics.summaries(),
      system: this.#system.snapshot(),
      outliers: this.#outliers?.list() ?? [],
      store: this.recorder.facts,
    });
  }

  /** Brings everything to the store, in one transaction. @throws EngineError when it cannot be kept */
  async save(others: readonly StoredState[] = []): Promise<void> {
    const session = this.#session;
    const states: StoredState[] = [...others, ...this.#labels.changes()];
    if (this.#metrics.changed) states.push({ key: 'metrics', value: this.#metrics.save() });
    if (this.#system.changed) states.push({ key: 'system', value: this.#system.save() });
    if (this.#learner !== null) states.push(...this.#gathered(this.#learner));
    if (session !== null) {
      states.push({ key: 'alerts', value: this.#alerts.save() });
      states.push({ key: 'performance', value: this.#performance.save() });
      session.stream.settleBlocks();
    }
    states.push({ key: CORE_STATE, value: this.#savedCore() });
    try {
      await this.recorder.commit(session, states);
    } catch (error) {
      this.#labels.changesFailed();
      throw error;
    }
  }

  /** Brings what is stored up to date and within its limit. */
  async tidy(): Promise<void> {
    const session = this.#session;
    if (session === null) return;
    await this.recorder.updateOutcomes(session, (blocks) => this.#labels.outcomesOf(blocks));
    await this.recorder.tidy(session);
  }

  async #chunk(chunk: Chunk, now: number): Promise<void> {
    this.hasNewRows = true;
    let rest = chunk;
    if (this.#session === null && this.#learner !== null) {
      const taken = Math.min(chunk.batch.rows, this.#learner.room);
      const part = partOfChunk(chunk, 0, taken);
      this.#labels.remember({ chunk: part, blocks: [] }, now);
      this.#learner.add(part.batch);
      this.counters.add(part, true);
      rest = partOfChunk(chunk, taken, chunk.batch.rows);
      if (this.#learner.room === 0) await this.#learn(this.#learner);
    }
    if (rest.batch.rows === 0 && rest !== chunk) return;
    let isMeasured = false;
    try {
      isMeasured = (await this.#session?.add(rest, now)) ?? false;
    } finally {
      this.counters.add(rest, isMeasured);
    }
    if (!isMeasured || this.#outliers === null || this.#session === null) return;
    this.#options.desk.outliers(this.#outliers.look(rest, this.#session, now));
  }

  #label(labels: LabelBatch, now: number): void {
    this.#joined(this.#labels.label(labels, now).changed);
  }

  /** Outcomes of these blocks have changed: performance may be known by now. */
  #joined(blocks: ReadonlySet<number>): void {
    if (blocks.size === 0) return;
    this.recorder.outcomesChanged(blocks);
    for (const evidence of this.#performance.take((held) => this.#labels.summaryOf(held)))
      this.#options.desk.alerts(this.#alerts.judgeSubject(evidence));
  }

  /** Rows that wait for a frame, where they leave room for anything else. */
  #gathered(learner: Learner): StoredState[] {
    const value = learner.save();
    const fits = estimateBytes(value) < GATHERED_SHARE * this.#options.config.storeBytes;
    return [{ key: LEARNING_STATE, value: fits ? value : null }];
  }

  /** The first rows make the frame; those that come after are measured with it. */
  async #learn(learner: Learner): Promise<void> {
    const { settings, kernels, tools } = this.#options;
    const baseline = await learner.finish({ settings, kernels: kernels.kernels, tools });
    this.#learner = null;
    await this.#begin(baseline, null);
    this.recorder.also({ key: LEARNED_STATE, value: new Uint8Array(encodeBaseline(baseline)) });
    this.recorder.also({ key: LEARNING_STATE, value: null });
  }

  #told(session: Session, window: JudgedWindow): void {
    const { desk } = this.#options;
    const { closed, verdict, judged, reference } = window;
    const { spec, start, end } = verdict.window;
    const blocks = closed.blocks.map(({ id }) => id);
    if (session.isNewVersion(verdict.window.version)) this.#alerts.restart();
    const outcomes = this.#labels.summaryOf(blocks);
    const whole = outcomes === undefined ? verdict : { ...verdict, outcomes };
    const book = session.seriesOf(spec);
    const metrics = this.#metrics.means(blocks);
    const point = book.pointOf(whole, judged, { metrics, blocks });
    const gone = book.add(point);
    this.#labels.forget(gone);
    this.#metrics.forget(gone);
    book.latest = whole;
    desk.verdict(whole);
    if (reference !== null && judged !== null) {
      desk.alerts(
        this.#alerts.judge({
          verdict: whole,
          frame: session.frame,
          reference,
          current: window.profile,
          blocks: closed.blocks.map(({ profile }) => profile),
          overlap: window.overlap,
          settings: window.settings,
        }),
      );
    }
    this.#performance.ended({ spec, start, end, rows: verdict.window.rows, blocks, overlap: window.overlap });
    for (const evidence of this.#metrics.judge({ spec, start, end }, blocks)) {
      const { name, drifting, cusum, threshold, sentence } = evidence;
      const value = drifting ? Math.max(cusum, 1.01 * threshold) : Math.min(cusum, threshold);
      const subject = { kind: 'metric', name } as const;
      const low = drifting ? value : 0;
      desk.alerts(this.#alerts.judgeSubject({ subject, spec, start, end, value, low, threshold, sentence }));
    }
    this.recorder.windowJudged(session, window, { point, outcomes: this.#labels.outcomesOf(blocks) });
  }

  async #setReference(reference: ReferenceSpec): Promise<void> {
    this.#reference = reference;
    const session = this.#session;
    if (session === null) return;
    session.setReference(reference, await this.recorder.past(session.frame));
    this.#alerts.restart();
    this.#outliers?.restart();
    this.recorder.referenceChanged();
  }

  async #restore(): Promise<void> {
    const { config, store, baseline } = this.#options;
    const saved = await this.#read(() => readCore(store), null);
    this.#system = new SystemBook(config.device, await store.state('system'));
    if (saved !== null) {
      this.#nextId = saved.nextId;
      this.#annotations = saved.annotations;
      if (JSON.stringify(saved.asked) === JSON.stringify(config.reference)) this.#reference = saved.reference;
    }
    const known = baseline ?? (await this.#read(() => this.#learned(), null));
    if (known !== null) {
      const mine = saved?.frameId === known.frame.id ? saved : null;
      if (saved !== null && mine === null)
        this.#problem(
          'another baseline',
          'BaselineMismatchError',
          `the history belongs to another baseline ("${saved.baseline}", ${saved.frameId}): a new history begins for "${known.name}", ${known.frame.id}`,
        );
      return this.#begin(known, mine);
    }
    const { reference } = config;
    if (reference === 'baseline')
      throw new DriftglassError('SettingsError', 'the reference is the baseline, and no baseline was given');
    const rows = typeof reference === 'object' && 'first' in reference ? reference.first : LEARNED_ROWS;
    const gathered = await store.state(LEARNING_STATE);
    this.#learner = await this.#read(
      async () => new Learner(rows, (gathered ?? null) as ConstructorParameters<typeof Learner>[1] & object),
      new Learner(rows),
    );
    if (saved !== null) this.counters.restore(saved.counts);
  }

  async #learned(): Promise<Baseline | null> {
    const bytes = await this.#options.store.state(LEARNED_STATE);
    return bytes instanceof Uint8Array ? decodeBaseline(bytes) : null;
  }

  async #begin(baseline: Baseline, saved: SavedCore | null): Promise<void> {
    const { config, plans, settings, kernels, tools, store, onPause, clock } = this.#options;
    const { frame } = baseline;
    this.#baseline = baseline;
    const read = (key: string): Promise<unknown> => store.state(key);
    const isOurs = saved !== null;
    const labels = { plan: planOutcomes(frame), ...config.labels };
    // Whoever learned has remembered predictions already, by no frame.
    this.#labels = isOurs
      ? await this.#read(() => LabelBook.restore(labels, read), new LabelBook(labels))
      : new LabelBook(labels);
    if (config.labels.reference !== undefined)
      this.#labels.setReference(knownOutcomes(config.labels.reference, labels.plan));
    this.#alerts = new AlertBook(config.alerts, isOurs ? await read('alerts') : undefined);
    this.#metrics = new MetricBook(isOurs ? await read('metrics') : undefined);
    const session = new Session({
      frame,
      baseline,
      reference: this.#reference,
      plans: plans.windows,
      settings,
      kernels: kernels.kernels,
      embeddings: await tools.embeddings(frame),
      tools,
      nextId: () => this.#nextId++,
      clock,
      onPause,
      onProblem: (cause, name, message) => this.#problem(cause, name, message),
      onRows: (chunk, { from, to, blocks }) => {
        this.#joined(this.#labels.remember({ chunk, from, to, blocks }, this.#options.now()).changed);
      },
    });
    this.#session = session;
    if (saved === null) return;
    this.counters.restore(saved.counts);
    this.#lateBefore = saved.late;
    this.#outliers?.restore(saved.outliers);
    this.#performance.restore(((await read('performance')) ?? []) as readonly AwaitedWindow[]);
    await this.#read(() => this.recorder.restore(session, saved), undefined);
    const block = (await read(REFERENCE_STATE)) as StoredBlock | null | undefined;
    const isSame = JSON.stringify(saved.reference) === JSON.stringify(this.#reference);
    const kept: Block | null =
      isSame && block ? await this.#read(async () => blockOf(block, frame), null) : null;
    session.setReference(this.#reference, await this.recorder.past(frame), kept);
  }

  #savedCore(): SavedCore {
    const { config } = this.#options;
    return {
      ...this.recorder.saved(this.#session),
      baseline: this.#baseline?.name ?? '',
      nextId: this.#nextId,
      counts: this.counters.counts,
      late: this.#lateBefore + (this.#session?.stream.late ?? 0),
      asked: config.reference,
      reference: this.#reference,
      annotations: this.#annotations,
      outliers: this.#outliers?.list() ?? [],
    };
  }

  /** What cannot be read is told, and done without. */
  async #read<T>(read: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await read();
    } catch (error) {
      const name = isDriftglassError(error) ? error.name : 'EngineError';
      const message = error instanceof Error ? error.message : String(error);
      this.#problem(
        `history ${message}`,
        name,
        `a part of the history cannot be read, and begins anew: ${message}`,
      );
      return otherwise;
    }
  }

  #problem(cause: string, name: string, message: string): void {
    this.#options.desk.error(cause, name, message);
  }
}
