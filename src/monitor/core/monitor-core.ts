// SPDX-License-Identifier: Apache-2.0
import { DriftglassError, isDriftglassError } from '../../errors.js';
import type { ChosenKernels } from '../../kernels/choose.js';
import { type Baseline, decodeBaseline } from '../../profile/baseline-file.js';
import type { Report } from '../../report/report.js';
import type { Store, StoredState } from '../../store/store.js';
import type { Settings } from '../../verdict/settings.js';
import type { EmbeddingPlan } from '../embedding-sums.js';
import type { Chunk, HostConfig, MetricBatch } from '../host.js';
import type { Annotation, MonitorSnapshot } from '../snapshot.js';
import type { ReferenceSpec } from '../specs.js';
import { ArrivedLabels } from './arrived-labels.js';
import type { Block } from './block.js';
import { Books } from './books.js';
import { chunkProblem } from './check-chunk.js';
import { Counters } from './counters.js';
import { Learning } from './learning.js';
import type { NewsDesk } from './news-desk.js';
import type { Operation } from './operation.js';
import { OutlierWatch } from './outlier-watch.js';
import { Recorder } from './recorder.js';
import { rowMeterOf } from './row-meter.js';
import {
  CORE_STATE,
  LEARNED_STATE,
  LEARNING_STATE,
  REFERENCE_STATE,
  readCore,
  type SavedCore,
} from './saved-core.js';
import { Session } from './session.js';
import { snapshotOf } from './snapshot-of.js';
import { blockOf, type StoredBlock } from './stored-blocks.js';
import type { MonitorTools } from './tools.js';
import type { WindowPlans } from './window-plan.js';

