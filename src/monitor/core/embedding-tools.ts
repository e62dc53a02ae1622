// SPDX-License-Identifier: Apache-2.0
/** All that a frame with embeddings takes, as one module: it is loaded as one. */
import { compareEmbeddingFeature } from '../../distances/embedding/compare-feature.js';
import { giveWay } from '../../engine/turns.js';
import type { LinearKernels } from '../../kernels/vectors.js';
import type { EmbeddingMeters } from '../../profile/embedding-meters.js';
import { embeddingDrawing } from '../../report/embedding-drawing.js';
import { embeddingTests } from '../../verdict/hypotheses/embedding-tests.js';
import type { EmbeddingTools } from './tools.js';

/** Work on embeddings with these kernels; `reason` says why these, in words. */
export function embeddingToolsOf(kernels: {
  readonly meters: EmbeddingMeters;
  readonly linear: LinearKernels;
  readonly reason: string;
}): EmbeddingTools {
  return {
    meters: kernels.meters,
    embeddingTests,
    embeddingDrawing,
    compare: (pair) => compareEmbeddingFeature({ ...pair, kernels, pause: () => giveWay() }),
  };
}
