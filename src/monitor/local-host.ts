// SPDX-License-Identifier: Apache-2.0
import { completeSettings } from '../engine/complete-settings.js';
import { DriftglassError } from '../errors.js';
import type { Kernels } from '../kernels/kernels.js';
import { type Baseline, decodeBaseline } from '../profile/baseline-file.js';
import type { Report } from '../report/report.js';
import type { Settings } from '../verdict/settings.js';
import { Counters } from './core/counters.js';
import { lazyTools } from './core/lazy-tools.js';
import { NEWS_EVERY_MS, NewsDesk } from './core/news-desk.js';
import { reportOf } from './core/report-of.js';
import { type JudgedWindow, Session } from './core/session.js';
import { snapshotOf } from './core/snapshot-of.js';
import { TimeBudget } from './core/time-budget.js';
import type { MonitorTools } from './core/tools.js';
import { Turns } from './core/turns.js';
import { planWindows, type WindowPlans } from './core/window-plan.js';
import type { EmbeddingPlan } from './embedding-sums.js';
import type {
  Chunk,
  HostConfig,
  HostNews,
  LabelBatch,
  MetricBatch,
  MonitorHost,
  SystemSample,
} from './host.js';
import type { Annotation, MonitorSnapshot, MonitorState } from './snapshot.js';
import type { ReferenceSpec } from './specs.js';

/** Judging takes at most this share of the time while rows keep coming. */
const JUDGING_SHARE = 0.15;
/** Windows that wait whatever the time: beyond, rows wait instead. */
const MOST_WAITING = 32;
const MOST_ANNOTATIONS = 200;

export interface Timers {
  set(callback: () => void, ms: number): unknown;
  clear(timer: unknown): void;
}

export interface LocalHostOptions {
  /** Kernels to measure with; by default the fastest that run here. */
  readonly kernels?: Kernels;
  /** ms since 1970, as the system's clock has it. Default Date.now. */
  readonly now?: () => number;
  /** ms that only grow, for budgets. Default performance.now. */
  readonly clock?: () => number;
  readonly timers?: Timers;
  /** How what is large is loaded. Default: when it is needed. */
  readonly tools?: MonitorTools;
}

interface Opened {
  readonly config: HostConfig;
  readonly plans: WindowPlans;
  readonly settings: Settings;
  readonly kernels: { readonly kernels: Kernels; readonly reason: string };
  readonly news: NewsDesk;
}

/** The monitor itself, on the thread that it is made on: takes rows, judges windows, tells news. */
export class LocalHost implements MonitorHost {
  readonly #options: LocalHostOptions;
  readonly #now: () => number;
  readonly #clock: () => number;
  readonly #timers: Timers;
  readonly #tools: MonitorTools;
  readonly #turns = new Turns();
  readonly #counters = new Counters();
  readonly #budget: TimeBudget;
  #opened: Opened | null = null;
  #session: Session | null = null;
  #baseline: Baseline | null = null;
  #state: MonitorState = 'starting';
  #reason = '';
  #watched = false;
  #timer: unknown = null;
  #annotations: Annotation[] = [];
  #nextId = 1;

