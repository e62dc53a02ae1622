// SPDX-License-Identifier: Apache-2.0
import { type LaidEmbedding, layEmbedding } from '../baseline/embedding/fit.js';
import type { EmbeddingFrame, Frame } from '../baseline/frame.js';
import type { FrameBuilder } from '../baseline/frame-builder.js';
import { withEmbeddings } from '../baseline/with-embeddings.js';
import type { LinearKernels } from '../kernels/vectors.js';
import type { Settings } from '../verdict/settings.js';
import type { LaidFrame } from './laid-frame.js';

/** The builder's frame, its embeddings laid on the sampled rows with these kernels. */
export async function layFrameOn(
  builder: FrameBuilder,
  options: Pick<Settings, 'seed' | 'embeddings'> & {
    readonly linear: LinearKernels;
    readonly pause: () => Promise<void>;
  },
): Promise<LaidFrame> {
  const { seed, embeddings = {}, linear, pause } = options;
  const laid = new Map<string, LaidEmbedding>();
  for (const [name, sample] of builder.vectors) {
    const rows = sample.rows();
    if (rows.length === 0) continue;
    laid.set(
      name,
      await layEmbedding(rows, {
        dimension: sample.dimension,
        seed,
        linear,
        pause,
        ...(embeddings.size === undefined ? {} : { size: embeddings.size }),
        ...(embeddings.rows === undefined ? {} : { keepRows: embeddings.rows }),
      }),
    );
  }
  const frame = builder.finish(new Map([...laid].map(([name, embedding]) => [name, embedding.frame])));
  const finish = async (): Promise<Frame> => {
    const fitted = new Map<string, EmbeddingFrame>();
    for (const [name, embedding] of laid) fitted.set(name, await embedding.finish());
    return withEmbeddings(frame, fitted);
  };
  return { frame, finish };
}
