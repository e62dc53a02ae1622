// SPDX-License-Identifier: Apache-2.0
/** Alerts from one number with a lower limit: k of the latest windows have it over its threshold. */

/** What one window said of it. */
export interface Saying {
  /** In windows: what was new in it. */
  readonly weight: number;
  readonly speaks: boolean;
  readonly start: number;
}

/** Oldest first; no more than decisions need. */
export type Sayings = readonly Saying[];

/** A hair of rounding is no window. */
const HAIR = 1e-6;
const MOST = 512;

export function addSaying(sayings: Sayings, said: Saying, of: number): Sayings {
  const all = [...sayings, said].slice(-MOST);
  let weight = 0;
  let first = all.length;
  while (first > 0 && weight < of - HAIR) weight += all[--first]!.weight;
  return all.slice(first);
}

/** Undefined unless the newest speaks, and `k` windows in all. */
export function agreed(
  sayings: Sayings,
  { k }: { k: number },
): { drifting: number; of: number; since: number } | undefined {
  const spoken = sayings.filter(({ speaks }) => speaks);
  const drifting = weightOf(spoken);
  if (!sayings.at(-1)?.speaks || drifting < k - HAIR) return undefined;
  return { drifting: Math.round(drifting), of: Math.round(weightOf(sayings)), since: spoken[0]!.start };
}

export function weightOf(sayings: Sayings): number {
  return sayings.reduce((sum, { weight }) => sum + weight, 0);
}
