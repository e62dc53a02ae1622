// SPDX-License-Identifier: Apache-2.0
import type { Feature } from '../../baseline/frame.js';
import type { LinearKernels } from '../../kernels/vectors.js';
import type { EmbeddingPart } from '../../profile/parts.js';
import type { FeatureComparison } from '../comparison.js';
import { shareDifference } from '../share-difference.js';
import { compareEmbedding, type EmbeddingInput } from './compare.js';

export interface EmbeddingFeatureInput extends Omit<EmbeddingInput, 'frame' | 'linear'> {
  readonly feature: Feature;
  readonly reference: EmbeddingPart;
  readonly current: EmbeddingPart;
  /** `reason`: why these kernels, in words. */
  readonly kernels: { readonly linear: LinearKernels; readonly reason: string };
}

/** One embedding from parts to distances; with all rows at hand also what needs them. */
export async function compareEmbeddingFeature({
  feature,
  kernels: { linear, reason },
  ...input
}: EmbeddingFeatureInput): Promise<FeatureComparison> {
  const { reference, current, level, rows } = input;
  const { frame } = feature;
  if (frame.kind !== 'embedding') throw new Error(`"${feature.name}" is no embedding`);
  const { distances, facts } = await compareEmbedding({ ...input, frame, linear });
  return {
    feature,
    reference,
    current,
    distances,
    missingness: shareDifference({
      reference: [reference.missing, reference.rows],
      current: [current.missing, current.rows],
      level,
    }),
    exact: rows !== undefined,
    embedding: { ...facts, notes: [...facts.notes, `Vector kernels: ${reason}.`] },
  };
}
