// SPDX-License-Identifier: Apache-2.0
/** What a plan puts on the device once: packed matrices, center and cuts. */
import { turnMatrix } from '../frequencies.js';
import type { VectorPlan } from '../vectors.js';
import { type Panel, roundUp } from './limits.js';

/** Floats between rows on the device: whole vec4. */
export function strideOf(dimension: number): number {
  return roundUp(dimension, 4);
}

/**
 * Rows `panel.first` … of a row-major matrix (of `depth` columns) as the shaders read them: depth by depth, the panel's
 * columns beside each other, filled with zeros to whole tiles and to a depth of whole 16.
 */
export function packColumns(matrix: Float32Array, depth: number, panel: Panel): Float32Array<ArrayBuffer> {
  const { first, columns, padded } = panel;
  const packed = new Float32Array(roundUp(depth, 16) * padded);
  for (let column = 0; column < columns; column++) {
    const from = (first + column) * depth;
    for (let k = 0; k < depth; k++) packed[k * padded + column] = matrix[from + k]!;
  }
  return packed;
}

/** Frequencies in quarter turns: D × d. Times four is exact. */
export function quarterTurns(plan: VectorPlan): Float32Array {
  const turns = turnMatrix(plan.fourier);
  for (let i = 0; i < turns.length; i++) turns[i]! *= 4;
  return turns;
}

/** The starts of the drawn directions' cuts, one more for the end, as numbers of words; then the cuts, as bits. */
export function cutTable(drawn: readonly Float32Array[]): Uint32Array<ArrayBuffer> {
  const total = drawn.reduce((sum, cuts) => sum + cuts.length, 0);
  const words = new Uint32Array(drawn.length + 1 + total);
  const floats = new Float32Array(words.buffer);
  let at = drawn.length + 1;
  for (const [i, cuts] of drawn.entries()) {
    words[i] = at;
    floats.set(cuts, at);
    at += cuts.length;
  }
  words[drawn.length] = at;
  return words;
}

/** Rows that lie one behind the other, set apart by `stride`. */
export function spread(
  rows: Float32Array,
  { dimension, stride, to }: { dimension: number; stride: number; to: Float32Array },
): void {
  if (stride === dimension) {
    to.set(rows);
    return;
  }
  const n = rows.length / dimension;
  for (let r = 0; r < n; r++) to.set(rows.subarray(r * dimension, (r + 1) * dimension), r * stride);
}
