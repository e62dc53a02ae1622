// SPDX-License-Identifier: Apache-2.0
import { completeSettings } from '../../engine/complete-settings.js';
import { DriftglassError, isDriftglassError } from '../../errors.js';
import type { ChosenKernels } from '../../kernels/choose.js';
import type { Kernels } from '../../kernels/kernels.js';
import { type Baseline, decodeBaseline } from '../../profile/baseline-file.js';
import type { Report } from '../../report/report.js';
import type { Store } from '../../store/store.js';
import type { EmbeddingPlan } from '../embedding-sums.js';
import type {
  Chunk,
  HostConfig,
  HostNews,
  LabelBatch,
  MetricBatch,
  MonitorHost,
  SystemSample,
} from '../host.js';
import type { Annotation, MonitorSnapshot } from '../snapshot.js';
import type { ReferenceSpec } from '../specs.js';
import { TABS_STATE, type TabsRole } from '../tabs/role.js';
import { Tabs } from '../tabs.js';
import { Counters } from './counters.js';
import { Intervals } from './intervals.js';
import { MonitorCore } from './monitor-core.js';
import { NEWS_EVERY_MS, NewsDesk } from './news-desk.js';
import { type Operation, operationBytes } from './operation.js';
import { standbySnapshot } from './standby-snapshot.js';
import { TimeBudget } from './time-budget.js';
import { hostTimers, type Timers } from './timers.js';
import type { MonitorTools } from './tools.js';
import { Turns } from './turns.js';
import { planWindows, type WindowPlans } from './window-plan.js';

/** Judging takes at most this share of the time while rows keep coming. */
const JUDGING_SHARE = 0.15;
/** Windows that wait whatever the time: beyond, rows wait instead. */
const MOST_WAITING = 32;
/** ms between two looks at the clock while no rows come. */
const IDLE_EVERY_MS = 5_000;
/** What may be on its way to the tab that leads before rows wait on the page. */
const MOST_UNDER_WAY = 16;

export interface ThreadHostOptions {
  /** Kernels to measure with; by default the fastest that run here. */
  readonly kernels?: Kernels;
  /** ms since 1970, as the system's clock has it. Default Date.now. */
  readonly now?: () => number;
  /** ms that only grow, for budgets and intervals. Default performance.now. */
  readonly clock?: () => number;
  readonly timers?: Timers;
  /** How what is large is loaded: when it is needed (lazy-tools.ts), or from the start (static-tools.ts). */
  readonly tools: MonitorTools;
  readonly openStore?: MonitorTools['openStore'];
  /** How tabs find each other; a text where they cannot, and why. Default: as the browser has it. */
  readonly surroundings?: ConstructorParameters<typeof Tabs>[0]['surroundings'];
}

interface Prepared {
  readonly config: HostConfig;
  readonly plans: WindowPlans;
  readonly kernels: ChosenKernels;
  readonly baseline: Baseline | null;
}

/**
 * The monitor itself, on the thread that it is made on. Among the tabs of one app one host leads: it measures, judges and
 * keeps the history. The others hand it what their pages give them, and pass its news on.
 */
export class ThreadHost implements MonitorHost {
  readonly #options: ThreadHostOptions;
  readonly #clock: () => number;
  readonly #timers: Timers;
  readonly #tools: MonitorTools;
  readonly #turns = new Turns();
  readonly #budget: TimeBudget;
  /** Rows of a monitor that cannot measure. */
  readonly #lost = new Counters();
  #config: HostConfig | null = null;
  #opening: Promise<unknown> | null = null;
  #desk: NewsDesk = new NewsDesk(() => {});
  #tabs: Tabs<Operation, HostNews> | null = null;
  #store: Store | null = null;
  #core: MonitorCore | null = null;
  #failure: Error | null = null;
  /** The latest snapshot of the tab that leads. */
  #heard: MonitorSnapshot | null = null;
  #isClosed = false;
  #isWatched = false;
  /** The snapshot has changed since other tabs were shown it. */
  #owesOthers = false;
  #timer: unknown = null;
  #isIdle = false;
  readonly #due: Intervals;
  /** Rows that did not reach the tab that leads. */
  #lostOnTheWay = 0;

