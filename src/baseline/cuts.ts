// SPDX-License-Identifier: Apache-2.0
import type { Numbers } from '../kernels/kernels.js';
import { displayEdges } from './display-edges.js';
import type { NumberFrame } from './frame.js';
import { nextUp } from './next-up.js';

export interface CutOptions {
  /** Equal-mass bins. Default 128: KS error at most 1/128, 0.001 on average. */
  readonly bins?: number;
  /** Only whole numbers in the reference. Default: told from the sample. */
  readonly integer?: boolean;
  /** Exact finite extremes of the whole reference, where the sample is not all of it. Default: the sample's. */
  readonly min?: number;
  readonly max?: number;
}

/** Tail masses that get a cut of their own, on both sides, where they hold more than TAIL_ROWS rows. */
const TAILS = [1e-3, 1e-4, 1e-5];
const TAIL_ROWS = 2;

/**
 * Lays the cuts of a numeric column: equal-mass quantiles, tail quantiles, two cuts round every atom (a value with at
 * least 1/(2·bins) of the rows), the sentinels min and nextUp(max), and readable edges for drawing.
 *
 * Any cuts give valid bounds, since the bounds use counted masses; from a sample they are merely a little less even.
 * `sorted` is ascending without NaN; ±Infinity at its ends are left out. Without a finite value there are no cuts.
 */
export function numberFrame(sorted: Numbers, options: CutOptions = {}): NumberFrame {
  const values = finitePart(sorted);
  const n = values.length;
  if (n === 0) {
    return {
      kind: 'number',
      integer: false,
      cuts: new Float64Array(0),
      shift: 0,
      display: new Uint32Array(0),
    };
  }
  const { bins = 128, integer = values.every(Number.isInteger) } = options;
  const min = Math.min(options.min ?? Infinity, values[0]!);
  const max = Math.max(options.max ?? -Infinity, values[n - 1]!);

  // The greatest f64 has no cut above it: it falls into the last bin.
  const top = max < Number.MAX_VALUE ? nextUp(max) : max;
  const cuts: number[] = [min, top];
  for (let k = 1; k < bins; k++) cuts.push(values[Math.floor((k * n) / bins)]!);
  for (const tail of TAILS) {
    const rows = Math.floor(tail * n);
    if (rows > TAIL_ROWS) cuts.push(values[rows]!, values[n - rows]!);
  }
  for (const value of atoms(values, Math.max(2, n / (2 * bins)))) {
    cuts.push(value);
    if (value < Number.MAX_VALUE) cuts.push(nextUp(value));
  }
  const low = values[Math.floor(0.005 * n)]!;
  const high = values[Math.ceil(0.995 * n) - 1]!;
  const edges = within(displayEdges({ low, high, integer }), min, top);
  for (const edge of edges) cuts.push(edge);

  const unique = Float64Array.from(new Set(Float64Array.from(cuts, (cut) => cut + 0).sort()));
  return { kind: 'number', integer, cuts: unique, shift: center(values), display: indicesOf(edges, unique) };
}

/** Edges inside the range, closed by its ends where an edge lies outside: the sentinels stay the outermost cuts. */
function within(edges: readonly number[], min: number, top: number): number[] {
  const first = edges[0] ?? min;
  const last = edges[edges.length - 1] ?? top;
  const inside = edges.filter((edge) => edge > min && edge < top);
  return [...(first <= min ? [min] : []), ...inside, ...(last >= top && top > min ? [top] : [])];
}

/** The values between −Infinity and +Infinity at the ends of a sorted array. */
export function finitePart(sorted: Numbers): Numbers {
  let start = 0;
  let end = sorted.length;
  while (start < end && sorted[start] === -Infinity) start++;
  while (end > start && sorted[end - 1] === Infinity) end--;
  return sorted.subarray(start, end);
}

/** Values that occur at least `rows` times. */
function atoms(values: Numbers, rows: number): number[] {
  const found: number[] = [];
  let start = 0;
  for (let i = 1; i <= values.length; i++) {
    if (i < values.length && values[i] === values[start]) continue;
    if (i - start >= rows) found.push(values[start]!);
    start = i;
  }
  return found;
}

/** The mean, or the median where the sum leaves the range of f64. */
function center(values: Numbers): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  const mean = sum / values.length;
  // `+ 0` turns −0 into +0, which have one hash.
  return (Number.isFinite(mean) ? mean : values[values.length >> 1]!) + 0;
}

function indicesOf(edges: readonly number[], cuts: Float64Array): Uint32Array {
  const places = new Map<number, number>();
  cuts.forEach((cut, index) => {
    places.set(cut, index);
  });
  return Uint32Array.from(edges, (edge) => places.get(edge)!);
}
