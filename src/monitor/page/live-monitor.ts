// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../../errors.js';
import type { Report } from '../../report/report.js';
import type { Alert } from '../alert.js';
import type { EmbeddingPlan } from '../embedding-sums.js';
import type { HostNews, MonitorHost } from '../host.js';
import type {
  ModelCall,
  Monitor,
  MonitorOptions,
  Observed,
  ObserveOptions,
  Unsubscribe,
} from '../monitor.js';
import { findMonitor, registerMonitor } from '../registry.js';
import type { MonitorSnapshot } from '../snapshot.js';
import type { ReferenceSpec } from '../specs.js';
import type { RowVerdict, WindowVerdict } from '../window-verdict.js';
import { Audience } from './audience.js';
import { Collector } from './collector.js';
import { asError, Courier } from './courier.js';
import { farewell } from './farewell.js';
import { MOST_LABELS, nameOf, queueLimits, referenceOf } from './host-config.js';
import { HostQuestions } from './host-questions.js';
import { labelComplaint, MOST_MARK, markComplaint, metricComplaint } from './input-complaints.js';
import { openHost } from './open-host.js';
import { patchedSnapshot } from './patched-snapshot.js';
import type { RunningHost } from './running-host.js';
import { inertReason } from './start-host.js';
import { Throttle } from './throttle.js';
import { Watching } from './watching.js';
import { whenIdle } from './when-idle.js';

/** The app's start comes first: this long at most, in ms. */
const START_PATIENCE_MS = 2_000;
const MOST_RESTARTS = 3;