  constructor(options: ThreadHostOptions) {
    this.#options = options;
    this.#clock = options.clock ?? (() => performance.now());
    this.#timers = options.timers ?? hostTimers;
    const { tools } = options;
    this.#tools = options.openStore === undefined ? tools : { ...tools, openStore: options.openStore };
    this.#budget = new TimeBudget(this.#clock, JUDGING_SHARE);
    this.#due = new Intervals(this.#clock);
  }

  async open(config: HostConfig, news: (news: HostNews) => void): Promise<MonitorSnapshot> {
    if (this.#config !== null) throw new DriftglassError('EngineError', 'this monitor is open already');
    this.#config = config;
    const opening = this.#open(config, news);
    this.#opening = opening.catch(() => {});
    return opening;
  }

  async #open(config: HostConfig, news: (news: HostNews) => void): Promise<MonitorSnapshot> {
    this.#desk = new NewsDesk((told) => {
      this.#tabs?.broadcast({ ...told, exports: [], open: null, errors: [] });
      return news(told);
    });
    try {
      const prepared = await this.#prepare(config);
      const surroundings =
        config.store === 'memory' ? 'the history is in memory, as asked' : this.#options.surroundings;
      const tabs = new Tabs<Operation, HostNews>({
        name: config.name,
        role: this.#role(prepared, news),
        ...(surroundings === undefined ? {} : { surroundings }),
      });
      this.#tabs = tabs;
      await tabs.settled;
      if (this.#failure !== null) throw this.#failure;
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
      throw this.#failure;
    }
    this.#wake();
    return this.#snapshot();
  }

  async chunk(chunk: Chunk): Promise<void> {
    await this.#hand({ kind: 'chunk', chunk });
  }

  async labels(labels: LabelBatch): Promise<void> {
    await this.#hand({ kind: 'labels', labels });
  }

  async metrics(metrics: MetricBatch): Promise<void> {
    await this.#hand({ kind: 'metrics', metrics });
  }

  async system(sample: SystemSample): Promise<void> {
    await this.#hand({ kind: 'system', sample });
  }

  async annotate(annotation: Annotation): Promise<void> {
    await this.#hand({ kind: 'annotate', annotation });
  }

  async setReference(reference: ReferenceSpec): Promise<void> {
    await this.#hand({ kind: 'reference', reference });
  }

  embeddingPlan(name: string): Promise<EmbeddingPlan | null> {
    return this.#turns.run(() => this.#core?.embeddingPlan(name) ?? null);
  }

  snapshot(): Promise<MonitorSnapshot> {
    return this.#turns.run(() => this.#snapshot());
  }

  async watch(watched: boolean): Promise<void> {
    this.#isWatched = watched;
    if (watched) this.#desk.changed = true;
    this.#wake();
  }

  report(spec: string | null): Promise<Report | null> {
    const tabs = this.#tabs;
    // Not within a turn: this tab may have to take the lead meanwhile.
    if (this.#core === null && tabs !== null && !tabs.leader && !this.#isClosed)
      return tabs.ask({ report: spec }) as Promise<Report | null>;
    return this.#turns.run(() => this.#core?.report(spec) ?? null);
  }

  async flush(): Promise<void> {
    await this.#tabs?.drained();
    await this.#turns.run(async () => {
      this.#core?.tick();
      await this.#judge(true);
      await this.#save();
      this.#tell();
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    await this.flush();
    this.#heard = this.#snapshot();
    await this.#tabs?.close();
    if (this.#timer !== null) this.#timers.clear(this.#timer);
    this.#timer = null;
    this.#isClosed = true;
  }

  /** Lets go of what would keep a page out of the back-forward cache; what comes meanwhile waits. */
  async suspend(): Promise<void> {
    await this.flush();
    await this.#tabs?.suspend();
  }

  async resume(): Promise<void> {
    this.#tabs?.resume();
  }

  async #prepare(config: HostConfig): Promise<Prepared> {
    const plans = planWindows(config.windows);
    const given = this.#options.kernels;
    const kernels = given
      ? { kernels: given, reason: 'kernels that were given' }
      : await this.#tools.kernels();
    const baseline = config.baseline === null ? null : decodeBaseline(config.baseline);
    return { config, plans, kernels, baseline };
  }

  #role(prepared: Prepared, news: (news: HostNews) => void): TabsRole<Operation, HostNews> {
    return {
      lead: ({ shared, reason }) => this.#turns.run(() => this.#lead(prepared, shared ? '' : reason)),
      take: (items, saved) =>
        this.#turns.run(async () => {
          for (const { value } of items) await this.#apply(value);
          await this.#judge(false);
          try {
            await this.#core?.save([{ key: TABS_STATE, value: saved }]);
          } catch (error) {
            // They come again, to the tab that writes now. Otherwise they must not: they are in this core, saved or not.
            if (this.#store?.isTaken) throw error;
            this.#problem(error);
          }
          this.#wake();
        }),
      follow: () =>
        this.#turns.run(async () => {
          await this.#save();
          await this.#store?.close();
          this.#heard = this.#snapshot();
          this.#core = null;
          this.#store = null;
        }),
      hear: (told) => {
        if (told.snapshot !== null) this.#heard = told.snapshot;
        this.#checkBaseline(prepared.baseline);
        try {
          const snapshot = this.#isWatched && told.snapshot !== null ? this.#snapshot() : null;
          Promise.resolve(news({ ...told, snapshot })).catch(() => {});
        } catch {
          // Whoever listens answers for what it throws.
        }
      },
      welcome: () =>
        this.#core === null
          ? undefined
          : {
              verdicts: [],
              alerts: [],
              outliers: [],
              errors: [],
              exports: [],
              open: null,
              snapshot: this.#snapshot(),
            },
      answer: async (about) => {
        const { report } = Object(about) as { report?: string | null };
        return this.#turns.run(() => (report === undefined ? null : (this.#core?.report(report) ?? null)));
      },
      lost: (operation) => {
        if (operation.kind !== 'chunk') return;
        this.#lostOnTheWay += operation.chunk.batch.rows + operation.chunk.skipped;
      },
    };
  }

  /** Two versions of an app in two tabs: the rows of both are measured by the one that leads. */
  #checkBaseline(own: Baseline | null): void {
    const led = this.#heard?.baseline ?? null;
    if (own === null || led === null || led.id === own.frame.id) return;
    const message =
      `another tab keeps this history with another baseline ("${led.name}", ${led.id}): rows of this tab are held ` +
      `against that one, not against "${own.name}", ${own.frame.id}, until the other tab is closed`;
    this.#desk.error('baseline of another tab', 'BaselineMismatchError', message);
    this.#wake();
  }

  /** @throws what keeps this monitor from measuring, which `open` tells */
  async #lead({ config, plans, kernels, baseline }: Prepared, alone: string): Promise<unknown> {
    const isLasting = config.store === 'indexedDB' && alone === '';
    this.#store = await this.#tools.openStore({
      name: config.name,
      kind: isLasting ? 'indexedDB' : 'memory',
      limitBytes: config.storeBytes,
      ...(config.store === 'indexedDB' && !isLasting ? { reason: alone } : {}),
      onFallback: (error) => this.#desk.error('store', error.name, error.message),
    });
    try {
      this.#core = await MonitorCore.open({
        config,
        plans,
        settings: completeSettings(config.settings),
        baseline,
        kernels,
        tools: this.#tools,
        store: this.#store,
        desk: this.#desk,
        now: this.#options.now ?? Date.now,
        clock: this.#clock,
        onPause: () => this.#judge(false),
      });
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
      throw this.#failure;
    }
    return this.#store.state(TABS_STATE);
  }

  /** To the core where this tab leads, else to the tab that does. */
  async #hand(operation: Operation): Promise<void> {
    // What comes while kernels and baseline are loaded waits for them.
    if (this.#tabs === null) await this.#opening;
    const tabs = this.#tabs;
    if (this.#failure !== null || tabs === null || this.#isClosed) {
      if (operation.kind === 'chunk') this.#lost.lose(operation.chunk);
      return;
    }
    if (!tabs.leader) {
      tabs.send(this.#withLost(operation), operationBytes(operation));
      if (tabs.waiting > MOST_UNDER_WAY) await tabs.drained(NEWS_EVERY_MS);
      return;
    }
    await this.#turns.run(async () => {
      await this.#apply(operation);
      await this.#judge(false);
      this.#wake();
    });
  }

  async #apply(operation: Operation): Promise<void> {
    try {
      await this.#core?.apply(operation);
    } catch (error) {
      this.#problem(error);
    }
  }

  #withLost(operation: Operation): Operation {
    if (operation.kind !== 'chunk' || this.#lostOnTheWay === 0) return operation;
    const skipped = operation.chunk.skipped + this.#lostOnTheWay;
    this.#lostOnTheWay = 0;
    return { kind: 'chunk', chunk: { ...operation.chunk, skipped } };
  }

  /** Judges what waits: all of it, or as much as the time allows while rows press. */
  async #judge(all: boolean): Promise<void> {
    const core = this.#core;
    while (core !== null && core.waiting > 0) {
      if (!all && !this.#budget.isLeft && core.waiting < MOST_WAITING) return;
      try {
        await this.#budget.spend(() => core.judgeNext());
      } catch (error) {
        this.#problem(error);
      }
    }
  }

  async #save(): Promise<void> {
    this.#due.done('save');
    // What another tab has taken over is its to write.
    if (this.#core?.recorder.isDirty !== true || this.#store?.isTaken === true) return;
    try {
      await this.#core.save();
    } catch (error) {
      this.#problem(error);
    }
  }

  #problem(error: unknown): void {
    const { message } = error instanceof Error ? error : { message: String(error) };
    const name = isDriftglassError(error) ? error.name : 'EngineError';
    this.#desk.error(`${name}: ${message}`, name, message);
  }

  /** Makes sure that what waits is looked at soon; windows that only a clock can end, by and by. */
  #wake(isIdle = false): void {
    if (this.#isClosed || (this.#timer !== null && (isIdle || !this.#isIdle))) return;
    if (this.#timer !== null) this.#timers.clear(this.#timer);
    this.#isIdle = isIdle;
    this.#timer = this.#timers.set(
      () => {
        this.#timer = null;
        void this.#turns.run(() => this.#tick());
      },
      isIdle ? IDLE_EVERY_MS : NEWS_EVERY_MS,
    );
  }

  async #tick(): Promise<void> {
    const core = this.#core;
    if (core === null) return this.#tell();
    core.tick();
    await this.#judge(false);
    const { recorder, session } = core;
    if (recorder.isDirty && this.#due.isDue('save')) await this.#save();
    if (session !== null) {
      if (this.#config?.exports === true && core.hasNewRows && this.#due.isDue('open')) {
        this.#desk.open(recorder.openParts(session));
        core.hasNewRows = false;
      }
      if (this.#due.isDue('tidy')) await core.tidy().catch((error) => this.#problem(error));
    }
    this.#tell();
    if (core.waiting > 0 || core.isOpen || recorder.isDirty || this.#desk.isWaiting || this.#owesOthers)
      this.#wake();
  }

  #tell(): void {
    if ((this.#tabs?.count ?? 1) > 1 && this.#desk.changed) this.#owesOthers = true;
    const isForOthers = this.#owesOthers && this.#due.isDue('broadcast');
    if (isForOthers) this.#desk.changed = true;
    const wants = (this.#isWatched || isForOthers) && this.#core !== null;
    if (wants) this.#owesOthers = false;
    this.#desk.tell(wants ? () => this.#snapshot() : null);
  }

  #snapshot(): MonitorSnapshot {
    const tabs = this.#tabs;
    if (this.#core !== null && tabs !== null) {
      const { reason } = this.#config?.store === 'memory' ? { reason: '' } : tabs;
      return this.#core.snapshot({ count: tabs.count, reason });
    }
    return standbySnapshot({
      config: this.#config,
      heard: this.#heard,
      tabs: tabs?.count ?? 1,
      isClosed: this.#isClosed,
      failure: this.#failure,
      lost: this.#lost.counts,
    });
  }
}
