// SPDX-License-Identifier: Apache-2.0
/** The equally wide bins of numpy.histogram_bin_edges and numpy.histogram, on which other monitors' numbers rest. */
import type { Numbers } from '../../kernels/kernels.js';

/** Sturges' rule on floats: width range/(log₂ n + 1). At most n bins come of it. */
export function sturgesEdges(values: Numbers): Float64Array {
  const [min, max] = extremes(values);
  return edgesOfWidth(min, max, (max - min) / (Math.log2(values.length) + 1));
}

/** Doane's rule (1976): Sturges' with a term for the skewness. */
export function doaneEdges(values: Numbers): Float64Array {
  const n = values.length;
  const [min, max] = extremes(values);
  let mean = 0;
  for (const x of values) mean += x / n;
  let second = 0;
  let third = 0;
  for (const x of values) {
    second += (x - mean) ** 2 / n;
    third += (x - mean) ** 3 / n;
  }
  if (n <= 2 || !(second > 0)) return edgesOfWidth(min, max, 0);
  const spread = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  const skewness = Math.abs(third / second ** 1.5);
  return edgesOfWidth(min, max, (max - min) / (1 + Math.log2(n) + Math.log2(1 + skewness / spread)));
}

/** `bins` equally wide bins over the range of `values`. */
export function equalEdges(values: Numbers, bins: number): Float64Array {
  return spaced(...widened(...extremes(values)), bins);
}

/** Counts per bin, the last one closed on the right; values outside are left out. */
export function histogramOf(values: Numbers, edges: Float64Array): Float64Array {
  const bins = edges.length - 1;
  const counts = new Float64Array(bins);
  for (const x of values) {
    if (!(x >= edges[0] && x <= edges[bins])) continue;
    let [low, high] = [0, bins - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (edges[middle] <= x) low = middle;
      else high = middle - 1;
    }
    counts[low]++;
  }
  return counts;
}

function edgesOfWidth(min: number, max: number, width: number): Float64Array {
  const bins = width > 0 ? Math.ceil((max - min) / width) : 1;
  return spaced(...widened(min, max), Math.max(1, bins));
}

/** A single value gets a bin of width 1 around it. */
function widened(min: number, max: number): [number, number] {
  return min === max ? [min - 0.5, max + 0.5] : [min, max];
}

function spaced(min: number, max: number, bins: number): Float64Array {
  const step = (max - min) / bins;
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => min + i * step);
  edges[bins] = max;
  return edges;
}

function extremes(values: Numbers): [number, number] {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const x of values) {
    if (x < min) min = x;
    if (x > max) max = x;
  }
  return [min, max];
}
