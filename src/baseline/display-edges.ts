// SPDX-License-Identifier: Apache-2.0
import type { NumberFrame } from './frame.js';

/** Bins that a histogram is drawn with, about. */
const DISPLAY_BINS = 60;

/**
 * Equally spaced edges with 1-2-5 steps such that first ≤ low and high < last, at whole numbers for whole numbers. Empty
 * for a single value, and where floats are too coarse (a range of few ulps at a huge magnitude).
 */
export function displayEdges({
  low,
  high,
  integer,
}: {
  low: number;
  high: number;
  integer: boolean;
}): number[] {
  // Divided first: high − low may overflow.
  const wanted = high / DISPLAY_BINS - low / DISPLAY_BINS;
  if (!(wanted > 0)) return [];
  let exponent = Math.floor(Math.log10(wanted));
  let mantissa = 1;
  let least = Infinity;
  for (const candidate of [1, 2, 5, 10]) {
    const off = Math.abs(Math.log(wanted / (candidate * 10 ** exponent)));
    if (off >= least) continue;
    least = off;
    mantissa = candidate;
  }
  if (integer && exponent < 0) {
    exponent = 0;
    mantissa = 1;
  }
  // Two whole factors: k · 2 / 10³ is the float that .002 k is written as, k · .002 may not be.
  const edge = (k: number) => (k * mantissa * 10 ** Math.max(exponent, 0)) / 10 ** Math.max(-exponent, 0);
  const first = Math.floor(low / edge(1));
  const last = Math.floor(high / edge(1)) + 1;
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last)) return [];
  const edges: number[] = [];
  for (let k = first; k <= last; k++) edges.push(edge(k) + 0);
  const increasing = edges.every((value, i) => Number.isFinite(value) && (i === 0 || value > edges[i - 1]!));
  return increasing && edges[0]! <= low && edges[edges.length - 1]! > high ? edges : [];
}

/**
 * The display edges of a frame for drawing, equally spaced to a thousandth of a step: where the first or the last is a
 * sentinel further in than that, it is moved out to the readable edge. No reference value lies between, so its counts stay what they are.
 */
export function drawnEdges({ cuts, display, integer }: NumberFrame): number[] {
  const edges = Array.from(display, (index) => cuts[index]!);
  const count = edges.length;
  if (count < 2) return edges;
  const [first, last] = [edges[0]!, edges[count - 1]!];
  if (count >= 4) {
    const step = edges[2]! - edges[1]!;
    if (first > edges[1]! - 0.999 * step) edges[0] = rounded(edges[1]! - step);
    if (last < edges[count - 2]! + 0.999 * step) edges[count - 1] = rounded(edges[count - 2]! + step);
  } else if (integer) {
    edges[count - 1] = Math.floor(last) + 1;
  } else if (count === 2 && last - first <= 1e-9 * Math.abs(first)) {
    // A single value: a bar with it in its middle.
    const half = Math.abs(first) / 20 || 0.5;
    return [first - half, first + half];
  }
  return edges;
}

/** Without the last bits that a subtraction leaves behind (.3 − .1 = .19999999999999998). */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
