// SPDX-License-Identifier: Apache-2.0
/** Seeded rows and plans for the tests of vector kernels. */
import type { VectorPlan } from '../vectors.js';
import { bell, mixed, uniform } from './samples.js';

const NAN = Number.NaN;
const INFINITE = Number.POSITIVE_INFINITY;

/** Each gives value `i` of row `r` of `d`. Whatever a file may hold, rows that are far from what the plan expects included. */
export const ROW_SHAPES: Readonly<Record<string, (r: number, i: number, d: number, seed: number) => number>> =
  {
    bell: (r, i, d, seed) => bell(r * d + i, seed),
    'far from zero': (r, i, d, seed) => 100 + bell(r * d + i, seed),
    'some not finite': (r, i, d, seed) => {
      if (mixed(r, seed) % 3 !== 0) return bell(r * d + i, seed);
      if (i !== mixed(r, seed + 1) % d) return bell(r * d + i, seed);
      return [NAN, INFINITE, -INFINITE][mixed(r, seed + 2) % 3]!;
    },
    'zeros and repeated values': (r, i, d, seed) =>
      [0, i % 2 === 0 ? 0 : -0, 0.75, bell(r * d + i, seed)][mixed(r, seed) % 4]!,
    denormal: (r, i, d, seed) => bell(r * d + i, seed) * 1e-39,
    'forty orders of magnitude': (r, i, d, seed) =>
      bell(r * d + i, seed) * 10 ** Math.round(40 * uniform(r, seed + 9) - 20),
    'next to the largest': (r, i, d, seed) =>
      r % 2 === 0 ? bell(r * d + i, seed) : (mixed(r * d + i, seed) % 2 === 0 ? 1 : -1) * 3.4e38,
    'not one finite': () => NAN,
  };

/** n × d values of a shape, after `offset` others in their buffer. */
export function vectorRows(
  shape: string,
  { n, d, seed, offset = 0 }: { n: number; d: number; seed: number; offset?: number },
): Float32Array {
  const value = ROW_SHAPES[shape]!;
  const rows = new Float32Array(offset + n * d).subarray(offset);
  for (let r = 0; r < n; r++) for (let i = 0; i < d; i++) rows[r * d + i] = value(r, i, d, seed);
  return rows;
}

/** A plan in which nothing is a round number. */
export function vectorPlan(
  d: number,
  { count = 70, k = Math.min(d, 21), bandwidth = 0.6 * Math.sqrt(d), seed = 11 } = {},
): VectorPlan {
  const cuts = (size: number, middle: number) =>
    Float32Array.from({ length: size }, (_, i) => middle + (i - size / 2) * 0.13);
  return {
    dimension: d,
    fourier: { dimension: d, count, seed, bandwidth },
    center: Float32Array.from({ length: d }, (_, i) => 0.2 * bell(i, seed)),
    directions: Float32Array.from({ length: k * d }, (_, i) => bell(i, seed + 5)),
    drawn: Array.from({ length: Math.min(k, 5) }, (_, j) => cuts([0, 1, 2, 31, 100][j]!, 0)),
    normCuts: cuts(40, 0.58 * Math.sqrt(d)),
  };
}
