// SPDX-License-Identifier: Apache-2.0
/**
 * Bounds of A² that hold for any arrangement of the rows inside their bins. A tie of l rows after r others adds
 * l·mn·Δ²/D, D(r, l) = r(N − r) + l(N/4 − r) − l²/4, Δ the mean of F − G before and after it (anderson-darling.ts; single
 * rows are ties of one). For a row of rank i in a bin of ranks R … R + k, the tie around it has R ≤ r ≤ i < r + l ≤ R + k;
 * D is concave in (r, l), so that it is least at a corner of that region.
 */
import { type AnchoredBins, deltaRange } from './anchored-bins.js';

export function andersonDarlingBounds(bins: AnchoredBins): { lower: number; upper: number } {
  const { a, b, m, n, delta, point, negative, positive } = bins;
  const total = m + n;
  let [lower, upper, rank] = [0, 0, 0];
  const tie = (rows: number, start: number, end: number) => {
    const d = tieWeight(rank, rows, total);
    if (rows > 0 && d > 0) {
      const term = (rows * ((start + end) / 2) ** 2) / d;
      lower += term;
      upper += term;
    }
    rank += rows;
  };
  tie(negative[0] + negative[1], 0, delta[0]);
  for (let i = 0; i < a.length; i++) {
    const rows = a[i] + b[i];
    if (rows === 0) continue;
    if (point[i] || rows === 1) {
      tie(rows, delta[i], delta[i + 1]);
      continue;
    }
    const [low, high] = deltaRange(bins, i);
    const least = low > 0 ? low : high < 0 ? -high : 0;
    const middle = Math.min(rank + rows, Math.max(rank, total / 2));
    lower += (rows * least * least) / (middle * (total - middle));
    upper += Math.max(low * low, high * high) * inverseWeights(rank, rows, total);
    rank += rows;
  }
  tie(positive[0] + positive[1], delta[a.length], 0);
  const scale = (m * n * (total - 1)) / total;
  return { lower: lower * scale, upper: upper * scale };
}

/** D(r, l). */
function tieWeight(r: number, l: number, total: number): number {
  return r * (total - r) + l * (total / 4 - r) - (l * l) / 4;
}

/**
 * Σ over the rows of a bin of 1/(least D of the row), in blocks that grow with the distance from both ends: within a block
 * the corners are concave in i as well, so that its first and last row are enough.
 */
function inverseWeights(first: number, rows: number, total: number): number {
  const least = (i: number) =>
    Math.min(
      tieWeight(first, i + 1 - first, total),
      tieWeight(first, rows, total),
      tieWeight(i, 1, total),
      tieWeight(i, first + rows - i, total),
    );
  let sum = 0;
  for (let i = first; i < first + rows; ) {
    const near = Math.min(i, total - i);
    const size = Math.min(first + rows - i, Math.max(1, Math.floor(near / 8)));
    const d = Math.min(least(i), least(i + size - 1));
    if (d > 0) sum += size / d;
    i += size;
  }
  return sum;
}
