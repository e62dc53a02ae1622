// SPDX-License-Identifier: Apache-2.0
/**
 * Both sides of a categorical feature as one table of counts: the dictionary's categories, then `other`, then each
 * category that the reference never held by its name. Unseen rows beyond the names that a profile keeps are taken as one
 * category each: the split that noise alone explains most easily.
 */
import type { CategoryFrame } from '../baseline/frame.js';
import type { CategoryPart } from '../profile/parts.js';
import type { Contingency } from './contingency.js';

export interface CategoryCells extends Contingency {
  readonly a: Float64Array;
  readonly b: Float64Array;
  /** Cell of `other`, which may hide differences inside. */
  readonly other: number;
  /** First cell of unseen categories. */
  readonly unseen: number;
  /** Values on each side. */
  readonly m: number;
  readonly n: number;
}

/** Nameless unseen rows become at most this many cells. */
const MOST_SINGLES = 20_000;

export function categoryCells(
  frame: CategoryFrame,
  reference: CategoryPart,
  current: CategoryPart,
): CategoryCells {
  const known = frame.categories.length;
  const names = new Map<string, [number, number]>();
  let nameless: [number, number] = [reference.unseen, current.unseen];
  for (const [side, part] of [reference, current].entries()) {
    for (const [name, count] of part.unseenNames) {
      const pair = names.get(name) ?? [0, 0];
      pair[side] += count;
      nameless[side] -= count;
      names.set(name, pair);
    }
  }
  nameless = [Math.max(0, nameless[0]), Math.max(0, nameless[1])];
  const singles = nameless.map((count) => Math.min(count, MOST_SINGLES));
  const cells = known + 1 + names.size + singles[0] + singles[1];
  const a = new Float64Array(cells);
  const b = new Float64Array(cells);
  a.set(reference.counts.subarray(0, known));
  b.set(current.counts.subarray(0, known));
  a[known] = reference.other;
  b[known] = current.other;
  let cell = known + 1;
  for (const [inReference, inCurrent] of names.values()) {
    a[cell] = inReference;
    b[cell++] = inCurrent;
  }
  for (const [side, counts] of [a, b].entries()) {
    for (let i = 0; i < singles[side]; i++) counts[cell++] = nameless[side] / singles[side];
  }
  const sum = (counts: Float64Array) => counts.reduce((x, y) => x + y, 0);
  return { a, b, other: known, unseen: known + 1, m: sum(a), n: sum(b) };
}
