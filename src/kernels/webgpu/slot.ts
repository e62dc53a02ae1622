// SPDX-License-Identifier: Apache-2.0
/** The words in which a batch leaves its sums on the device, and back into a partial. */
import type { VectorPartial, VectorPlan } from '../vectors.js';

/** Places of 32-bit words. Before `fourier`: rows, nonFinite, zero, constant (counts), Σ‖x‖, Σ‖x‖² (f32), wild rows. */
export interface SlotLayout {
  readonly fourier: number;
  readonly sums: number;
  readonly squares: number;
  readonly norms: number;
  readonly drawn: number;
  /** Words of a slot: a multiple of 64, so that slots start where copies and bindings may. */
  readonly words: number;
}

export function slotLayout({ dimension, fourier, directions, drawn, normCuts }: VectorPlan): SlotLayout {
  const k = directions.length / dimension;
  const sums = 8 + 2 * fourier.count;
  const squares = sums + k;
  const norms = squares + k;
  const bins = norms + normCuts.length + 1;
  const end = drawn.reduce((at, cuts) => at + cuts.length + 1, bins);
  return { fourier: 8, sums, squares, norms, drawn: bins, words: Math.ceil(end / 64) * 64 };
}

/** Rows of a slot that are in none of its sums, because f32 cannot hold their squares. */
export function wildIn(words: Uint32Array): number {
  return words[6]!;
}

/** Adds one slot to `partial`. */
export function addSlot(partial: VectorPartial, words: Uint32Array, layout: SlotLayout): void {
  const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
  partial.rows += words[0]!;
  partial.nonFinite += words[1]!;
  partial.zero += words[2]!;
  partial.constant += words[3]!;
  partial.normSum += floats[4]!;
  partial.normSquares += floats[5]!;
  addAt(partial.fourier, floats, layout.fourier);
  addAt(partial.sums, floats, layout.sums);
  addAt(partial.squares, floats, layout.squares);
  addAt(partial.norms, words, layout.norms);
  let at = layout.drawn;
  for (const counts of partial.drawn) {
    addAt(counts, words, at);
    at += counts.length;
  }
}

/** Adds what another backend measured. */
export function addPartial(partial: VectorPartial, other: VectorPartial): void {
  partial.rows += other.rows;
  partial.nonFinite += other.nonFinite;
  partial.zero += other.zero;
  partial.constant += other.constant;
  partial.normSum += other.normSum;
  partial.normSquares += other.normSquares;
  addAt(partial.fourier, other.fourier, 0);
  addAt(partial.sums, other.sums, 0);
  addAt(partial.squares, other.squares, 0);
  addAt(partial.norms, other.norms, 0);
  for (const [i, counts] of partial.drawn.entries()) addAt(counts, other.drawn[i]!, 0);
}

function addAt(sums: Float64Array, values: ArrayLike<number>, at: number): void {
  for (let i = 0; i < sums.length; i++) sums[i]! += values[at + i]!;
}
