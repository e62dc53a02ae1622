// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../../errors.js';
import type { Kernels } from '../../kernels/kernels.js';
import type { Report } from '../../report/report.js';
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
import { Intervals } from './intervals.js';
import { Leader, openHistory, type Prepared, prepare, withoutFile } from './leader.js';
import { NEWS_EVERY_MS, NewsDesk, newsOf, tellOf } from './news-desk.js';
import { type Operation, operationBytes } from './operation.js';
import { Standby } from './standby.js';
import type { Timers } from './timers.js';
import type { MonitorTools } from './tools.js';
import { Turns } from './turns.js';
import { Wakeups } from './wakeups.js';

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

/**
 * The monitor itself, on the thread that it is made on. Among the tabs of one app one host leads: it measures, judges and
 * keeps the history. The others hand it what their pages give them, and pass its news on.
 */
export class ThreadHost implements MonitorHost {
  readonly #options: ThreadHostOptions;
  readonly #clock: () => number;
  readonly #tools: MonitorTools;
  readonly #turns = new Turns();
  readonly #wakeups: Wakeups;
  readonly #standby = new Standby();
  #config: HostConfig | null = null;
  #opening: Promise<unknown> | null = null;
  #desk: NewsDesk = new NewsDesk(() => {});
  #tabs: Tabs<Operation, HostNews> | null = null;
  /** null where another tab leads. */
  #leader: Leader | null = null;
  #isWatched = false;
  /** The snapshot has changed since other tabs were shown it. */
  #owesOthers = false;
  readonly #due: Intervals;

  constructor(options: ThreadHostOptions) {
    this.#options = options;
    this.#clock = options.clock ?? (() => performance.now());
    this.#wakeups = new Wakeups(() => void this.#turns.run(() => this.#tick()), options.timers);
    this.#tools = { ...options.tools, ...(options.openStore && { openStore: options.openStore }) };
    this.#due = new Intervals(this.#clock);
  }