const MOST_ANNOTATIONS = 200;
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
  #learning: Learning | null = null;
  #baseline: Baseline | null;
  readonly #books: Books;
  #annotations: readonly Annotation[] = [];
  #reference: ReferenceSpec;
  #nextId = 1;
  #lateBefore = 0;

  private constructor(options: CoreOptions, outliers: OutlierWatch | null) {
    const { config, baseline } = options;
    this.#options = options;
    this.#baseline = baseline;
    this.#reference = config.reference;
    this.recorder = new Recorder(options);
    this.#books = new Books({
      config,
      outliers,
      desk: options.desk,
      now: options.now,
      onOutcomes: (blocks) => this.recorder.outcomesChanged(blocks),
      onLabels: (joined) => this.#session?.takeLabels(joined),
    });
  }

  /** With what the store remembers, as far as it belongs to the same baseline. */
  static async open(options: CoreOptions): Promise<MonitorCore> {
    const { plans, tools } = options;
    const outliers = plans.scoresRows ? new OutlierWatch(await tools.outlierScorer()) : null;
    const core = new MonitorCore(options, outliers);
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
    this.recorder.isDirty = true;
    this.#options.desk.changed = true;
    switch (operation.kind) {
      case 'chunk':
        return this.#chunk(operation.chunk);
      case 'labels':
        this.#learning?.label(operation.labels);
        return this.#books.label(operation.labels);
      case 'metrics':
        return this.#metrics(operation.metrics);
      case 'system':
        return this.#books.sample(operation.sample);
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
    const { point, gone } = this.#books.enter(session, judged);
    this.recorder.windowJudged(session, judged, { point, outcomes: this.#books.outcomesOf(point.blocks) });
    this.recorder.blocksGone(gone);
    return true;
  }

  embeddingPlan(name: string): EmbeddingPlan | null {
    return this.#session?.embeddingPlan(name) ?? null;
  }

  async report(spec: string | null): Promise<Report | null> {
    const latest = this.#session?.latest(spec) ?? null;
    if (latest?.judged == null) return null;
    const { config, kernels, tools } = this.#options;
    const reportOf = await tools.reportOf();
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
      learner: this.#learning?.learner ?? null,
      reference: this.#reference,
      counts: this.counters.counts,
      late: this.#lateBefore + (this.#session?.stream.late ?? 0),
      annotations: this.#annotations,
      ...this.#books.facts,
      store: this.recorder.facts,
    });
  }

  /** Brings everything to the store, in one transaction. @throws EngineError when it cannot be kept */
  async save(others: readonly StoredState[] = []): Promise<void> {
    const session = this.#session;
    const states: StoredState[] = [...others, ...this.#books.changes()];
    if (this.#learning !== null) states.push(...this.#learning.states());
    session?.stream.settleBlocks();
    states.push({ key: CORE_STATE, value: this.#savedCore() });
    try {
      await this.recorder.commit(session, states);
    } catch (error) {
      this.#books.changesFailed();
      throw error;
    }
  }

  /** Brings what is stored up to date and within its limit. */
  async tidy(): Promise<void> {
    const session = this.#session;
    if (session === null) return;
    await this.recorder.updateOutcomes(session, (blocks) => this.#books.outcomesOf(blocks));
    await this.recorder.tidy(session);
  }

  async #chunk(chunk: Chunk): Promise<void> {
    this.hasNewRows = true;
    let rest = chunk;
    if (this.#session === null && this.#learning !== null) {
      const problem = chunkProblem(chunk);
      if (problem !== null) {
        this.#problem(`shape ${problem}`, 'SchemaError', `rows were refused: ${problem}`);
        return this.counters.add(chunk, false);
      }
      const { taken, rest: left } = this.#learning.take(chunk);
      this.#books.remember(taken, { from: 0, to: taken.batch.rows, blocks: [] });
      this.counters.add(taken, true);
      rest = left;
      if (this.#learning.isComplete) await this.#learn(this.#learning);
    }
    if (rest.batch.rows === 0 && rest !== chunk) return;
    let isMeasured = false;
    try {
      isMeasured = (await this.#session?.add(rest, this.#options.now())) ?? false;
    } finally {
      this.counters.add(rest, isMeasured);
    }
    if (isMeasured && this.#session !== null) this.#books.look(rest, this.#session);
  }

  #metrics(metrics: MetricBatch): void {
    const now = this.#options.now();
    this.#books.metric(metrics, (time) => this.#session?.stream.blocksAt(time, now) ?? []);
  }

  /** The first rows make the frame; those that come after are measured with it. */
  async #learn(learning: Learning): Promise<void> {
    const { settings, kernels, tools } = this.#options;
    const { baseline, problem, states } = await learning.finish({
      settings,
      kernels: kernels.kernels,
      tools,
    });
    if (problem !== '') this.#problem('learned size', 'EngineError', problem);
    this.#learning = null;
    await this.#begin(baseline, null);
    learning.tell(this.#books);
    for (const state of states) this.recorder.also(state);
  }

  async #setReference(reference: ReferenceSpec): Promise<void> {
    this.#reference = reference;
    const session = this.#session;
    if (session === null) return;
    session.setReference(reference, await this.recorder.past(session.frame));
    this.#books.restart();
    this.recorder.referenceChanged();
  }

  async #restore(): Promise<void> {
    const { config, store, baseline } = this.#options;
    const saved = await this.#read(() => readCore(store), null);
    this.#books.restoreSystem(await store.state('system'));
    if (saved !== null) {
      this.#nextId = saved.nextId;
      this.#annotations = saved.annotations;
      if (JSON.stringify(saved.asked) === JSON.stringify(config.reference)) this.#reference = saved.reference;
    }
    const known = baseline ?? (await this.#read(() => this.#learned(), null));
    if (known !== null) {
      const mine = saved?.frameId === known.frame.id ? saved : null;
      if (saved !== null && mine === null && saved.frameId !== '')
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
    const gathered = await store.state(LEARNING_STATE);
    this.#learning = await this.#read(async () => new Learning(config, gathered), new Learning(config));
    if (saved !== null) this.counters.restore(saved.counts);
  }

  async #learned(): Promise<Baseline | null> {
    const bytes = await this.#options.store.state(LEARNED_STATE);
    return bytes instanceof Uint8Array ? decodeBaseline(bytes) : null;
  }

  async #begin(baseline: Baseline, saved: SavedCore | null): Promise<void> {
    const { plans, settings, kernels, tools, store, onPause, clock } = this.#options;
    const { frame } = baseline;
    this.#baseline = baseline;
    const read = (key: string): Promise<unknown> => store.state(key);
    const isBegun = await this.#read(async () => {
      await this.#books.begin(frame, saved && { read, outliers: saved.outliers });
      return true;
    }, false);
    if (!isBegun) await this.#books.begin(frame, null);
    const embeddings = await tools.embeddings(frame);
    const session = new Session({
      frame,
      baseline,
      reference: this.#reference,
      plans: plans.windows,
      settings,
      meter: await rowMeterOf(frame, kernels.kernels, embeddings?.meters),
      embeddings,
      tools,
      labels: ArrivedLabels.of(frame, kernels.kernels, settings),
      nextId: () => this.#nextId++,
      clock,
      onPause,
      onProblem: (cause, name, message) => this.#problem(cause, name, message),
      onRows: (chunk, rows) => this.#books.remember(chunk, rows),
    });
    this.#session = session;
    if (saved === null) return;
    this.counters.restore(saved.counts);
    this.#lateBefore = saved.late;
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
      outliers: this.#books.outliers,
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
