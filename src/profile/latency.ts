// SPDX-License-Identifier: Apache-2.0
/**
 * Times of calls as counts by fixed edges, so that histograms add wherever they were taken. Edges lie a factor of 1.1
 * apart from 10 µs to 10 minutes: a quantile is off by at most 4.9 %. Used on the page too, so it imports nothing.
 */

const LEAST = 0.01;
const MOST = 600_000;
const RATIO = 1.1;
const STEPS = Math.ceil(Math.log(MOST / LEAST) / Math.log(RATIO));

/** ms, ascending. The last is the first beyond 10 minutes. */
export const LATENCY_EDGES: Float64Array = Float64Array.from(
  { length: STEPS + 1 },
  (_, i) => LEAST * RATIO ** i,
);

/** Bins: below the first edge, between edges, from the last on. */
export const LATENCY_BINS = LATENCY_EDGES.length + 1;

export function emptyLatency(): Float64Array {
  return new Float64Array(LATENCY_BINS);
}

/** Counts a call of `ms`, or `calls` of them. Times that are no number, or below 0 (a clock that jumped), are left out. */
export function addLatency(counts: Float64Array, ms: number, calls = 1): void {
  if (!(ms >= 0)) return;
  counts[binOf(ms)]! += calls;
}

function binOf(ms: number): number {
  if (ms < LEAST) return 0;
  const guess = Math.min(STEPS, Math.floor(Math.log(ms / LEAST) / Math.log(RATIO)));
  // the logarithm may round across an edge
  if (ms < LATENCY_EDGES[guess]!) return guess;
  return guess < STEPS && ms >= LATENCY_EDGES[guess + 1]! ? guess + 2 : guess + 1;
}

/** Adds b's counts to a's. */
export function mergeLatency(a: Float64Array, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i]! += b[i] ?? 0;
}

/**
 * The time that a share of calls stayed within, as the middle (of logarithms) of its bin: 0 where calls took less than
 * 10 µs, the last edge where they took more than 10 minutes. NaN without calls.
 */
export function latencyQuantile(counts: Float64Array, share: number): number {
  let total = 0;
  for (const count of counts) total += count;
  if (total === 0) return Number.NaN;
  const rank = Math.max(1, Math.ceil(share * total));
  let below = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    below += counts[bin]!;
    if (below < rank) continue;
    if (bin === 0) return 0;
    return bin > STEPS ? LATENCY_EDGES[STEPS]! : Math.sqrt(LATENCY_EDGES[bin - 1]! * LATENCY_EDGES[bin]!);
  }
  return Number.NaN;
}
