// SPDX-License-Identifier: Apache-2.0
import { MAX_DIMENSION } from '../columns/vector.js';

/** Lists that are looked at on opening a column of lists. */
export const SAMPLED_LISTS = 1000;

/** Counts how long the first lists of a column are, to tell whether they are vectors and of which dimension. */
export class ListLengths {
  readonly #counts = new Map<number, number>();
  /** Lists that hold something. */
  lists = 0;
  #empty = 0;

  add(length: number): void {
    if (length === 0) {
      this.#empty++;
      return;
    }
    this.lists++;
    this.#counts.set(length, (this.#counts.get(length) ?? 0) + 1);
  }

  get enough(): boolean {
    return this.lists + this.#empty >= SAMPLED_LISTS;
  }

  /** The length of most lists, or why the column is left out: lists of no common length are something else than vectors. */
  verdict(): number | string {
    if (this.lists === 0)
      return this.#empty > 0 ? 'lists that are empty' : 'lists without one in the first rows';
    let dimension = 0;
    let count = 0;
    for (const [length, times] of this.#counts) if (times > count) [dimension, count] = [length, times];
    if (2 * count <= this.lists) {
      const lengths = [...this.#counts.keys()];
      const least = lengths.reduce((a, b) => Math.min(a, b));
      const most = lengths.reduce((a, b) => Math.max(a, b));
      return `lists of ${least} to ${most} numbers, no length of which is usual`;
    }
    return dimensionTrouble(dimension) ?? dimension;
  }
}

/** Why vectors of `dimension` numbers cannot be read; undefined when they can. */
export function dimensionTrouble(dimension: number): string | undefined {
  if (dimension < 2)
    return `lists of ${dimension} ${dimension === 1 ? 'number' : 'numbers'}, which are no vectors`;
  if (dimension > MAX_DIMENSION)
    return `vectors of ${dimension} numbers (at most ${MAX_DIMENSION} can be read)`;
  return undefined;
}
