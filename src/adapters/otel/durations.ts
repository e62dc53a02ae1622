// SPDX-License-Identifier: Apache-2.0
import { LATENCY_BINS, LATENCY_EDGES } from '../../profile/latency.js';

/** Calls recorded in one go; the rest follow with the next update. */
const MOST_AT_ONCE = 2_000;

/** Hands new calls of a growing histogram on, one by one, as the middle of their bin: within 5 % of what they took. */
export class Durations {
  /** Counts that have been handed on. */
  #told: Float64Array | null = null;

  /** Calls `record` with seconds. The first histogram is what there was before. */
  update(latency: readonly number[], record: (seconds: number) => void): void {
    if (latency.length !== LATENCY_BINS) return;
    const told = this.#told;
    if (told === null || latency.some((count, bin) => !(count >= told[bin]!))) {
      this.#told = Float64Array.from(latency);
      return;
    }
    let left = MOST_AT_ONCE;
    for (let bin = 0; bin < latency.length && left > 0; bin++) {
      const count = Math.min(left, latency[bin]! - told[bin]!);
      for (let i = 0; i < count; i++) record(middleOf(bin) / 1_000);
      told[bin]! += count;
      left -= count;
    }
  }
}

/** ms. */
function middleOf(bin: number): number {
  if (bin === 0) return LATENCY_EDGES[0]! / 2;
  const low = LATENCY_EDGES[bin - 1]!;
  return bin < LATENCY_EDGES.length ? Math.sqrt(low * LATENCY_EDGES[bin]!) : low;
}
