// SPDX-License-Identifier: Apache-2.0
/** All that a frame with embeddings takes, as one module: it is loaded as one. */
import { compareEmbedding } from '../../distances/embedding/compare.js';
import { shareDifference } from '../../distances/share-difference.js';
import { giveWay } from '../../engine/turns.js';
import type { LinearKernels } from '../../kernels/vectors.js';
import type { EmbeddingMeters } from '../../profile/embedding-meters.js';
import { embeddingDrawing } from '../../report/embedding-drawing.js';
import { embeddingTests } from '../../verdict/hypotheses/embedding-tests.js';
import type { EmbeddingPair, EmbeddingTools } from './tools.js';

/** Work on embeddings with these kernels; `reason` says why these, in words. */
export function embeddingToolsOf(kernels: {
  readonly meters: EmbeddingMeters;
  readonly linear: LinearKernels;
  readonly reason: string;
}): EmbeddingTools {
  const { meters, linear, reason } = kernels;
  return {
    meters,
    embeddingTests,
    embeddingDrawing,
    async compare({ feature, reference, current, level, seed }: EmbeddingPair) {
      const { frame } = feature;
      if (frame.kind !== 'embedding') throw new Error(`"${feature.name}" is no embedding`);
      const pause = (): Promise<void> => giveWay();
      const { distances, facts } = await compareEmbedding({
        frame,
        reference,
        current,
        level,
        seed,
        linear,
        pause,
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
        exact: false,
        embedding: { ...facts, notes: [...facts.notes, `Vector kernels: ${reason}.`] },
      };
    },
  };
}
