// SPDX-License-Identifier: Apache-2.0

/**
 * Chance of a state that a row may be in (a category, "missing") at least as rare as this one, from how often reference
 * rows were in each: the share of rows, the new one among them, whose state is then no more frequent than its own (a
 * conformal p-value, so at most a share p of rows like the reference's gets p or less). A state that no row was in counts 0.
 */
export function stateChances(counts: readonly number[]): {
  readonly of: readonly number[];
  readonly unseen: number;
} {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const order = counts.map((_, state) => state).sort((a, b) => counts[a]! - counts[b]!);
  /** Rows in states with at most so many rows as the state at this place in the order. */
  const held: number[] = [];
  let sum = 0;
  for (const state of order) {
    sum += counts[state]!;
    held.push(sum);
  }
  /** Rows of other states that have at most `most` rows. */
  const rarer = (most: number): number => {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (counts[order[middle]!]! <= most) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? 0 : held[low - 1]!;
  };
  // With the new row its state has one row more: states of that size are no rarer than it. Its own rows are among them.
  const chance = (count: number) => Math.min(1, (rarer(count + 1) + 1) / (rows + 1));
  return { of: counts.map(chance), unseen: chance(0) };
}
