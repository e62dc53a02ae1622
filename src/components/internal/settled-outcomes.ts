// SPDX-License-Identifier: Apache-2.0
import type { OutcomeSummary } from '../../performance/outcomes.js';

/** Of the labels that windows usually get, so many must have come. */
const ENOUGH = 0.8;

/**
 * Windows whose labels have come as far as they usually do: their number, from the first on. Labels come in an order of
 * their own (the flights of a morning before those of the evening), so the first of a window say little about all of it.
 */
export function settledWindows(
  outcomes: readonly (Pick<OutcomeSummary, 'rows'> | undefined)[],
  windows: readonly { readonly rows: number }[],
): number {
  const shares = outcomes.map((outcome, i) => (outcome?.rows ?? 0) / Math.max(1, windows[i]?.rows ?? 0));
  const known = shares.filter((share) => share > 0).sort((a, b) => a - b);
  const usual = known[Math.floor(known.length / 2)] ?? 0;
  return shares.findLastIndex((share) => share > 0 && share >= ENOUGH * usual) + 1;
}