export class LiveMonitor implements Monitor {
  readonly name: string;
  readonly ready: Promise<MonitorSnapshot>;
  readonly #options: MonitorOptions;
  readonly #audience = new Audience();
  readonly #throttle = new Throttle(() => {
    if (this.#audience.updates.size > 0) this.#audience.updates.send(this.#patched());
  });
  readonly #collector: Collector;
  readonly #courier: Courier;
  readonly #watching: Watching;
  readonly #reference: ReferenceSpec;
  #state: 'starting' | 'open' | 'failed' | 'inert' | 'disposed' = 'starting';
  #reason = '';
  #isPaused = false;
  #running: RunningHost | null = null;
  /** The host's, as it was sent. */
  #latest: MonitorSnapshot | null = null;
  readonly #questions: HostQuestions;
  #restarts = 0;
  #unregister: Unsubscribe | undefined;
  #callOffStart: (() => void) | undefined;
  #becomeReady: (snapshot: MonitorSnapshot) => void = () => {};
  #farewell: Promise<void> | undefined;

  /** `failure`: why there is nothing that could be started. */
  constructor(options: MonitorOptions, failure?: Error) {
    this.#options = { ...options }; // What cannot be read fails here, and not later where nobody expects it.
    this.name = nameOf(options);
    this.#reference = referenceOf(options);
    const running = () => (this.#state === 'open' ? this.#running : null);
    this.#questions = new HostQuestions(running, this.#audience.errors.tell);
    if (options.onError !== undefined) this.#audience.errors.add(options.onError);
    if (options.exporter !== undefined) this.#audience.exports.add(options.exporter);
    this.#collector = new Collector(queueLimits(options));
    this.#watching = new Watching(options, this.#audience, this.#questions);
    this.#courier = new Courier({
      collector: this.#collector,
      mostLabels: options.labels?.most ?? MOST_LABELS,
      tell: this.#audience.errors.tell,
      onWork: (start, end) => this.#watching.vitals.own(start, end),
    });
    this.ready = new Promise((resolve) => {
      this.#becomeReady = resolve;
    });
    // Waited for later: until then a broken promise must not look forgotten.
    if (options.baseline instanceof Promise) options.baseline.catch(() => {});
    const inert = inertReason(options);
    if (failure !== undefined) this.#fail(failure);
    else if (inert !== '') this.#end('inert', inert);
    else this.#announce();
  }

  #announce(): void {
    if (findMonitor(this.name) !== undefined) {
      const message = `there is a monitor named "${this.name}" on this page already: give each a name of its own`;
      this.#audience.errors.tell(new DriftglassError('SettingsError', message));
    }
    this.#unregister = registerMonitor(this);
    this.#callOffStart = whenIdle(() => void this.#start(), START_PATIENCE_MS);
  }

  observe(observed: Observed, options?: ObserveOptions): void {
    if (this.#isPaused || !this.#isLive()) return;
    const start = performance.now();
    const complaint = this.#collector.observe(observed, options);
    this.#takes(complaint && `rows were refused: ${complaint}`);
    this.#courier.wake();
    this.#watching.vitals.own(start, performance.now());
  }

  label(id: string | number, value: number | string | boolean): void {
    if (this.#takes(labelComplaint(id, value))) this.#courier.label(id, value);
  }

  metric(name: string, value: number, time: number = Date.now()): void {
    if (this.#takes(metricComplaint(name, value, time))) this.#courier.metric(name, value, time);
  }

  call(call: ModelCall): void {
    if (!this.#isPaused && this.#isLive()) this.#watching.vitals.call(call);
  }

  problem(error: Error): void {
    if (this.#state !== 'disposed') this.#audience.errors.tell(asError(error));
  }

  async embeddingPlan(name: string): Promise<EmbeddingPlan | null> {
    return this.#questions.ask((host) => host.embeddingPlan?.(name) ?? Promise.resolve(null), null);
  }

  annotate(text: string, time: number = Date.now()): void {
    if (this.#takes(markComplaint(text, time)))
      this.#courier.annotate({ at: time, text: text.slice(0, MOST_MARK) });
  }

  onVerdict(callback: (verdict: WindowVerdict) => void): Unsubscribe {
    return this.#audience.verdicts.add(callback);
  }

  onAlert(callback: (alert: Alert) => void): Unsubscribe {
    return this.#audience.alerts.add(callback);
  }

  onOutlier(callback: (row: RowVerdict) => void): Unsubscribe {
    return this.#audience.outliers.add(callback);
  }

  onError(callback: (error: Error) => void): Unsubscribe {
    return this.#audience.errors.add(callback);
  }

  onUpdate(callback: (snapshot: MonitorSnapshot) => void): Unsubscribe {
    if (this.#state === 'disposed') return () => {};
    return this.#audience.follow(callback, this.#tellWatched);
  }

  async snapshot(): Promise<MonitorSnapshot> {
    this.#latest = await this.#questions.ask((host) => host.snapshot(), this.#latest);
    return this.#patched();
  }

  async report(spec?: string): Promise<Report | null> {
    return this.#questions.ask((host) => host.report(spec ?? null), null);
  }

  async setReference(reference: ReferenceSpec): Promise<void> {
    await this.ready;
    await this.#questions.ask((host) => host.setReference(reference), undefined);
  }

  async flush(): Promise<void> {
    if (!this.#isLive()) return;
    await this.ready;
    await this.#questions.ask(async (host) => {
      this.#watching.vitals.hand();
      await this.#courier.flush();
      await host.flush();
    }, undefined);
  }

  pause(): void {
    if (this.#isPaused || !this.#isLive()) return;
    this.#courier.send();
    this.#isPaused = true;
    this.#watching.rest();
    this.#throttle.push();
  }

  resume(): void {
    if (!this.#isPaused || !this.#isLive()) return;
    this.#isPaused = false;
    if (this.#state === 'open') this.#watching.start(this.#courier);
    this.#throttle.push();
  }

  dispose(): Promise<void> {
    this.#farewell ??= this.#dispose();
    return this.#farewell;
  }

  #isLive(): boolean {
    return this.#state === 'open' || this.#state === 'starting';
  }

  /** Whether what the app hands over is taken; a complaint about it is told. */
  #takes(complaint: string): boolean {
    if (!this.#isLive()) return false;
    if (complaint !== '') this.#audience.errors.tell(new DriftglassError('SchemaError', complaint));
    return complaint === '';
  }

  async #start(): Promise<void> {
    this.#callOffStart = undefined;
    try {
      const isWanted = (): boolean => this.#state === 'starting';
      const opened = await openHost(this.#options, isWanted, (news, host) => this.#hear(news, host));
      if (opened === null) return;
      const { host, died } = opened.running;
      this.#running = opened.running;
      this.#latest = opened.snapshot;
      this.#state = 'open';
      died.catch((error: unknown) => this.#lose(host, asError(error)));
      this.#courier.attach(host, opened.snapshot.rows);
      if (this.#audience.updates.size > 0) this.#tellWatched(true);
      if (!this.#isPaused) this.#watching.start(this.#courier);
      this.#becomeReady(this.#patched());
    } catch (error) {
      if (this.#state === 'starting') this.#fail(asError(error));
    }
  }

  #fail(error: Error): void {
    this.#audience.errors.tell(error);
    this.#end('failed', error.message);
  }

  #hear(news: HostNews, host: MonitorHost): void {
    if (this.#state === 'disposed' || (this.#running !== null && this.#running.host !== host)) return;
    this.#audience.hear(news);
    if (news.snapshot === null) return;
    this.#latest = news.snapshot;
    this.#throttle.push();
  }

  /** What the host runs in has died: another one, a few times. */
  #lose(host: MonitorHost, error: Error): void {
    if (this.#running?.host !== host || this.#state !== 'open') return;
    this.#running.end();
    this.#running = null;
    this.#questions.giveUp();
    this.#courier.detach(this.#latest?.rows);
    this.#watching.stop();
    this.#audience.errors.tell(error);
    this.#state = 'starting';
    if (++this.#restarts <= MOST_RESTARTS) void this.#start();
    else this.#end('failed', `the worker died ${this.#restarts} times`);
  }

  #end(state: 'failed' | 'inert' | 'disposed', reason: string): void {
    this.#state = state;
    this.#reason = reason;
    this.#questions.giveUp();
    this.#courier.drop(this.#latest?.rows);
    this.#watching.stop();
    const snapshot = this.#patched();
    if (this.#audience.updates.size > 0) this.#audience.updates.send(snapshot);
    this.#becomeReady(snapshot);
  }

  async #dispose(): Promise<void> {
    const running = this.#running;
    const wasOpen = this.#state === 'open';
    this.#callOffStart?.();
    this.#watching.rest();
    this.#throttle.stop();
    const flush = (): Promise<void> => this.#courier.flush();
    const leaving = wasOpen && running !== null ? farewell(running, flush, this.#audience.errors.tell) : null;
    this.#state = 'disposed';
    this.#unregister?.();
    this.#latest = (await leaving) ?? this.#latest;
    this.#running = null;
    running?.end();
    this.#end('disposed', 'it was disposed of');
    this.#audience.clear();
  }

  readonly #tellWatched = (watched: boolean): void => {
    void this.#questions.ask((host) => host.watch(watched), undefined);
  };

  /** The host's latest snapshot, or what can be said without one, with what only this side knows. */
  #patched(): MonitorSnapshot {
    const rows = this.#courier.rows(this.#latest?.rows ?? null);
    return patchedSnapshot(this.#latest, { state: this.#state, isPaused: this.#isPaused, rows }, () => ({
      ...this.#options,
      name: this.name,
      reason: this.#reason,
      reference: this.#reference,
    }));
  }
}
