// SPDX-License-Identifier: Apache-2.0
import type { FeatureComparison } from '../distances/comparison.js';
import { shareDifference } from '../distances/share-difference.js';
import type { FeatureTask } from './measure-feature.js';
import { giveWay } from './turns.js';
import { vectorTools } from './vector-work.js';

/** One embedding from parts to distances; with all rows at hand also what needs them. */
export async function measureEmbedding(task: FeatureTask, signal?: AbortSignal): Promise<FeatureComparison> {
  const { feature, reference, current, vectors, level, seed } = task;
  const { frame } = feature;
  if (frame.kind !== 'embedding' || reference.kind !== 'embedding' || current.kind !== 'embedding')
    throw new Error(`"${feature.name}" is no embedding on both sides`);
  const { linear, reason } = await vectorTools();
  const { compareEmbedding } = await import('../distances/embedding/compare.js');
  const { distances, facts } = await compareEmbedding({
    frame,
    reference,
    current,
    ...(vectors === undefined ? {} : { rows: vectors }),
    level,
    seed,
    linear,
    pause: () => giveWay(signal),
  });
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
    exact: vectors !== undefined,
    embedding: { ...facts, notes: [...facts.notes, `Vector kernels: ${reason}.`] },
  };
}
