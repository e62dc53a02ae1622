// SPDX-License-Identifier: Apache-2.0
import type { FeatureComparison } from '../distances/comparison.js';
import type { FeatureTask } from './measure-feature.js';
import { giveWay } from './turns.js';
import { vectorTools } from './vector-work.js';

/** As `measureFeature`, of an embedding: what compares it is loaded when a table first holds one. */
export async function measureEmbedding(task: FeatureTask, signal?: AbortSignal): Promise<FeatureComparison> {
  const { feature, reference, current, vectors, level, seed } = task;
  if (reference.kind !== 'embedding' || current.kind !== 'embedding')
    throw new Error(`"${feature.name}" is no embedding on both sides`);
  const kernels = await vectorTools();
  const { compareEmbeddingFeature } = await import('../distances/embedding/compare-feature.js');
  return compareEmbeddingFeature({
    feature,
    reference,
    current,
    ...(vectors === undefined ? {} : { rows: vectors }),
    level,
    seed,
    kernels,
    pause: () => giveWay(signal),
  });
}
