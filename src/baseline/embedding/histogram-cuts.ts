// SPDX-License-Identifier: Apache-2.0
/** Steps between the outermost cuts of a drawn histogram. */
const STEPS = 56;
/** Of these rows on either side the cuts need not tell apart. */
const TAIL = 0.002;
/** The range of the rest is widened by this share on each side: a drift is to be seen, too. */
const MARGIN = 0.15;

/**
 * Equally spaced cuts for drawing, strictly increasing in f32, around the bulk of the values. Values that do not vary get
 * a narrow range around theirs. Empty for no values.
 */
export function histogramCuts(values: Float64Array | Float32Array): Float32Array {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  if (n === 0) return new Float32Array(0);
  const tail = Math.floor(TAIL * n);
  let low = sorted[tail]!;
  let high = sorted[n - 1 - tail]!;
  // Eight f32 steps a bin, so that rounding keeps the cuts apart and even.
  const least = Math.max(STEPS * 8 * 2 ** -23 * Math.max(Math.abs(low), Math.abs(high)), 1e-30);
  const widened = Math.max((high - low) * MARGIN, least / 2);
  low -= widened;
  high += widened;
  return Float32Array.from({ length: STEPS + 1 }, (_, i) => low + ((high - low) * i) / STEPS);
}
