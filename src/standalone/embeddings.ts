// SPDX-License-Identifier: Apache-2.0
/**
 * Takes the place of the modules that work on embeddings in the standalone file for tables. No vector comes in (open.ts,
 * baseline-file.ts), so no comparison gets to those that refuse; a caller who asks for an embedding by name is told why.
 */
import type { FrameBuilder } from '../baseline/frame-builder.js';
import type { LaidFrame } from '../engine/laid-frame.js';
import { refuse } from './left-out.js';

/** Of profile/embedding-meters.ts: every pass asks whether it may go on. */
export class EmbeddingPass {
  readonly add = refuse;
  room(): undefined {}
  async settle(): Promise<void> {}
}

/** Of engine/vector-work.ts. */
export async function metersOf(): Promise<undefined> {}

/** Of engine/vector-work.ts. */
export async function laidFrame(builder: FrameBuilder): Promise<LaidFrame> {
  const frame = builder.finish();
  return { frame, finish: async () => frame };
}

export {
  refuse as embeddingChanges,
  refuse as embeddingDrawing,
  refuse as embeddingPicture,
  refuse as embeddingTests,
  refuse as groupColumns,
  refuse as lengthAdvice,
  refuse as listColumns,
  refuse as measureEmbedding,
  refuse as RecordVectors,
  refuse as readVectors,
  refuse as unfitted,
  refuse as VectorReader,
  refuse as VectorSample,
};
