// SPDX-License-Identifier: Apache-2.0
import type { Schema } from './schema.js';
import { LEAST_GROUP, MAX_DIMENSION } from './vector.js';

/**
 * Number columns that look like one vector: a common prefix and consecutive numbers ("e0" … "e767", "emb_000", "f.1"); or one
 * column of texts that hold a list of numbers each.
 */
export interface ColumnGroup {
  /** What the names have in common, separators included ("emb_"); empty where columns are named by numbers alone. A text column's whole name. */
  readonly prefix: string;
  /** Name of the first column, and of the last; the same for a text column. */
  readonly from: string;
  readonly to: string;
  readonly dimension: number;
}

/** A group with its columns in the order of their numbers. */
export interface GroupMembers extends ColumnGroup {
  readonly names: readonly string[];
}

interface Numbered {
  readonly name: string;
  readonly index: number;
}

/**
 * The groups of a schema, in the order of their first columns: number columns alone, `LEAST_GROUP` to `MAX_DIMENSION` of
 * them, one run of consecutive numbers a prefix (the longest, where there are gaps).
 */
export function columnGroups(schema: Schema): GroupMembers[] {
  const byPrefix = new Map<string, Numbered[]>();
  for (const { name, type } of schema) {
    const match = type === 'number' ? /^(.*?)(\d{1,6})$/su.exec(name) : null;
    if (match === null) continue;
    const numbered = byPrefix.get(match[1]) ?? [];
    numbered.push({ name, index: Number(match[2]) });
    byPrefix.set(match[1], numbered);
  }
  const groups: GroupMembers[] = [];
  for (const [prefix, numbered] of byPrefix) {
    const run = longestRun(numbered.sort((a, b) => a.index - b.index));
    if (run.length < LEAST_GROUP || run.length > MAX_DIMENSION) continue;
    const names = run.map(({ name }) => name);
    groups.push({ prefix, from: names[0], to: names[names.length - 1], dimension: names.length, names });
  }
  return groups;
}

function longestRun(sorted: readonly Numbered[]): readonly Numbered[] {
  let best: readonly Numbered[] = [];
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && sorted[end].index === sorted[end - 1].index + 1) end++;
    if (end - start > best.length) best = sorted.slice(start, end);
    start = end;
  }
  return best;
}

/** The name of the vector column that a group becomes: its prefix without the separators at its end ("emb_" → "emb"); a text column's own. */
export function groupName({ prefix, from, to }: Pick<ColumnGroup, 'prefix' | 'from' | 'to'>): string {
  if (from === to) return from;
  return prefix.replace(/[\s_.:#[(-]+$/u, '') || 'embedding';
}
