// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../../errors.js';
import type { Baseline } from '../../profile/baseline-file.js';
import type { Report } from '../../report/report.js';
import type { StoredState } from '../../store/store.js';
import type { EmbeddingPlan } from '../embedding-sums.js';
import type { Chunk, MetricBatch } from '../host.js';
import type { MonitorSnapshot } from '../snapshot.js';
import type { ReferenceSpec } from '../specs.js';
import { ArrivedLabels } from './arrived-labels.js';
import { Books } from './books.js';
import { chunkProblem } from './check-chunk.js';
import { checkedReference } from './check-reference.js';
import type { CoreOptions } from './core-options.js';
import { Counters } from './counters.js';
import { KeptHistory } from './kept-history.js';
import { Learning } from './learning.js';
import type { Operation } from './operation.js';
import { OutlierWatch } from './outlier-watch.js';
import { Recorder } from './recorder.js';
import { rowMeterOf } from './row-meter.js';
import { CORE_STATE, type SavedCore } from './saved-core.js';
import { Session } from './session.js';
import { snapshotOf } from './snapshot-of.js';

/** The monitor of whoever keeps the history: takes what pages hand over, judges windows, remembers. Calls must not overlap. */
export class MonitorCore {
  readonly #options: CoreOptions;
  readonly #counters = new Counters();
  readonly recorder: Recorder;
  /** Whether rows have come since somebody set it to false. */
  hasNewRows = false;
  #session: Session | null = null;
  #learning: Learning | null = null;
  #baseline: Baseline | null;
  readonly #books: Books;
  readonly #kept: KeptHistory;
  #reference: ReferenceSpec;
  #nextId = 1;

  private constructor(options: CoreOptions, outliers: OutlierWatch | null) {
    const { config, baseline } = options;
    this.#options = options;
    this.#baseline = baseline;
    this.#reference = checkedReference(config.reference);
    this.recorder = new Recorder(options);
    this.#kept = new KeptHistory(options.store, options.desk);
    this.#books = new Books({
      config,
      specs: options.plans.windows.map(({ label }) => label),
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
    return this.#session?.waiting.length ?? 0;
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
        return this.#books.annotate(operation.annotation);
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
    const { config, kernels } = this.#options;
    const { place, notes } = config;
    const engine = { kernels: kernels.kernels.name, place, notes: [...notes, kernels.reason] };
    return this.#session?.report(spec, engine) ?? null;
  }

  snapshot(tabs: { readonly count: number; readonly reason: string }): MonitorSnapshot {
    const { config, kernels, now } = this.#options;
    this.#books.expire();
    return snapshotOf({
      at: now(),
      config,
      kernels,
      tabs,
      baseline: this.#baseline,
      session: this.#session,
      learner: this.#learning?.learner ?? null,
      reference: this.#reference,
      counts: this.#counters.counts,
      late: this.#session?.stream.late ?? 0,
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
    const problem = chunkProblem(chunk);
    if (problem !== null) {
      this.#options.desk.error(`shape ${problem}`, 'SchemaError', `rows were refused: ${problem}`);
      return this.#counters.add(chunk, false);
    }
    const rest = this.#learning === null ? chunk : await this.#gather(this.#learning, chunk);
    if (rest === null) return;
    const session = this.#session;
    let isMeasured = false;
    try {
      await session?.add(rest, this.#options.now());
      isMeasured = session !== null;
    } finally {
      this.#counters.add(rest, isMeasured);
    }
    if (session !== null) this.#books.look(rest, session);
  }

  /** Takes the rows that are still wanted to learn from, and what came with them; gives the others, null where there are none. */
  async #gather(learning: Learning, chunk: Chunk): Promise<Chunk | null> {
    const { taken, rest } = learning.take(chunk);
    this.#books.remember(taken, { from: 0, to: taken.batch.rows, blocks: [] });
    this.#counters.add(taken, true);
    if (learning.isComplete) await this.#learn(learning);
    return rest.batch.rows === 0 ? null : rest;
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
    if (problem !== '') this.#options.desk.error('learned size', 'EngineError', problem);
    this.#learning = null;
    await this.#begin(baseline, null);
    learning.tell(this.#books);
    for (const state of states) this.recorder.also(state);
  }

  async #setReference(reference: ReferenceSpec): Promise<void> {
    this.#reference = checkedReference(reference);
    const session = this.#session;
    if (session === null) return;
    session.setReference(this.#reference, await this.recorder.past(session.frame));
    this.#books.restart();
    this.recorder.referenceChanged();
  }

  async #restore(): Promise<void> {
    const { config, baseline } = this.#options;
    const kept = this.#kept;
    const saved = await kept.core();
    this.#books.restoreSystem(await kept.state('system'));
    if (saved !== null) {
      this.#nextId = saved.nextId;
      this.#books.restoreAnnotations(saved.annotations);
      if (JSON.stringify(saved.asked) === JSON.stringify(config.reference))
        this.#reference = await kept.attempt(async () => checkedReference(saved.reference), this.#reference);
    }
    const known = baseline ?? (await kept.learned());
    if (known !== null) return this.#begin(known, kept.ofBaseline(known, saved));
    const { reference } = config;
    if (reference === 'baseline')
      throw new DriftglassError('SettingsError', 'the reference is the baseline, and no baseline was given');
    const gathered = await kept.gathered();
    this.#learning = await kept.attempt(async () => new Learning(config, gathered), new Learning(config));
    if (saved !== null) this.#counters.restore(saved.counts);
  }

  async #begin(baseline: Baseline, saved: SavedCore | null): Promise<void> {
    const { plans, settings, kernels, tools, onPause, clock } = this.#options;
    const { frame } = baseline;
    const kept = this.#kept;
    this.#baseline = baseline;
    const isBegun = await kept.attempt(async () => {
      await this.#books.begin(frame, saved && { read: (key) => kept.state(key), outliers: saved.outliers });
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
      onProblem: (cause, name, message) => this.#options.desk.error(cause, name, message),
      onRows: (chunk, rows) => this.#books.remember(chunk, rows),
    });
    this.#session = session;
    if (saved === null) return;
    this.#counters.restore(saved.counts);
    session.stream.late = saved.late;
    await kept.attempt(() => this.recorder.restore(session, saved), undefined);
    const isSame = JSON.stringify(saved.reference) === JSON.stringify(this.#reference);
    const block = isSame ? await kept.reference(frame) : null;
    session.setReference(this.#reference, await this.recorder.past(frame), block);
  }

  #savedCore(): SavedCore {
    const { config } = this.#options;
    return {
      ...this.recorder.saved(this.#session),
      baseline: this.#baseline?.name ?? '',
      nextId: this.#nextId,
      counts: this.#counters.counts,
      late: this.#session?.stream.late ?? 0,
      asked: config.reference,
      reference: this.#reference,
      annotations: this.#books.annotations,
      outliers: this.#books.outliers,
    };
  }
}
