// SPDX-License-Identifier: Apache-2.0
import { addOutcome, emptyLike, type Pair, type ScoreOf } from '../../performance/add-outcome.js';
import { decodeOutcomes, encodeOutcomes } from '../../performance/outcome-codec.js';
import type { Outcomes } from '../../performance/outcomes.js';

const MOST_KEYS = 8;
const MOST_VALUES = 32;
const MOST_COMBINATIONS = 4_096;
const TEXT_LENGTH = 64;
const OTHER = 'other';
/** Versions in the order in which they came, to tell which is the latest. */
const MOST_VERSIONS = 16;

type Pairs = readonly (readonly [key: string, value: string])[];

export interface SavedSlices {
  readonly combinations: readonly Pairs[];
  readonly totals: readonly (readonly [key: string, value: string, outcomes: Uint8Array])[];
  readonly version: string | null;
  readonly versions: readonly string[];
}

/** Outcomes by slice key and value, of one model version: the latest that labels came for. */
export class SliceOutcomes {
  /** Place 0 is no slice at all. */
  #combinations: Pairs[] = [[]];
  readonly #known = new Map<string, number>([['', 0]]);
  readonly #codes = new Map<string, number>();
  /** Values of each key, at most MOST_VALUES of their own. */
  readonly #values = new Map<string, Set<string>>();
  #totals = new Map<string, Map<string, Outcomes>>();
  #version: string | null = null;
  #versions: string[] = [];
  changed = false;

  /** A number that stands for the slices of a row; 0 for none, and when there are too many. */
  codeOf(slices: Readonly<Record<string, readonly string[]>> | null, row: number): number {
    if (slices === null) return 0;
    let joint = '';
    for (const key in slices) joint += `${key}\u0000${slices[key]![row] ?? ''}\u0000`;
    return this.#codes.get(joint) ?? this.#newCode(slices, row, joint);
  }

  sawVersion(version: string): void {
    if (this.#versions.includes(version)) return;
    this.#versions.push(version);
    this.changed = true;
    if (this.#versions.length > MOST_VERSIONS) this.#versions.shift();
  }

  add(
    code: number,
    pair: Pair,
    options: {
      readonly version: string;
      readonly like: Outcomes;
      readonly scoreOf: ScoreOf;
      readonly sign: 1 | -1;
    },
  ): void {
    const slices = this.#combinations[code] ?? [];
    if (slices.length === 0 || !this.#isLatest(options.version)) return;
    this.changed = true;
    for (const [key, value] of slices) {
      const byValue = this.#totals.get(key) ?? new Map<string, Outcomes>();
      const outcomes = byValue.get(value) ?? emptyLike(options.like);
      addOutcome(outcomes, pair, options);
      this.#totals.set(key, byValue.set(value, outcomes));
    }
  }

  *entries(): Iterable<{ readonly key: string; readonly value: string; readonly outcomes: Outcomes }> {
    for (const [key, byValue] of this.#totals)
      for (const [value, outcomes] of byValue) yield { key, value, outcomes };
  }

  save(): SavedSlices {
    return {
      combinations: this.#combinations.slice(),
      totals: [...this.entries()].map(({ key, value, outcomes }) => [key, value, encodeOutcomes(outcomes)]),
      version: this.#version,
      versions: this.#versions.slice(),
    };
  }

  /** Takes what `save` gave. */
  restore({ combinations, totals, version, versions }: SavedSlices): void {
    this.#combinations = combinations.slice(0, MOST_COMBINATIONS).map((pairs) => [...pairs]);
    this.#combinations.forEach((pairs, code) => {
      this.#known.set(textOf(pairs), code);
      for (const [key, value] of pairs) this.#named(key, value);
    });
    for (const [key, value, bytes] of totals) {
      const outcomes = decodeOutcomes(bytes);
      if (outcomes === null) continue;
      const byValue = this.#totals.get(key) ?? new Map<string, Outcomes>();
      this.#totals.set(key, byValue.set(value, outcomes));
    }
    this.#version = version;
    this.#versions = [...versions];
  }

  #isLatest(version: string): boolean {
    if (version === this.#version) return true;
    const isOlder =
      this.#version !== null && this.#versions.indexOf(version) < this.#versions.indexOf(this.#version);
    if (isOlder) return false;
    this.#version = version;
    this.#totals = new Map();
    return true;
  }

  #newCode(slices: Readonly<Record<string, readonly string[]>>, row: number, joint: string): number {
    const pairs: [string, string][] = [];
    for (const key of Object.keys(slices).slice(0, MOST_KEYS)) {
      const named = this.#named(key.slice(0, TEXT_LENGTH), (slices[key]![row] ?? '').slice(0, TEXT_LENGTH));
      if (named !== null) pairs.push(named);
    }
    const text = textOf(pairs);
    let code = this.#known.get(text);
    if (code === undefined) {
      if (this.#combinations.length >= MOST_COMBINATIONS) return 0;
      code = this.#combinations.push(pairs) - 1;
      this.#known.set(text, code);
      this.changed = true;
    }
    // a cache of what rows say: it may be thrown away
    if (this.#codes.size >= 2 * MOST_COMBINATIONS) this.#codes.clear();
    this.#codes.set(joint, code);
    return code;
  }

  /** The pair, its value "other" beyond so many; null for a key beyond so many. */
  #named(key: string, value: string): [string, string] | null {
    const values = this.#values.get(key) ?? new Set<string>();
    if (values.size === 0 && this.#values.size >= MOST_KEYS) return null;
    if (!values.has(value) && values.size >= MOST_VALUES) return [key, OTHER];
    this.#values.set(key, values.add(value));
    return [key, value];
  }
}

function textOf(pairs: Pairs): string {
  return pairs.map(([key, value]) => `${key}\u0000${value}\u0000`).join('');
}

/** Whether this is what `save` gives: its outcomes can be decoded. */
export function isSavedSlices(value: unknown): value is SavedSlices {
  const { combinations, totals, version, versions } = (value ?? {}) as Partial<SavedSlices>;
  if (!Array.isArray(combinations) || !Array.isArray(totals) || !Array.isArray(versions)) return false;
  if (combinations.length > MOST_COMBINATIONS || totals.length > MOST_KEYS * (MOST_VALUES + 1)) return false;
  for (const [, , bytes] of totals as SavedSlices['totals']) decodeOutcomes(bytes);
  return version === null || typeof version === 'string';
}