  async open(config: HostConfig, news: (news: HostNews) => void): Promise<MonitorSnapshot> {
    if (this.#config !== null) throw new DriftglassError('EngineError', 'this monitor is open already');
    this.#config = withoutFile(config);
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
      const prepared = await prepare(config, { kernels: this.#options.kernels, tools: this.#tools });
      this.#wakeups.follow(prepared.plans.windows);
      const surroundings =
        config.store === 'memory' ? 'the history is in memory, as asked' : this.#options.surroundings;
      const tabs = new Tabs<Operation, HostNews>({
        name: config.name,
        role: this.#role(prepared, news),
        ...(surroundings === undefined ? {} : { surroundings }),
      });
      this.#tabs = tabs;
      await tabs.settled;
      if (this.#standby.failure !== null) throw this.#standby.failure;
      if (!tabs.leader) await this.#standby.ready();
    } catch (error) {
      // Whoever waits for `open` is told, and nobody else.
      this.#wakeups.end();
      this.#standby.failure = error instanceof Error ? error : new Error(String(error));
      throw this.#standby.failure;
    }
    this.#wakeups.soon();
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
    return this.#turns.run(() => this.#leader?.core.embeddingPlan(name) ?? null);
  }

  snapshot(): Promise<MonitorSnapshot> {
    return this.#turns.run(() => this.#snapshot());
  }

  async watch(watched: boolean): Promise<void> {
    this.#isWatched = watched;
    if (watched) this.#desk.changed = true;
    this.#wakeups.soon();
  }

  report(spec: string | null): Promise<Report | null> {
    const tabs = this.#tabs;
    // Not within a turn: this tab may have to take the lead meanwhile.
    if (this.#leader === null && tabs !== null && !tabs.leader && !this.#standby.isClosed)
      return tabs.ask({ report: spec }) as Promise<Report | null>;
    return this.#turns.run(() => this.#leader?.core.report(spec) ?? null);
  }

  async flush(): Promise<void> {
    await this.#tabs?.drained();
    await this.#turns.run(async () => {
      this.#leader?.core.tick();
      await this.#leader?.judge(true);
      await this.#leader?.save();
      this.#tell();
    });
  }

  async close(): Promise<void> {
    if (this.#standby.isClosed) return;
    await this.flush();
    if (this.#leader !== null) this.#standby.hear(this.#snapshot());
    await this.#tabs?.close();
    this.#wakeups.end();
    this.#standby.isClosed = true;
  }

  /** Lets go of what would keep a page out of the back-forward cache; what comes meanwhile waits. */
  async suspend(): Promise<void> {
    await this.flush();
    await this.#tabs?.suspend();
  }

  async resume(): Promise<void> {
    this.#tabs?.resume();
  }

  #role(prepared: Prepared, news: (news: HostNews) => void): TabsRole<Operation, HostNews> {
    return {
      lead: ({ shared, reason }) => this.#turns.run(() => this.#lead(prepared, shared ? '' : reason)),
      take: (items, saved) =>
        this.#turns.run(async () => {
          // Also where the history turns out to be another tab's.
          this.#wakeups.soon();
          const operations = items.map(({ value }) => value);
          await this.#leader?.take(operations, { key: TABS_STATE, value: saved });
        }),
      follow: () => this.#turns.run(() => this.#follow()),
      hear: (told) => {
        if (told.snapshot !== null) this.#standby.hear(told.snapshot);
        const message = this.#standby.baselineOfAnother(prepared.baseline);
        if (message !== null) {
          this.#desk.error('baseline of another tab', 'BaselineMismatchError', message);
          this.#wakeups.soon();
        }
        const snapshot = this.#isWatched && told.snapshot !== null ? this.#snapshot() : null;
        tellOf({ ...told, snapshot }, news);
      },
      welcome: () => (this.#leader === null ? undefined : newsOf(this.#snapshot())),
      answer: async (about) => {
        const { report } = Object(about) as { report?: string | null };
        return report === undefined ? null : this.report(report);
      },
      lost: (operation) => this.#standby.lost.addOnTheWay(operation),
    };
  }

  /** @throws what keeps this monitor from measuring, which `open` tells */
  async #lead(prepared: Prepared, alone: string): Promise<unknown> {
    const { now = Date.now } = this.#options;
    const given = { tools: this.#tools, desk: this.#desk, now, clock: this.#clock };
    const store = await openHistory(prepared.config, { ...given, alone });
    try {
      this.#leader = await Leader.open(prepared, { ...given, store });
    } catch (error) {
      this.#standby.failure = error instanceof Error ? error : new Error(String(error));
      // Where another tab led so far, nobody waits for `open` any more.
      this.#desk.problem(error);
      this.#wakeups.soon();
      throw this.#standby.failure;
    }
    return store.state(TABS_STATE);
  }

  /** What it has not saved goes to the next tab that leads. */
  async #follow(): Promise<void> {
    const leader = this.#leader;
    if (leader === null) return;
    await leader.save();
    await leader.store.close();
    this.#standby.hear(this.#snapshot());
    this.#leader = null;
    for (const operation of leader.unsaved) this.#tabs?.send(operation, operationBytes(operation));
  }

  /** To the core where this tab leads, else to the tab that does. */
  async #hand(operation: Operation): Promise<void> {
    // What comes while kernels and baseline are loaded waits for them.
    if (this.#tabs === null) await this.#opening;
    const tabs = this.#tabs;
    if (this.#standby.failure !== null || tabs === null || this.#standby.isClosed) {
      this.#standby.lost.add(operation);
      return;
    }
    // Where this tab is about to lead, it takes them up when it does.
    if (this.#leader === null) {
      tabs.send(this.#standby.lost.toldBy(operation), operationBytes(operation));
      if (tabs.waiting > MOST_UNDER_WAY) await tabs.drained(NEWS_EVERY_MS);
      return;
    }
    await this.#turns.run(async () => {
      await this.#leader?.apply(operation);
      await this.#leader?.judge(false);
      this.#wakeups.soon();
    });
  }

  async #tick(): Promise<void> {
    const leader = this.#leader;
    await leader?.tick();
    this.#tell();
    if (leader === null) return;
    if (leader.store.isTaken) void this.#tabs?.standDown();
    if (leader.isBusy || this.#desk.isWaiting || this.#owesOthers) this.#wakeups.soon();
    else if (leader.core.isOpen) this.#wakeups.later();
  }

  #tell(): void {
    if ((this.#tabs?.count ?? 1) > 1 && this.#desk.changed) this.#owesOthers = true;
    const isForOthers = this.#owesOthers && this.#due.isDue('broadcast');
    if (isForOthers) this.#desk.changed = true;
    const wants = (this.#isWatched || isForOthers) && this.#leader !== null;
    if (wants) this.#owesOthers = false;
    this.#desk.tell(wants ? () => this.#snapshot() : null);
  }

  #snapshot(): MonitorSnapshot {
    const tabs = this.#tabs;
    if (this.#leader !== null && tabs !== null) {
      const { reason } = this.#config?.store === 'memory' ? { reason: '' } : tabs;
      return this.#leader.core.snapshot({ count: tabs.count, reason });
    }
    return this.#standby.snapshot(this.#config, tabs?.count ?? 1);
  }
}
