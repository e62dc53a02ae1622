// SPDX-License-Identifier: Apache-2.0
import type { StringColumn } from './column.js';

export interface DictionaryLimits {
  /** Distinct values kept from one batch to the next; default 65,536. */
  readonly maxEntries?: number;
  /** Characters of text kept from one batch to the next; default 4 Mi (a wide table should share a budget: pass less). */
  readonly maxChars?: number;
}

/**
 * Turns strings into codes, batch after batch. Codes stay the same from one batch to the next while the dictionary
 * is small, so that a consumer can cache what it knows of an entry; past its limits the dictionary is forgotten
 * between two batches, so that a column of keys costs one batch of memory and not the whole file.
 */
export class DictionaryEncoder {
  readonly #maxEntries: number;
  readonly #maxChars: number;
  #codes = new Map<string, number>();
  #values: string[] = [];
  #chars = 0;
  #published: readonly string[] = [];

  constructor({ maxEntries = 65_536, maxChars = 4_194_304 }: DictionaryLimits = {}) {
    this.#maxEntries = maxEntries;
    this.#maxChars = maxChars;
  }

  /** Distinct values held now. */
  get size(): number {
    return this.#values.length;
  }

  /** The code of `value`, new or known. A null has no entry: write NULL_CODE yourself. */
  encode(value: string): number {
    const known = this.#codes.get(value);
    if (known !== undefined) return known;
    const code = this.#values.length;
    this.#values.push(value);
    this.#codes.set(value, code);
    this.#chars += value.length;
    return code;
  }

  /**
   * Closes a batch: `codes` with the dictionary that they point into. The array is never changed afterwards, and it
   * is the very same array as in the batch before when no new value came.
   */
  finish(codes: Int32Array): StringColumn {
    if (this.#values.length > this.#maxEntries || this.#chars > this.#maxChars) {
      const dictionary = this.#values;
      this.#codes = new Map();
      this.#values = [];
      this.#chars = 0;
      this.#published = [];
      return { type: 'string', codes, dictionary };
    }
    if (this.#published.length !== this.#values.length) this.#published = this.#values.slice();
    return { type: 'string', codes, dictionary: this.#published };
  }
}
