// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../../errors.js';
import type { Report } from '../../report/report.js';
import type { Alert } from '../alert.js';
import type { EmbeddingPlan } from '../embedding-sums.js';
import type { ExportPart } from '../export-part.js';
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
import { Collector } from './collector.js';
import { asError, Courier } from './courier.js';
import { deviceText } from './device.js';
import { emptySnapshot } from './empty-snapshot.js';
import { hostConfig, MOST_LABELS, nameOf, referenceOf, STORE_BYTES } from './host-config.js';
import { ErrorTeller, Listeners } from './listeners.js';
import { loadBaseline } from './load-baseline.js';
import { watchPage } from './page-life.js';
import type { RunningHost } from './running-host.js';
import { inertReason, startHost } from './start-host.js';
import { Throttle } from './throttle.js';
import { Vitals } from './vitals.js';
import { whenIdle } from './when-idle.js';

const QUEUE_ROWS = 20_000;
/** Bytes that may wait: by default, and where the app says how many rows. */
const QUEUE_BYTES = 4 * 2 ** 20;
const MOST_QUEUE_BYTES = 64 * 2 ** 20;
const MOST_QUEUE_ROWS = 2 ** 20;
/** The app's start comes first: this long at most, in ms. */
const START_PATIENCE_MS = 2_000;
const MOST_RESTARTS = 3;
/** What is left when an app disposes of a monitor may take this long, in ms. */
const FAREWELL_MS = 5_000;

