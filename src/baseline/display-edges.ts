// SPDX-License-Identifier: Apache-2.0
/** Bins that a histogram is drawn with, about. */
const DISPLAY_BINS = 60;

/**
 * Equally spaced edges with 1-2-5 steps such that first ≤ low and high < last, at whole numbers for whole numbers. Empty
 * where floats are too coarse for that (a range of few ulps at a huge magnitude).
 */
export function displayEdges(low: number, high: number, integer: boolean): number[] {
  // Halves first: high − low may overflow.
  const wanted = high / DISPLAY_BINS - low / DISPLAY_BINS || constantWidth(low, integer);
  let exponent = Math.floor(Math.log10(wanted));
  let mantissa = 1;
  let distance = Infinity;
  for (const candidate of [1, 2, 5, 10]) {
    const off = Math.abs(Math.log(wanted / (candidate * 10 ** exponent)));
    if (off < distance) {
      distance = off;
      mantissa = candidate;
    }
  }
  if (integer && exponent < 0) {
    exponent = 0;
    mantissa = 1;
  }
  const edge = (k: number) => (k * mantissa * 10 ** Math.max(exponent, 0)) / 10 ** Math.max(-exponent, 0) + 0;
  const step = edge(1);
  const first = Math.floor(low / step);
  const last = Math.floor(high / step) + 1;
  // A margin of one at both ends where the range is a single value: a bar needs air on both sides.
  const margin = low === high && !integer ? 1 : 0;
  if (!(step > 0) || !Number.isSafeInteger(first) || !Number.isSafeInteger(last)) return [];
  const edges: number[] = [];
  for (let k = first - margin; k <= last + margin; k++) edges.push(edge(k));
  const increasing = edges.every((value, i) => Number.isFinite(value) && (i === 0 || value > edges[i - 1]!));
  return increasing && edges[0]! <= low && edges[edges.length - 1]! > high ? edges : [];
}

/** Step for a column of one value. */
function constantWidth(value: number, integer: boolean): number {
  if (integer) return 1;
  return Math.abs(value) / 10 || 1;
}
