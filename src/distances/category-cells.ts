// SPDX-License-Identifier: Apache-2.0
/**
 * Both sides of a categorical feature as one table of counts: the dictionary's categories, then `other`, then each
 * category that the reference never held by its name, then the unseen rows whose names a profile no longer keeps.
 */
import type { CategoryFrame } from '../baseline/frame.js';
import type { CategoryPart } from '../profile/parts.js';
import type { Contingency } from './contingency.js';

export interface CategoryCells extends Contingency {
  readonly a: Float64Array;
  readonly b: Float64Array;
  /** Cell of `other`, which may hide differences inside. */
  readonly other: number;
  /**
   * Cells that stand for unlisted categories. Tests take them as one category a row: the split that noise explains most
   * easily, so they err on the quiet side.
   */
  readonly scattered: ReadonlySet<number>;
  /** Values on each side. */
  readonly m: number;
  readonly n: number;
}

export function categoryCells(
  frame: CategoryFrame,
  reference: CategoryPart,
  current: CategoryPart,
): CategoryCells {
  const known = frame.categories.length;
  const names = new Map<string, [number, number]>();
  const nameless: [number, number] = [reference.unseen, current.unseen];
  for (const [side, part] of [reference, current].entries()) {
    for (const [name, count] of part.unseenNames) {
      const pair = names.get(name) ?? [0, 0];
      pair[side] += count;
      nameless[side] -= count;
      names.set(name, pair);
    }
  }
  const unlisted = known + 1 + names.size;
  const a = new Float64Array(unlisted + 2);
  const b = new Float64Array(unlisted + 2);
  a.set(reference.counts.subarray(0, known));
  b.set(current.counts.subarray(0, known));
  a[known] = reference.other;
  b[known] = current.other;
  let cell = known + 1;
  for (const [inReference, inCurrent] of names.values()) {
    a[cell] = inReference;
    b[cell++] = inCurrent;
  }
  // They are no category of the other side: two cells, one a side.
  a[unlisted] = Math.max(0, nameless[0]);
  b[unlisted + 1] = Math.max(0, nameless[1]);
  const sum = (counts: Float64Array) => counts.reduce((x, y) => x + y, 0);
  return { a, b, other: known, scattered: new Set([known, unlisted, unlisted + 1]), m: sum(a), n: sum(b) };
}
