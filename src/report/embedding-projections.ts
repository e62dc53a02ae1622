// SPDX-License-Identifier: Apache-2.0
/** What a profile alone tells of an embedding: both sides on the first components. */
import type { EmbeddingFrame } from '../baseline/frame.js';
import type { EmbeddingPart } from '../profile/parts.js';
import type { EmbeddingProjection } from './embedding-view.js';

/** Histograms of the components that the frame draws, and of the norm where it is not 1 throughout; largest change first. */
export function embeddingProjections(
  frame: EmbeddingFrame,
  reference: EmbeddingPart,
  current: EmbeddingPart,
): EmbeddingProjection[] {
  if (reference.measured === 0 || current.measured === 0) return [];
  const found = frame.drawn.map((cuts, i) => ({
    ...projection(`component ${i + 1}`, cuts, reference.drawn[i]!, current.drawn[i]!),
    means: [reference.sums[i]! / reference.measured, current.sums[i]! / current.measured] as const,
  }));
  if (!frame.unitNorm) {
    found.push({
      ...projection('length', frame.normCuts, reference.norms, current.norms),
      means: [reference.normSum / reference.measured, current.normSum / current.measured],
    });
  }
  return found.sort((a, b) => b.ks - a.ks);
}

function projection(
  name: string,
  cuts: Float32Array,
  reference: Float64Array,
  current: Float64Array,
): EmbeddingProjection & { readonly ks: number } {
  const a = shares(reference);
  const b = shares(current);
  let gap = 0;
  let ks = 0;
  for (let i = 0; i < a.length; i++) {
    gap += a[i]! - b[i]!;
    ks = Math.max(ks, Math.abs(gap));
  }
  return { name, edges: [...cuts], reference: a, current: b, ks };
}

function shares(counts: Float64Array): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return Array.from(counts, (count) => count / Math.max(1, total));
}
