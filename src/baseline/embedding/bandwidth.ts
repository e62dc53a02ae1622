// SPDX-License-Identifier: Apache-2.0
import type { LinearKernels } from '../../kernels/vectors.js';

/**
 * The median heuristic: the median Euclidean distance of all pairs of different rows. Where most rows are equal that is
 * 0, and the mean of the positive distances serves; 1 where all are equal. `rows` should be centred: distances come from
 * f32 products.
 */
export function medianDistance(rows: Float32Array, d: number, linear: LinearKernels): number {
  const n = rows.length / d;
  if (n < 2) return 1;
  const all = linear.squaredDistances(rows, rows, d);
  const pairs = new Float32Array((n * (n - 1)) / 2);
  let count = 0;
  for (let i = 0; i < n; i++) {
    const from = i * n;
    for (let j = 0; j < i; j++) {
      const value = all[from + j]!;
      pairs[count++] = value > 0 ? value : 0;
    }
  }
  let largest = 0;
  for (let i = 0; i < count; i++) if (pairs[i]! > largest) largest = pairs[i]!;
  // Differences that f32 products cannot tell from 0.
  const floor = largest * 1e-7;
  const [below, above] = atRanks(pairs, (count - 1) >> 1, count >> 1);
  const middle = (Math.sqrt(below) + Math.sqrt(above)) / 2;
  if (middle * middle > floor) return middle;
  let sum = 0;
  let positive = 0;
  for (let i = 0; i < count; i++) {
    if (!(pairs[i]! > floor)) continue;
    sum += Math.sqrt(pairs[i]!);
    positive++;
  }
  return positive > 0 ? sum / positive : 1;
}

/** The values of two neighbouring ranks among values ≥ 0, whose bits are in the order of the values: by the upper half, then a sort. */
function atRanks(values: Float32Array, first: number, last: number): [number, number] {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const counts = new Uint32Array(2 ** 16);
  for (let i = 0; i < bits.length; i++) counts[bits[i]! >>> 16]!++;
  let [low, before] = [0, 0];
  while (before + counts[low]! <= first) before += counts[low++]!;
  let [high, until] = [low, before + counts[low]!];
  while (until <= last) until += counts[++high]!;
  const inside = new Float32Array(until - before);
  let kept = 0;
  for (let i = 0; i < bits.length; i++) {
    const bin = bits[i]! >>> 16;
    if (bin >= low && bin <= high) inside[kept++] = values[i]!;
  }
  inside.sort();
  return [inside[first - before]!, inside[last - before]!];
}
