// SPDX-License-Identifier: Apache-2.0
import { hashText } from '../baseline/hash.js';

/** Unseen categories kept by name. */
export const MAX_UNSEEN_NAMES = 1_000;

/**
 * Keeps the names with the smallest hashes. A name that survives at the end was among the smallest all along, so its count
 * is exact, and merging is associative; which names are kept has nothing to do with how frequent they are.
 */
export function pruneNames(names: Map<string, number>): Map<string, number> {
  if (names.size <= MAX_UNSEEN_NAMES) return names;
  const ordered = [...names.keys()].map((name) => ({ name, hash: hashText(name) }));
  ordered.sort((a, b) => a.hash - b.hash || (a.name < b.name ? -1 : 1));
  return new Map(ordered.slice(0, MAX_UNSEEN_NAMES).map(({ name }) => [name, names.get(name)!]));
}

/** Sum of two bounded name counts. */
export function mergeNames(
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
): Map<string, number> {
  const merged = new Map(a);
  for (const [name, count] of b) merged.set(name, (merged.get(name) ?? 0) + count);
  return pruneNames(merged);
}
