// SPDX-License-Identifier: Apache-2.0
import { completeSettings } from '../../engine/complete-settings.js';
import type { ChosenKernels } from '../../kernels/choose.js';
import type { Kernels } from '../../kernels/kernels.js';
import { type Baseline, decodeBaseline } from '../../profile/baseline-file.js';
import type { Store, StoredState } from '../../store/store.js';
import type { Chunk, HostConfig } from '../host.js';
import { Intervals } from './intervals.js';
import { leftOut } from './lost-rows.js';
import { MonitorCore } from './monitor-core.js';
import type { NewsDesk } from './news-desk.js';
import type { Operation } from './operation.js';
import { TimeBudget } from './time-budget.js';
import type { MonitorTools } from './tools.js';
import { planWindows, type WindowPlans } from './window-plan.js';

/** Judging takes at most this share of the time while rows keep coming. */
const JUDGING_SHARE = 0.15;
/** Windows that wait whatever the time: beyond, rows wait instead. */
const MOST_WAITING = 32;
/** Of what is no rows: kept until it is saved, the latest so many. */
const MOST_UNSAVED = 256;

/** What is loaded before anybody knows who leads. */
export interface Prepared {
  readonly config: HostConfig;
  readonly plans: WindowPlans;
  readonly kernels: ChosenKernels;
  readonly baseline: Baseline | null;
}

/** @throws what keeps this monitor from measuring */
export async function prepare(
  config: HostConfig,
  { kernels: given, tools }: { readonly kernels: Kernels | undefined; readonly tools: MonitorTools },
): Promise<Prepared> {
  const plans = planWindows(config.windows);
  const kernels = given ? { kernels: given, reason: 'kernels that were given' } : await tools.kernels();
  const baseline = config.baseline === null ? null : decodeBaseline(config.baseline);
  return { config: withoutFile(config), plans, kernels, baseline };
}

/** Once it is read nobody needs the file, which may be the largest thing that a monitor holds. */
export function withoutFile(config: HostConfig): HostConfig {
  return { ...config, baseline: null };
}

/** `alone`: why the history cannot be shared; empty where it can. @throws what keeps it from being opened */
export function openHistory(
  config: HostConfig,
  { alone, tools, desk }: { readonly alone: string; readonly tools: MonitorTools; readonly desk: NewsDesk },
): Promise<Store> {
  const isLasting = config.store === 'indexedDB' && alone === '';
  return tools.openStore({
    name: config.name,
    kind: isLasting ? 'indexedDB' : 'memory',
    limitBytes: config.storeBytes,
    ...(config.store === 'indexedDB' && !isLasting ? { reason: alone } : {}),
    onFallback: (error) => desk.error('store', error.name, error.message),
  });
}

export interface LeaderOptions {
  readonly store: Store;
  readonly tools: MonitorTools;
  readonly desk: NewsDesk;
  readonly now: () => number;
  readonly clock: () => number;
}

/** The work of the tab that leads: it measures and judges at its pace, and keeps the history. Calls must not overlap. */
export class Leader {
  readonly store: Store;
  readonly #desk: NewsDesk;
  readonly #exports: boolean;
  readonly #budget: TimeBudget;
  readonly #due: Intervals;
  #core: MonitorCore | null = null;
  /** Since the last commit, what this tab's own page has handed over: of its rows how many, and all else. */
  #unsavedRows: Chunk | null = null;
  #unsaved: Operation[] = [];

  private constructor({ exports }: HostConfig, { store, desk, clock }: LeaderOptions) {
    this.store = store;
    this.#desk = desk;
    this.#exports = exports;
    this.#budget = new TimeBudget(clock, JUDGING_SHARE);
    this.#due = new Intervals(clock);
  }

  /** @throws what keeps this monitor from measuring */
  static async open({ config, plans, kernels, baseline }: Prepared, options: LeaderOptions): Promise<Leader> {
    const leader = new Leader(config, options);
    leader.#core = await MonitorCore.open({
      config,
      plans,
      settings: completeSettings(config.settings),
      baseline,
      kernels,
      ...options,
      onPause: () => leader.judge(false),
    });
    return leader;
  }

  get core(): MonitorCore {
    return this.#core!;
  }

  /** Whether something is to be done soon. */
  get isBusy(): boolean {
    return this.core.waiting > 0 || this.core.recorder.isDirty;
  }

  /** What no commit holds of what this tab's page handed over: rows count as left out, since they are kept nowhere else. */
  get unsaved(): readonly Operation[] {
    const rows = this.#unsavedRows;
    return rows === null ? this.#unsaved : [{ kind: 'chunk', chunk: rows }, ...this.#unsaved];
  }

  /** What this tab's own page hands over. */
  async apply(operation: Operation): Promise<void> {
    if (operation.kind === 'chunk') this.#unsavedRows = leftOut(operation.chunk, this.#unsavedRows);
    else this.#unsaved = [...this.#unsaved, operation].slice(-MOST_UNSAVED);
    await this.#apply(operation);
  }

  async #apply(operation: Operation): Promise<void> {
    try {
      await this.core.apply(operation);
    } catch (error) {
      this.#desk.problem(error);
    }
  }

  async #commit(others?: readonly StoredState[]): Promise<void> {
    await this.core.save(others);
    this.#unsavedRows = null;
    this.#unsaved = [];
  }

  /** What other tabs have sent, and what tells them that it has come. @throws where another tab writes now: it comes again there */
  async take(operations: readonly Operation[], receipt: StoredState): Promise<void> {
    for (const operation of operations) await this.#apply(operation);
    await this.judge(false);
    try {
      await this.#commit([receipt]);
    } catch (error) {
      // They come again, to the tab that writes now. Otherwise they must not: they are in this core, saved or not.
      if (this.store.isTaken) throw error;
      this.#desk.problem(error);
    }
  }

  /** Judges what waits: all of it, or as much as the time allows while rows press. */
  async judge(all: boolean): Promise<void> {
    const core = this.#core;
    while (core !== null && core.waiting > 0) {
      if (!all && !this.#budget.isLeft && core.waiting < MOST_WAITING) return;
      try {
        await this.#budget.spend(() => core.judgeNext());
      } catch (error) {
        this.#desk.problem(error);
      }
    }
  }

  async save(): Promise<void> {
    this.#due.done('save');
    // What another tab has taken over is its to write.
    if (!this.core.recorder.isDirty || this.store.isTaken) return;
    try {
      await this.#commit();
    } catch (error) {
      if (!this.store.isTaken) this.#desk.problem(error);
    }
  }

  /** What has become due. */
  async tick(): Promise<void> {
    const { core } = this;
    core.tick();
    await this.judge(false);
    const { recorder, session } = core;
    if (recorder.isDirty && this.#due.isDue('save')) await this.save();
    if (session === null) return;
    if (this.#exports && core.hasNewRows && this.#due.isDue('open')) {
      this.#desk.open(recorder.openParts(session));
      core.hasNewRows = false;
    }
    if (this.#due.isDue('tidy')) await core.tidy().catch((error) => this.#desk.problem(error));
  }
}
