// SPDX-License-Identifier: Apache-2.0
/** All alerts of a monitor: which are open, when each was told last, and the history. Plain state, changed by few steps. */
import type { Alert, AlertSubject } from '../alert.js';
import type { Finding } from './feature-units.js';

/** What an alert says of the windows it was seen in. */
export type Told = Pick<
  Alert,
  'spec' | 'since' | 'at' | 'windows' | 'value' | 'threshold' | 'sentence' | 'advice'
>;

export interface OpenAlert {
  readonly alert: Alert;
  /** When it is told again, ms; and the distance of the telling after that. */
  readonly remindAt: number;
  readonly distance: number;
  /** Windows in a row that were clearly better. */
  readonly clear: number;
  /** Of a feature: what it rests on. */
  readonly finding: Finding | null;
}

export interface SavedRegister {
  readonly open: readonly OpenAlert[];
  readonly closed: readonly Alert[];
  readonly count: number;
}

const MOST_LISTED = 100;
/** Alerts that may be open at once; beyond, no further one is raised. */
const MOST_OPEN = 1_000;
/** Reminders grow no rarer than this many times the first distance. */
const MOST_GROWTH = 32;

export class Register {
  #open = new Map<string, OpenAlert>();
  /** Oldest first. */
  #closed: readonly Alert[] = [];
  #count = 0;
  readonly #remindEvery: number;

  constructor(remindEvery: number, saved?: SavedRegister) {
    this.#remindEvery = remindEvery;
    if (saved === undefined) return;
    this.#open = new Map(saved.open.map((open) => [keyOf(open.alert.subject), open]));
    this.#closed = saved.closed;
    this.#count = saved.count;
  }

  openOf(subject: AlertSubject): OpenAlert | undefined {
    return this.#open.get(keyOf(subject));
  }

  /** Undefined when one is open for the subject, or too many are open. */
  raise(subject: AlertSubject, told: Told, finding: Finding | null = null): Alert | undefined {
    const key = keyOf(subject);
    if (this.#open.has(key) || this.#open.size >= MOST_OPEN) return undefined;
    this.#count++;
    const alert: Alert = { id: `${this.#count}/${key}/${told.since}`, subject, state: 'raised', ...told };
    const distance = this.#remindEvery;
    this.#open.set(key, { alert, remindAt: told.at + distance, distance, clear: 0, finding });
    return alert;
  }

  /** It lasts: takes over what is said now. Gives the alert where it is time to tell it again. */
  last(subject: AlertSubject, told: Told, finding: Finding | null = null): Alert | undefined {
    const key = keyOf(subject);
    const open = this.#open.get(key);
    if (open === undefined) return undefined;
    const { id, since } = open.alert;
    const due = told.at >= open.remindAt;
    const distance = due ? Math.min(2 * open.distance, MOST_GROWTH * this.#remindEvery) : open.distance;
    const state = due ? 'persists' : open.alert.state;
    const alert: Alert = { ...told, id, subject, state, since };
    this.#open.set(key, {
      alert,
      distance,
      remindAt: due ? told.at + distance : open.remindAt,
      clear: 0,
      finding: finding ?? open.finding,
    });
    return due ? alert : undefined;
  }

  /** Neither lasting nor over. `clear`: windows of this look that were clearly better; 0 begins the count anew. */
  wait(subject: AlertSubject, clear: number): number {
    const key = keyOf(subject);
    const open = this.#open.get(key);
    if (open === undefined) return 0;
    const count = clear > 0 ? open.clear + clear : 0;
    this.#open.set(key, { ...open, clear: count });
    return count;
  }

  recover(subject: AlertSubject, told: Partial<Told> & Pick<Told, 'at' | 'sentence'>): Alert | undefined {
    const key = keyOf(subject);
    const open = this.#open.get(key);
    if (open === undefined) return undefined;
    this.#open.delete(key);
    const { advice: _advice, ...last } = open.alert;
    const alert: Alert = { ...last, ...told, state: 'recovered' };
    this.#closed = [...this.#closed, alert].slice(-MOST_LISTED);
    return alert;
  }

  /** What open alerts of a kind of window rest on can no longer be asked. */
  forgetFindings(spec: string): void {
    for (const [key, open] of this.#open)
      if (open.alert.spec === spec && open.finding !== null)
        this.#open.set(key, { ...open, finding: null, clear: 0 });
  }

  /** Subjects that are open. */
  subjects(): AlertSubject[] {
    return [...this.#open.values()].map(({ alert }) => alert.subject);
  }

  /** Latest state of each, newest first; open ones are never left out for closed ones. */
  list(): readonly Alert[] {
    const newest = (a: Alert, b: Alert): number => b.at - a.at;
    const open = [...this.#open.values()]
      .map(({ alert }) => alert)
      .sort(newest)
      .slice(0, MOST_LISTED);
    const closed = [...this.#closed].sort(newest).slice(0, MOST_LISTED - open.length);
    return [...open, ...closed].sort(newest);
  }

  save(): SavedRegister {
    return { open: [...this.#open.values()], closed: this.#closed, count: this.#count };
  }
}

export function keyOf({ kind, name }: AlertSubject): string {
  return `${kind}/${name}`;
}
