// SPDX-License-Identifier: Apache-2.0
import type { NumberColumn, StringColumn } from '../columns/column.js';

/** Distinct whole numbers that are followed exactly; beyond, the sample has to do. */
const FOLLOWED_NUMBERS = 1_000;
const CACHE = 64;

/** What all offered rows (not only the sampled ones) of a numeric, boolean or time column show. */
export class NumberFacts {
  rows = 0;
  /** Rows with a value, NaN included. */
  present = 0;
  nan = 0;
  integer = true;
  increasing = true;
  min = Infinity;
  max = -Infinity;
  /** Distinct finite values, or null once there are too many or a fraction came. */
  few: Set<number> | null = new Set();
  #last = -Infinity;
  readonly #cache = new Float64Array(CACHE).fill(Number.NaN);

  add({ values, status }: NumberColumn): void {
    const n = values.length;
    this.rows += n;
    let nan = 0;
    for (let i = 0; i < n; i++) {
      const value = values[i]!;
      if (Number.isNaN(value)) {
        nan++;
        continue;
      }
      if (!(value > this.#last)) this.increasing = false;
      this.#last = value;
      if (value === Infinity || value === -Infinity) continue;
      if (value < this.min) this.min = value;
      if (value > this.max) this.max = value;
      if (this.integer) this.#follow(value);
    }
    let absent = 0;
    if (status) for (let i = 0; i < n; i++) absent += status[i] === 0 ? 0 : 1;
    this.nan += nan - absent;
    this.present += n - absent;
  }

  #follow(value: number): void {
    if (Math.floor(value) !== value) {
      this.integer = false;
      this.few = null;
      return;
    }
    if (!this.few) return;
    // A few recent values by their low bits: most rows never reach the set.
    const slot = value & (CACHE - 1);
    if (this.#cache[slot] === value) return;
    this.#cache[slot] = value;
    this.few.add(value + 0);
    if (this.few.size > FOLLOWED_NUMBERS) this.few = null;
  }
}

/** Counts by name of all offered rows of a string column, up to a bound on names. */
export class StringFacts {
  rows = 0;
  present = 0;
  readonly counts = new Map<string, number>();
  /** Rows whose name was not followed any more. */
  unlisted = 0;
  /** Present rows when the last name fitted. */
  #fullAt = 0;
  readonly #bound: number;

  constructor(bound: number) {
    this.#bound = bound;
  }

  /** Rows over which `counts.size` tells the number of distinct names. */
  get distinctOf(): number {
    return this.unlisted > 0 ? this.#fullAt : this.present;
  }

  add({ codes, dictionary }: StringColumn): void {
    this.rows += codes.length;
    const occurrences = occurrencesOf(codes, dictionary.length);
    for (const [code, count] of occurrences) {
      const name = dictionary[code]!;
      const before = this.counts.get(name);
      if (before === undefined && this.counts.size >= this.#bound) {
        this.unlisted += count;
      } else {
        this.counts.set(name, (before ?? 0) + count);
        if (before === undefined) this.#fullAt = this.present + count;
      }
      this.present += count;
    }
  }
}

/** Pairs [code, count] of the codes that occur. */
export function occurrencesOf(codes: Int32Array, size: number): [code: number, count: number][] {
  const pairs: [number, number][] = [];
  if (size <= 4 * codes.length + 1_024) {
    const counts = new Uint32Array(size);
    for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) counts[codes[i]!]!++;
    for (let code = 0; code < size; code++) if (counts[code]! > 0) pairs.push([code, counts[code]!]);
    return pairs;
  }
  // A dictionary shared by many small batches: walk the rows, not the dictionary.
  const sorted = codes.slice().sort();
  let start = 0;
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i] === sorted[start]) continue;
    if (sorted[start]! >= 0) pairs.push([sorted[start]!, i - start]);
    start = i;
  }
  return pairs;
}
