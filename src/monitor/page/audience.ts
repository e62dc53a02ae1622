// SPDX-License-Identifier: Apache-2.0
import type { Alert } from '../alert.js';
import type { ExportPart } from '../export-part.js';
import type { HostNews } from '../host.js';
import type { Unsubscribe } from '../monitor.js';
import type { MonitorSnapshot } from '../snapshot.js';
import type { RowVerdict, WindowVerdict } from '../window-verdict.js';
import { ErrorTeller, Listeners } from './listeners.js';

/** Those of the app who listen to a monitor, and what the host's news are to each. */
export class Audience {
  readonly errors = new ErrorTeller();
  readonly verdicts = new Listeners<WindowVerdict>('onVerdict', this.errors.tell);
  readonly alerts = new Listeners<Alert>('onAlert', this.errors.tell);
  readonly outliers = new Listeners<RowVerdict>('onOutlier', this.errors.tell);
  readonly updates = new Listeners<MonitorSnapshot>('onUpdate', this.errors.tell);
  readonly exports = new Listeners<readonly ExportPart[]>('exporter', this.errors.tell);
  /** Windows that are open, as the host sent them last. */
  #open: readonly ExportPart[] | null = null;

  /** All but the snapshot. */
  hear(news: HostNews): void {
    for (const { name, message } of news.errors) this.errors.tell(tagged(name, message));
    for (const verdict of news.verdicts) this.verdicts.send(verdict);
    for (const alert of news.alerts) this.alerts.send(alert);
    for (const outlier of news.outliers) this.outliers.send(outlier);
    // What was open and has closed since must not be told again as open, with fewer rows.
    const closed = new Set(news.exports.map(windowOf));
    this.#open = (news.open ?? this.#open)?.filter((part) => !closed.has(windowOf(part))) ?? null;
    if (news.exports.length > 0) this.exports.send(news.exports);
  }

  /** Listens to snapshots; `tellWatched` hears whether anybody does. */
  follow(
    callback: (snapshot: MonitorSnapshot) => void,
    tellWatched: (watched: boolean) => void,
  ): Unsubscribe {
    const remove = this.updates.add(callback);
    if (this.updates.size === 1) tellWatched(true);
    return () => {
      remove();
      if (this.updates.size === 0) tellWatched(false);
    };
  }

  /** The page may never be heard of again: the exporter gets what is open, now. */
  exportOpen(): void {
    const parts = this.#open;
    this.#open = null;
    if (parts !== null && parts.length > 0) this.exports.send(parts);
  }

  clear(): void {
    for (const listeners of [this.verdicts, this.alerts, this.outliers, this.updates, this.exports])
      listeners.clear();
    this.errors.clear();
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