export class LiveMonitor implements Monitor {
  readonly name: string;
  readonly ready: Promise<MonitorSnapshot>;
  readonly #options: MonitorOptions;
  readonly #errors = new ErrorTeller();
  readonly #verdicts = new Listeners<WindowVerdict>('onVerdict', this.#errors.tell);
  readonly #alerts = new Listeners<Alert>('onAlert', this.#errors.tell);
  readonly #outliers = new Listeners<RowVerdict>('onOutlier', this.#errors.tell);
  readonly #updates = new Listeners<MonitorSnapshot>('onUpdate', this.#errors.tell);
  readonly #exports = new Listeners<readonly ExportPart[]>('exporter', this.#errors.tell);
  readonly #throttle = new Throttle(() => {
    if (this.#updates.size > 0) this.#updates.send(this.#patched());
  });
  readonly #collector: Collector;
  readonly #courier: Courier;
  readonly #vitals: Vitals;
  readonly #reference: ReferenceSpec;
  #state: 'starting' | 'open' | 'failed' | 'inert' | 'disposed' = 'starting';
  #reason = '';
  #isPaused = false;
  #running: RunningHost | null = null;
  /** The host's, as it was sent. */
  #latest: MonitorSnapshot | null = null;
  /** Questions that the host has not answered: how each is given up when it dies. */
  readonly #asked = new Set<() => void>();
  #restarts = 0;
  #open: readonly ExportPart[] | null = null;
  #unwatchPage: (() => void) | undefined;
  #unregister: Unsubscribe | undefined;
  #callOffStart: (() => void) | undefined;
  #becomeReady: (snapshot: MonitorSnapshot) => void = () => {};
  #farewell: Promise<void> | undefined;

  /** `failure`: why there is nothing that could be started. */
  constructor(options: MonitorOptions, failure?: Error) {
    this.#options = options;
    this.name = nameOf(options);
    this.#reference = referenceOf(options);
    if (options.onError !== undefined) this.#errors.add(options.onError);
    if (options.exporter !== undefined) this.#exports.add(options.exporter);
    const rows = options.queueRows;
    this.#collector = new Collector({
      rows: Math.min(MOST_QUEUE_ROWS, Math.max(1, Math.floor(rows ?? QUEUE_ROWS) || QUEUE_ROWS)),
      bytes: rows === undefined ? QUEUE_BYTES : MOST_QUEUE_BYTES,
    });
    this.#vitals = new Vitals({
      watchesSystem: options.system !== false,
      send: (sample) => void this.#ask((host) => host.system(sample), undefined),
      tell: this.#errors.tell,
    });
    this.#courier = new Courier({
      collector: this.#collector,
      mostLabels: options.labels?.most ?? MOST_LABELS,
      tell: this.#errors.tell,
      onWork: (start, end) => this.#vitals.own(start, end),
    });
    this.ready = new Promise((resolve) => {
      this.#becomeReady = resolve;
    });
    // Waited for later: until then a broken promise must not look forgotten.
    if (options.baseline instanceof Promise) options.baseline.catch(() => {});
    if (failure !== undefined) {
      this.#errors.tell(failure);
      this.#end('failed', failure.message);
      return;
    }
    const inert = inertReason(options);
    if (inert !== '') {
      this.#end('inert', inert);
      return;
    }
    if (findMonitor(this.name) !== undefined)
      this.#errors.tell(
        new DriftglassError(
          'SettingsError',
          `there is a monitor named "${this.name}" on this page already: give each a name of its own`,
        ),
      );
    this.#unregister = registerMonitor(this);
    this.#callOffStart = whenIdle(() => void this.#start(), START_PATIENCE_MS);
  }

  observe(observed: Observed, options?: ObserveOptions): void {
    if (this.#isPaused || (this.#state !== 'open' && this.#state !== 'starting')) return;
    const start = performance.now();
    const complaint = this.#collector.observe(observed, options);
    if (complaint !== '') this.#refuse(`rows were refused: ${complaint}`);
    this.#courier.wake();
    this.#vitals.own(start, performance.now());
  }

  label(id: string | number, value: number | string | boolean): void {
    if (!this.#isLive()) return;
    const isId = typeof id === 'string' || typeof id === 'number';
    const isValue = typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
    if (isId && isValue) this.#courier.label(id, value);
    else
      this.#refuse(
        `label: ${isId ? 'the value' : 'the id'} is no ${isId ? 'number, string or boolean' : 'string or number'}`,
      );
  }

  metric(name: string, value: number, time: number = Date.now()): void {
    if (!this.#isLive()) return;
    if (typeof value === 'number' && Number.isFinite(value) && Number.isFinite(time))
      this.#courier.metric(String(name), value, time);
    else this.#refuse(`metric "${name}": its value or time is no finite number`);
  }

  call(call: ModelCall): void {
    if (!this.#isLive()) return;
    try {
      this.#vitals.call(call);
    } catch (error) {
      this.#errors.tell(asError(error));
    }
  }

  problem(error: Error): void {
    if (this.#state !== 'disposed') this.#errors.tell(asError(error));
  }

  async embeddingPlan(name: string): Promise<EmbeddingPlan | null> {
    return this.#ask((host) => host.embeddingPlan?.(name) ?? Promise.resolve(null), null);
  }

  annotate(text: string, time: number = Date.now()): void {
    if (this.#isLive()) this.#courier.annotate({ at: time, text: String(text) });
  }

  onVerdict(callback: (verdict: WindowVerdict) => void): Unsubscribe {
    return this.#verdicts.add(callback);
  }

  onAlert(callback: (alert: Alert) => void): Unsubscribe {
    return this.#alerts.add(callback);
  }

  onOutlier(callback: (row: RowVerdict) => void): Unsubscribe {
    return this.#outliers.add(callback);
  }

  onError(callback: (error: Error) => void): Unsubscribe {
    return this.#errors.add(callback);
  }

  onUpdate(callback: (snapshot: MonitorSnapshot) => void): Unsubscribe {
    if (this.#state === 'disposed') return () => {};
    const remove = this.#updates.add(callback);
    if (this.#updates.size === 1) this.#tellWatched(true);
    return () => {
      remove();
      if (this.#updates.size === 0) this.#tellWatched(false);
    };
  }

  async snapshot(): Promise<MonitorSnapshot> {
    const snapshot = await this.#ask<MonitorSnapshot | null>((host) => host.snapshot(), null);
    if (snapshot !== null) this.#latest = snapshot;
    return this.#patched();
  }

  async report(spec?: string): Promise<Report | null> {
    return this.#ask((host) => host.report(spec ?? null), null);
  }

  async setReference(reference: ReferenceSpec): Promise<void> {
    await this.ready;
    await this.#ask((host) => host.setReference(reference), undefined);
  }

  async flush(): Promise<void> {
    if (!this.#isLive()) return;
    await this.ready;
    await this.#ask(async (host) => {
      await this.#courier.flush();
      await host.flush();
    }, undefined);
  }

  pause(): void {
    if (this.#isPaused || !this.#isLive()) return;
    this.#courier.send();
    this.#isPaused = true;
    this.#stopWatching();
    this.#throttle.push();
  }

  resume(): void {
    if (!this.#isPaused || !this.#isLive()) return;
    this.#isPaused = false;
    if (this.#state === 'open') this.#startWatching();
    this.#throttle.push();
  }

  dispose(): Promise<void> {
    this.#farewell ??= this.#dispose();
    return this.#farewell;
  }

  #isLive(): boolean {
    return this.#state === 'open' || this.#state === 'starting';
  }

  #refuse(message: string): void {
    this.#errors.tell(new DriftglassError('SchemaError', message));
  }

  async #start(): Promise<void> {
    this.#callOffStart = undefined;
    let running: RunningHost | null = null;
    try {
      const started = startHost(this.#options);
      // Whatever comes of the baseline, a host that has started must be ended.
      started.catch(() => {});
      const baseline = await loadBaseline(this.#options.baseline).catch(async (error: unknown) => {
        await started.then(
          ({ end }) => end(),
          () => {},
        );
        throw error;
      });
      running = await started;
      const { host, died } = running;
      if (this.#state !== 'starting') return running.end();
      const snapshot = await Promise.race([
        host.open(hostConfig(this.#options, running, baseline), (news) => this.#hear(news, host)),
        died,
      ]);
      if (this.#state !== 'starting') return running.end();
      this.#running = running;
      this.#latest = snapshot;
      this.#state = 'open';
      died.catch((error: unknown) => this.#lose(host, asError(error)));
      this.#courier.attach(host, snapshot.rows);
      if (this.#updates.size > 0) this.#tellWatched(true);
      this.#startWatching();
      this.#becomeReady(this.#patched());
    } catch (error) {
      running?.end();
      if (this.#state !== 'starting') return;
      this.#errors.tell(asError(error));
      this.#end('failed', asError(error).message);
    }
  }

  #hear(news: HostNews, host: MonitorHost): void {
    if (this.#state === 'disposed' || (this.#running !== null && this.#running.host !== host)) return;
    for (const { name, message } of news.errors) this.#errors.tell(tagged(name, message));
    for (const verdict of news.verdicts) this.#verdicts.send(verdict);
    for (const alert of news.alerts) this.#alerts.send(alert);
    for (const outlier of news.outliers) this.#outliers.send(outlier);
    // What was open and has closed since must not be told again as open, with fewer rows.
    const closed = new Set(news.exports.map(windowOf));
    this.#open = (news.open ?? this.#open)?.filter((part) => !closed.has(windowOf(part))) ?? null;
    if (news.exports.length > 0) this.#exports.send(news.exports);
    if (news.snapshot !== null) {
      this.#latest = news.snapshot;
      this.#throttle.push();
    }
  }

  /** What the host runs in has died: another one, a few times. */
  #lose(host: MonitorHost, error: Error): void {
    if (this.#running?.host !== host || this.#state !== 'open') return;
    this.#running.end();
    this.#running = null;
    this.#giveUp();
    this.#courier.detach();
    this.#stopWatching();
    this.#errors.tell(error);
    if (++this.#restarts > MOST_RESTARTS) this.#end('failed', `the worker died ${this.#restarts} times`);
    else {
      this.#state = 'starting';
      void this.#start();
    }
  }

  #end(state: 'failed' | 'inert' | 'disposed', reason: string): void {
    this.#state = state;
    this.#reason = reason;
    this.#giveUp();
    this.#courier.drop();
    this.#stopWatching();
    const snapshot = this.#patched();
    if (this.#updates.size > 0) this.#updates.send(snapshot);
    this.#becomeReady(snapshot);
  }

  async #dispose(): Promise<void> {
    const running = this.#running;
    const wasOpen = this.#state === 'open';
    this.#callOffStart?.();
    this.#stopWatching();
    this.#throttle.stop();
    const farewell =
      wasOpen && running !== null
        ? Promise.race([
            this.#leave(running),
            running.died,
            new Promise((done) => setTimeout(done, FAREWELL_MS)),
          ])
        : null;
    this.#state = 'disposed';
    this.#unregister?.();
    await farewell?.catch((error: unknown) => this.#errors.tell(asError(error)));
    this.#running = null;
    running?.end();
    this.#end('disposed', 'it was disposed of');
    for (const listeners of [this.#verdicts, this.#alerts, this.#outliers, this.#updates, this.#exports])
      listeners.clear();
    this.#errors.clear();
  }

  async #leave({ host }: RunningHost): Promise<void> {
    await this.#courier.flush();
    this.#latest = await host.snapshot();
    await host.close();
  }

  async #ask<T>(question: (host: MonitorHost) => Promise<T>, otherwise: T): Promise<T> {
    const running = this.#running;
    if (running === null || this.#state !== 'open') return otherwise;
    let giveUp: (() => void) | undefined;
    try {
      return await new Promise<T>((resolve, reject) => {
        // Not a race with `died`: that would remember every question for as long as the host lives.
        giveUp = () => resolve(otherwise);
        this.#asked.add(giveUp);
        question(running.host).then(resolve, reject);
      });
    } catch (error) {
      if (this.#running === running) this.#errors.tell(asError(error));
      return otherwise;
    } finally {
      if (giveUp !== undefined) this.#asked.delete(giveUp);
    }
  }

  /** Whoever waits for a host that is no more waits no longer. */
  #giveUp(): void {
    for (const giveUp of [...this.#asked]) giveUp();
  }

  #tellWatched(watched: boolean): void {
    void this.#ask((host) => host.watch(watched), undefined);
  }

  #startWatching(): void {
    if (this.#isPaused) return;
    this.#unwatchPage ??= watchPage({ onHide: () => this.#hide(), onShow: () => this.#courier.wake() });
    this.#vitals.start();
  }

  #stopWatching(): void {
    this.#unwatchPage?.();
    this.#unwatchPage = undefined;
    this.#vitals.stop();
  }

  /** The page may never be heard of again: what is left goes to the host, and what it gave us to the app's exporter, now. */
  #hide(): void {
    this.#courier.send();
    const parts = this.#open;
    this.#open = null;
    if (parts !== null && parts.length > 0) this.#exports.send(parts);
  }

  /** The host's latest snapshot, or what can be said without one, with what only this side knows. */
  #patched(): MonitorSnapshot {
    const { store, storeBytes } = this.#options;
    const state = this.#state === 'open' ? 'starting' : this.#state;
    const own = emptySnapshot({
      name: this.name,
      state,
      reason: this.#reason,
      reference: this.#reference,
      store: store ?? 'indexedDB',
      storeBytes: storeBytes ?? STORE_BYTES,
      device: deviceText(),
    });
    const latest = this.#latest;
    const rows = this.#courier.rows(latest?.rows ?? null);
    if (latest === null) return { ...own, rows };
    if (this.#state === 'open') return { ...latest, rows, state: this.#isPaused ? 'paused' : latest.state };
    // A host that is gone has left its history behind.
    return { ...latest, rows, state, reason: own.reason, sentence: own.sentence };
  }
}

function windowOf({ window: { spec, start } }: ExportPart): string {
  return `${spec}/${start}`;
}

function tagged(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
