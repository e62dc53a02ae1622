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
    // Locals: fields would be written back on every row.
    let { min, max, increasing } = this;
    let last = this.#last;
    let nan = 0;
    for (let i = 0; i < n; i++) {
      const value = values[i]!;
      if (Number.isNaN(value)) {
        nan++;
        continue;
      }
      if (increasing && value <= last) increasing = false;
      last = value;
      if (value < min && value > -Infinity) min = value;
      if (value > max && value < Infinity) max = value;
    }
    this.min = min;
    this.max = max;
    this.increasing = increasing;
    this.#last = last;
    let absent = 0;
    if (status) for (let i = 0; i < n; i++) absent += status[i] === 0 ? 0 : 1;
    this.rows += n;
    this.nan += nan - absent;
    this.present += n - absent;
    if (this.integer) this.#follow(values);
  }

  /** Tells whether all values are whole, and which they are while they are few. */
  #follow(values: NumberColumn['values']): void {
    const cache = this.#cache;
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      // A few recent values by their low bits: most rows end here.
      const slot = value & (CACHE - 1);
      if (cache[slot] === value || !(value - value === 0)) continue;
      if (Math.floor(value) !== value) {
        this.integer = false;
        this.few = null;
        return;
      }
      cache[slot] = value;
      if (!this.few) continue;
      this.few.add(value + 0);
      if (this.few.size > FOLLOWED_NUMBERS) this.few = null;
    }
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
function occurrencesOf(codes: Int32Array, size: number): [code: number, count: number][] {
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
