// SPDX-License-Identifier: Apache-2.0
/** Alerts from one number with a lower limit, and from facts: k of the latest windows of a kind say so. */
import type { Alert, AlertSubject } from '../alert.js';
import { keyOf, type Register } from './register.js';

/** What one window says of a subject. */
export interface Said {
  readonly spec: string;
  readonly start: number;
  readonly at: number;
  /** In windows: what was new in it. */
  readonly weight: number;
  readonly value: number;
  readonly threshold: number;
  /** For an alert, and against one. */
  readonly speaks: boolean;
  readonly clear: boolean;
  readonly sentence: string;
  readonly advice?: string | undefined;
  /** Windows that must speak, of the latest so many. */
  readonly k: number;
  readonly of: number;
}

interface Saying {
  readonly weight: number;
  readonly speaks: boolean;
  readonly start: number;
}

interface Known {
  readonly subject: AlertSubject;
  /** Oldest first; no more than decisions need. */
  readonly latest: readonly Saying[];
}

/** By kind of window, then by subject. Only subjects of which some window spoke are held. */
export type SavedSayings = ReadonlyMap<string, ReadonlyMap<string, Known>>;

/** A hair of rounding is no window. */
const HAIR = 1e-6;
const MOST_LATEST = 512;
const MOST_SPECS = 16;
const MOST_SUBJECTS = 512;

export class Sayings {
  readonly #register: Register;
  readonly #recovery: number;
  readonly #known = new Map<string, Map<string, Known>>();

  constructor(register: Register, recovery: number, saved?: SavedSayings) {
    this.#register = register;
    this.#recovery = recovery;
    for (const [spec, subjects] of saved ?? []) this.#known.set(spec, new Map(subjects));
  }

  /** Subjects of which a window of the kind has spoken lately. */
  subjects(spec: string): AlertSubject[] {
    return [...(this.#known.get(spec)?.values() ?? [])].map(({ subject }) => subject);
  }

  /** Takes one window's word; the alert that is to be told now. */
  say(subject: AlertSubject, said: Said): Alert | undefined {
    const { spec, k, at, value, threshold, sentence, advice } = said;
    const latest = this.#remember(subject, said);
    const open = this.#register.openOf(subject);
    if (open !== undefined && open.alert.spec !== spec) return undefined;
    const spoken = latest.filter(({ speaks }) => speaks);
    if (said.speaks && weightOf(spoken) >= k - HAIR) {
      const windows = { drifting: Math.round(weightOf(spoken)), of: Math.round(weightOf(latest)) };
      const told = {
        spec,
        since: spoken[0]!.start,
        at,
        windows,
        value,
        threshold,
        sentence,
        ...(advice ? { advice } : {}),
      };
      return open === undefined ? this.#register.raise(subject, told) : this.#register.last(subject, told);
    }
    if (open === undefined) return undefined;
    const clear = this.#register.wait(subject, said.clear ? said.weight : 0);
    if (clear < this.#recovery - HAIR) return undefined;
    for (const subjects of this.#known.values()) subjects.delete(keyOf(subject));
    return this.#register.recover(subject, { at, value, sentence });
  }

  forgetAll(): void {
    this.#known.clear();
  }

  save(): SavedSayings {
    return new Map([...this.#known].map(([spec, subjects]) => [spec, new Map(subjects)]));
  }

  #remember(subject: AlertSubject, { spec, weight, speaks, start, of }: Said): readonly Saying[] {
    const key = keyOf(subject);
    let subjects = this.#known.get(spec);
    const before = subjects?.get(key)?.latest ?? [];
    const latest = lastOf([...before, { weight, speaks, start }], of);
    if (!latest.some((saying) => saying.speaks)) {
      subjects?.delete(key);
      return latest;
    }
    if (subjects === undefined) {
      if (this.#known.size >= MOST_SPECS) return latest;
      subjects = new Map();
      this.#known.set(spec, subjects);
    }
    if (subjects.has(key) || subjects.size < MOST_SUBJECTS) subjects.set(key, { subject, latest });
    return latest;
  }
}

/** The newest that come to so many windows. */
function lastOf(sayings: readonly Saying[], of: number): readonly Saying[] {
  let weight = 0;
  let first = sayings.length;
  while (first > 0 && weight < of - HAIR && sayings.length - first < MOST_LATEST)
    weight += sayings[--first]!.weight;
  return sayings.slice(first);
}

function weightOf(sayings: readonly Saying[]): number {
  return sayings.reduce((sum, { weight }) => sum + weight, 0);
}
