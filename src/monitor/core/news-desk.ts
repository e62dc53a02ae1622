// SPDX-License-Identifier: Apache-2.0
import { isDriftglassError, messageOf } from '../../errors.js';
import type { Alert } from '../alert.js';
import type { ExportPart } from '../export-part.js';
import type { HostNews } from '../host.js';
import type { MonitorSnapshot } from '../snapshot.js';
import type { RowVerdict, WindowVerdict } from '../window-verdict.js';

/** News at most so often, ms. */
export const NEWS_EVERY_MS = 250;
/** Of each kind in one piece of news: the newest. */
const MOST = { verdicts: 240, alerts: 100, outliers: 50, exports: 2_048 } as const;
/** Causes that are remembered as told. */
const MOST_CAUSES = 1_000;

/** Gathers what happened, and tells it together. */
export class NewsDesk {
  readonly #listener: (news: HostNews) => unknown;
  #verdicts: WindowVerdict[] = [];
  #alerts: Alert[] = [];
  #outliers: RowVerdict[] = [];
  #errors: { readonly name: string; readonly message: string }[] = [];
  #exports: ExportPart[] = [];
  #open: readonly ExportPart[] | null = null;
  readonly #told = new Set<string>();
  /** Set where the snapshot has changed since it was last told. */
  changed = false;

  constructor(listener: (news: HostNews) => unknown) {
    this.#listener = listener;
  }

  verdict(verdict: WindowVerdict): void {
    keepNewest(this.#verdicts, [verdict], MOST.verdicts);
    this.changed = true;
  }

  alerts(alerts: readonly Alert[]): void {
    keepNewest(this.#alerts, alerts, MOST.alerts);
    if (alerts.length > 0) this.changed = true;
  }

  outliers(rows: readonly RowVerdict[]): void {
    keepNewest(this.#outliers, rows, MOST.outliers);
    if (rows.length > 0) this.changed = true;
  }

  exports(parts: readonly ExportPart[]): void {
    keepNewest(this.#exports, parts, MOST.exports);
  }

  open(parts: readonly ExportPart[]): void {
    this.#open = parts;
  }

  /** Tells each cause once. */
  error(cause: string, name: string, message: string): void {
    if (this.#told.has(cause) || this.#told.size >= MOST_CAUSES) return;
    this.#told.add(cause);
    this.#errors.push({ name, message });
  }

  /** What was thrown. */
  problem(error: unknown): void {
    const message = messageOf(error);
    const name = isDriftglassError(error) ? error.name : 'EngineError';
    this.error(`${name}: ${message}`, name, message);
  }

  get isWaiting(): boolean {
    const { length } = [
      ...this.#verdicts,
      ...this.#alerts,
      ...this.#outliers,
      ...this.#errors,
      ...this.#exports,
    ];
    return length > 0 || this.#open !== null || this.changed;
  }

  /** `snapshot` is asked only where it is wanted. */
  tell(snapshot: (() => MonitorSnapshot) | null): void {
    if (!this.isWaiting) return;
    const news: HostNews = {
      verdicts: this.#verdicts,
      alerts: this.#alerts,
      outliers: this.#outliers,
      errors: this.#errors,
      exports: this.#exports,
      open: this.#open,
      snapshot: snapshot !== null && this.changed ? snapshot() : null,
    };
    this.#verdicts = [];
    this.#alerts = [];
    this.#outliers = [];
    this.#errors = [];
    this.#exports = [];
    this.#open = null;
    this.changed = false;
    tellOf(news, this.#listener);
  }
}

/** Whoever listens answers for what it throws: here it must not stop the rows. */
export function tellOf(news: HostNews, listener: (news: HostNews) => unknown): void {
  try {
    // Behind a worker's port the answer is a promise, which fails when the page has gone.
    Promise.resolve(listener(news)).catch(() => {});
  } catch {
    // So does one that fails at once.
  }
}

/** News of nothing but how it stands. */
export function newsOf(snapshot: MonitorSnapshot): HostNews {
  return { verdicts: [], alerts: [], outliers: [], errors: [], exports: [], open: null, snapshot };
}

function keepNewest<T>(list: T[], added: readonly T[], most: number): void {
  list.push(...added);
  if (list.length > most) list.splice(0, list.length - most);
}
