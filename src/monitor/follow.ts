// SPDX-License-Identifier: Apache-2.0
/** A monitor as whoever only looks at it sees it: the monitor itself, or one that lives in another tab or worker. */
import { DriftglassError } from '../errors.js';
import type { Report } from '../report/report.js';
import { Line, type LineOptions, type Said } from './line.js';
import type { Unsubscribe } from './monitor.js';
import { findMonitor, onMonitor } from './registry.js';
import type { MonitorSnapshot } from './snapshot.js';

/** Where snapshots come from. Every `Monitor` is one. */
export interface MonitorSource {
  readonly name: string;
  /** At most four times a second, while there is news. */
  onUpdate(callback: (snapshot: MonitorSnapshot) => void): Unsubscribe;
  snapshot(): Promise<MonitorSnapshot>;
  /** The whole report of the latest window of a kind; absent where only snapshots arrive. */
  report?(spec?: string): Promise<Report | null>;
}

/** A follower is forgotten when it has said nothing for three times this long, in ms. */
export const WATCH_EVERY_MS = 10_000;
const PATIENCE_MS = 5_000;

/**
 * The monitor of this name: on this page, else wherever one is published (`publishMonitor`) in another tab of the same
 * origin, or at the other end of a port. Holds nothing open while nobody listens. Questions that nobody answers within
 * 5 s reject with EngineError.
 */
export function followMonitor(name: string, options: LineOptions = {}): MonitorSource {
  return new Follower(name, options);
}

class Follower implements MonitorSource {
  readonly name: string;
  readonly #options: LineOptions;
  readonly #id = crypto.getRandomValues(new Uint32Array(2)).join('-');
  readonly #callbacks = new Set<{ readonly call: (snapshot: MonitorSnapshot) => void }>();
  #stop: (() => void) | null = null;
  #questions = 0;

  constructor(name: string, options: LineOptions) {
    this.name = name;
    this.#options = options;
  }

  onUpdate(call: (snapshot: MonitorSnapshot) => void): Unsubscribe {
    const entry = { call };
    this.#callbacks.add(entry);
    this.#stop ??= this.#listen();
    return () => {
      this.#callbacks.delete(entry);
      if (this.#callbacks.size > 0) return;
      this.#stop?.();
      this.#stop = null;
    };
  }

  snapshot(): Promise<MonitorSnapshot> {
    const near = this.#near();
    return near === undefined ? this.#ask<MonitorSnapshot>('snapshot', null) : near.snapshot();
  }

  report(spec?: string): Promise<Report | null> {
    const near = this.#near();
    return near === undefined ? this.#ask<Report | null>('report', spec ?? null) : near.report(spec);
  }

  #near() {
    return this.#options.port === undefined ? findMonitor(this.name) : undefined;
  }

  /** Both ways at once: what is on this page is heard alone as soon as it is there. */
  #listen(): () => void {
    let leaveNear: Unsubscribe | null = null;
    const send = (snapshot: MonitorSnapshot): void => {
      for (const { call } of [...this.#callbacks]) call(snapshot);
    };
    const line = new Line(this.name, this.#options, (said) => {
      if (said.kind === 'snapshot' && leaveNear === null) send(said.snapshot);
    });
    const watch = (): void => {
      if (leaveNear === null) line.say({ kind: 'watch', follower: this.#id });
    };
    const stopWaiting =
      this.#options.port === undefined
        ? onMonitor(this.name, (monitor) => {
            leaveNear?.();
            leaveNear = monitor.onUpdate(send);
          })
        : () => {};
    watch();
    const timer = setInterval(watch, WATCH_EVERY_MS);
    return () => {
      clearInterval(timer);
      stopWaiting();
      leaveNear?.();
      line.say({ kind: 'leave', follower: this.#id });
      line.close();
    };
  }

  #ask<T>(what: 'snapshot' | 'report', spec: string | null): Promise<T> {
    const question = ++this.#questions;
    return new Promise((resolve, reject) => {
      const fail = (reason: string): void => reject(new DriftglassError('EngineError', reason));
      const line = new Line(this.name, this.#options, (said: Said) => {
        if (said.kind !== 'answer' || said.follower !== this.#id || said.question !== question) return;
        settle();
        if (said.error === '') resolve(said.value as T);
        else fail(said.error);
      });
      const timer = setTimeout(() => {
        settle();
        fail(`no monitor named "${this.name}" answers`);
      }, PATIENCE_MS);
      const settle = (): void => {
        clearTimeout(timer);
        line.close();
      };
      line.say({ kind: 'ask', follower: this.#id, question, what, spec });
    });
  }
}