  constructor(options: LocalHostOptions = {}) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#clock = options.clock ?? (() => performance.now());
    this.#timers = options.timers ?? hostTimers;
    this.#tools = options.tools ?? lazyTools;
    this.#budget = new TimeBudget(this.#clock, JUDGING_SHARE);
  }

  open(config: HostConfig, news: (news: HostNews) => void): Promise<MonitorSnapshot> {
    return this.#turns.run(async () => {
      if (this.#opened !== null) throw new DriftglassError('EngineError', 'this monitor is open already');
      try {
        await this.#start(config, new NewsDesk(news));
      } catch (error) {
        this.#state = 'failed';
        this.#reason = error instanceof Error ? error.message : String(error);
        throw error;
      }
      return this.#snapshot();
    });
  }

  chunk(chunk: Chunk): Promise<void> {
    return this.#turns.run(async () => {
      const session = this.#session;
      if (session === null) {
        this.#counters.add(chunk, false);
        return;
      }
      let isMeasured = false;
      try {
        isMeasured = await session.add(chunk, this.#now());
      } catch (error) {
        this.#problem(error);
      }
      this.#counters.add(chunk, isMeasured);
      this.#changed();
      await this.#judgeSome();
      this.#wake();
    });
  }

  async labels(_labels: LabelBatch): Promise<void> {}
  async metrics(_metrics: MetricBatch): Promise<void> {}
  async system(_sample: SystemSample): Promise<void> {}

  annotate(annotation: Annotation): Promise<void> {
    return this.#turns.run(() => {
      this.#annotations = [...this.#annotations, annotation].slice(-MOST_ANNOTATIONS);
      this.#changed();
    });
  }

  embeddingPlan(name: string): Promise<EmbeddingPlan | null> {
    return this.#turns.run(() => this.#session?.embeddingPlan(name) ?? null);
  }

  async snapshot(): Promise<MonitorSnapshot> {
    return this.#snapshot();
  }

  async watch(watched: boolean): Promise<void> {
    this.#watched = watched;
    if (watched) this.#changed();
  }

  report(spec: string | null): Promise<Report | null> {
    return this.#turns.run(() => {
      const latest = this.#session?.latest(spec) ?? null;
      if (latest?.judged == null || this.#opened === null) return null;
      const { config, kernels } = this.#opened;
      return reportOf(latest.judged, {
        settings: latest.settings,
        kernels: kernels.kernels.name,
        place: config.place,
        notes: [...config.notes, kernels.reason],
        embeddings: this.#session?.embeddings ?? null,
      });
    });
  }

  setReference(reference: ReferenceSpec): Promise<void> {
    return this.#turns.run(() => {
      this.#session?.setReference(reference, []);
      this.#changed();
    });
  }

  flush(): Promise<void> {
    return this.#turns.run(async () => {
      this.#session?.stream.tick(this.#now());
      await this.#judgeAll();
      this.#tell();
    });
  }

  close(): Promise<void> {
    return this.#turns.run(async () => {
      await this.#judgeAll();
      this.#tell();
      if (this.#timer !== null) this.#timers.clear(this.#timer);
      this.#timer = null;
      this.#session = null;
      this.#state = 'disposed';
    });
  }

  async #start(config: HostConfig, news: NewsDesk): Promise<void> {
    const plans = planWindows(config.windows);
    const settings = completeSettings(config.settings);
    const chosen = this.#options.kernels
      ? { kernels: this.#options.kernels, reason: 'kernels that were given' }
      : await this.#tools.kernels();
    this.#opened = { config, plans, settings, kernels: chosen, news };
    if (config.baseline === null) throw new DriftglassError('SettingsError', 'no baseline was given');
    this.#baseline = decodeBaseline(config.baseline);
    await this.#begin(this.#baseline);
  }

  async #begin(baseline: Baseline): Promise<void> {
    const { config, plans, settings, kernels, news } = this.#opened!;
    this.#session = new Session({
      frame: baseline.frame,
      baseline,
      reference: config.reference,
      plans: plans.windows,
      settings,
      kernels: kernels.kernels,
      embeddings: await this.#tools.embeddings(baseline.frame),
      tools: this.#tools,
      nextId: () => this.#nextId++,
      onProblem: (cause, name, message) => news.error(cause, name, message),
    });
    this.#state = 'running';
  }

  /** As many windows as the time allows; all of them while few wait and nothing presses. */
  async #judgeSome(): Promise<void> {
    const session = this.#session;
    while (session !== null && session.waiting > 0) {
      if (!this.#budget.isLeft && session.waiting < MOST_WAITING) return;
      await this.#budget.spend(() => this.#judgeOne(session));
    }
  }

  async #judgeAll(): Promise<void> {
    const session = this.#session;
    while (session !== null && session.waiting > 0) await this.#judgeOne(session);
  }

  async #judgeOne(session: Session): Promise<void> {
    let judged: JudgedWindow | null = null;
    try {
      judged = await session.judgeNext();
    } catch (error) {
      this.#problem(error);
    }
    if (judged === null) return;
    const book = session.seriesOf(judged.verdict.window.spec);
    const blocks = judged.closed.blocks.map(({ id }) => id);
    book.add(book.pointOf(judged.verdict, judged.judged, { metrics: {}, blocks }));
    book.latest = judged.verdict;
    this.#opened?.news.verdict(judged.verdict);
  }

  #problem(error: unknown): void {
    const { name, message } =
      error instanceof Error ? error : { name: 'EngineError', message: String(error) };
    this.#opened?.news.error(`${name}: ${message}`, name, message);
  }

  #changed(): void {
    if (this.#opened !== null) this.#opened.news.changed = true;
    this.#wake();
  }

  /** Makes sure that what waits is looked at soon. */
  #wake(): void {
    if (this.#timer !== null || this.#opened === null || this.#state === 'disposed') return;
    this.#timer = this.#timers.set(() => {
      this.#timer = null;
      void this.#turns.run(() => this.#tick());
    }, NEWS_EVERY_MS);
  }

  async #tick(): Promise<void> {
    const session = this.#session;
    session?.stream.tick(this.#now());
    await this.#judgeSome();
    this.#tell();
    if (session !== null && (session.waiting > 0 || session.isOpen)) this.#wake();
  }

  #tell(): void {
    this.#opened?.news.tell(this.#clock(), this.#watched ? () => this.#snapshot() : null);
  }

  #snapshot(): MonitorSnapshot {
    return snapshotOf({
      at: this.#now(),
      state: this.#state,
      reason: this.#reason,
      config: this.#opened?.config ?? null,
      kernels: this.#opened?.kernels ?? null,
      baseline: this.#baseline,
      session: this.#session,
      counts: this.#counters.counts,
      annotations: this.#annotations,
    });
  }
}

const hostTimers: Timers = {
  set(callback, ms) {
    const timer = setTimeout(callback, ms);
    // Where timers keep a process alive they must not.
    (timer as { unref?: () => void }).unref?.();
    return timer;
  },
  clear(timer) {
    clearTimeout(timer as ReturnType<typeof setTimeout>);
  },
};
