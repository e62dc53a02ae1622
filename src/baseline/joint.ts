// SPDX-License-Identifier: Apache-2.0
import type { Numbers } from '../kernels/kernels.js';

/** Values of a rank span: ranks are whole numbers −RANK_SCALE … +RANK_SCALE, so that their sums stay exact. */
const RANK_SCALE = 127;
/** Most features of the joint test. */
export const MAX_JOINT = 64;
/** What the joint sums of the whole reference may cost, about a second each; wide and long data keeps fewer features. */
const PRODUCTS = 4e9;
const LOOKUPS = 2e8;
/** Share of rows that must be complete in all joint features, about. */
const COMPLETE = 0.8;

export interface JointCandidate {
  readonly name: string;
  /** Share of rows without a finite value. */
  readonly absentShare: number;
}

/** Takes the features with the fewest gaps while the rows complete in all of them stay many. Fewer than two: none. */
export function chooseJoint(candidates: readonly JointCandidate[], rows: number): string[] {
  const n = Math.max(1, rows);
  const limit = Math.floor(Math.min(MAX_JOINT, Math.sqrt((2 * PRODUCTS) / n), LOOKUPS / n));
  const chosen = new Set<string>();
  let complete = 1;
  for (const { name, absentShare } of [...candidates].sort((a, b) => a.absentShare - b.absentShare)) {
    complete *= 1 - absentShare;
    if (complete < COMPLETE || chosen.size >= limit) break;
    chosen.add(name);
  }
  // In the order of the schema, whatever the gaps.
  return chosen.size < 2 ? [] : candidates.filter(({ name }) => chosen.has(name)).map(({ name }) => name);
}

/**
 * Mid-rank of each bin in the sorted reference (sample), scaled to −127 … 127. `values` is ascending and finite; the
 * result has cuts + 1 entries, bin i = [cuts[i−1], cuts[i]).
 */
export function binRanks(values: Numbers, cuts: Float64Array): Int8Array {
  const ranks = new Int8Array(cuts.length + 1);
  let below = 0;
  for (let bin = 0; bin < ranks.length; bin++) {
    const start = below;
    const cut = bin < cuts.length ? cuts[bin]! : Infinity;
    while (below < values.length && values[below]! < cut) below++;
    const middle = values.length === 0 ? 0.5 : (start + below) / (2 * values.length);
    ranks[bin] = Math.round((2 * middle - 1) * RANK_SCALE);
  }
  return ranks;
}
