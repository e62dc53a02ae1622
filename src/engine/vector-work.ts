// SPDX-License-Identifier: Apache-2.0
/** Work on embeddings, with kernels that are loaded when a column first needs them: most tables have none. */
import type { EmbeddingFrame, Frame } from '../baseline/frame.js';
import type { FrameBuilder } from '../baseline/frame-builder.js';
import type { LinearKernels } from '../kernels/vectors.js';
import { EmbeddingMeters } from '../profile/embedding-meters.js';
import type { Settings } from '../verdict/settings.js';
import { giveWay } from './turns.js';

export interface VectorTools {
  readonly meters: EmbeddingMeters;
  readonly linear: LinearKernels;
  /** Why these kernels, in words. */
  readonly reason: string;
}

let loaded: Promise<VectorTools> | null = null;

/** One set a thread. */
export function vectorTools(): Promise<VectorTools> {
  loaded ??= import('../kernels/choose-vectors.js')
    .then(({ chooseVectorKernels }) => chooseVectorKernels())
    .then(({ vectors, linear, reason }) => ({ meters: new EmbeddingMeters(vectors), linear, reason }));
  // A chunk that could not be fetched is asked for again.
  loaded.catch(() => {
    loaded = null;
  });
  return loaded;
}

/** What profiles of this frame need to measure its embeddings; undefined where there are none. */
export async function metersOf(frame: Frame): Promise<EmbeddingMeters | undefined> {
  if (!frame.features.some(({ kind }) => kind === 'embedding')) return undefined;
  return (await vectorTools()).meters;
}

/** The builder's frame, its embeddings fitted on the sampled rows. */
export async function finishedFrame(
  builder: FrameBuilder,
  { seed, embeddings = {} }: Pick<Settings, 'seed' | 'embeddings'>,
  signal?: AbortSignal,
): Promise<Frame> {
  if (builder.vectors.size === 0) return builder.finish();
  const { linear } = await vectorTools();
  const { fitEmbedding } = await import('../baseline/embedding/fit.js');
  const fitted = new Map<string, EmbeddingFrame>();
  for (const [name, sample] of builder.vectors) {
    const rows = sample.rows();
    if (rows.length === 0) continue;
    const pause = (): Promise<void> => giveWay(signal);
    fitted.set(
      name,
      await fitEmbedding(rows, {
        dimension: sample.dimension,
        seed,
        linear,
        pause,
        ...(embeddings.size === undefined ? {} : { size: embeddings.size }),
        ...(embeddings.rows === undefined ? {} : { keepRows: embeddings.rows }),
      }),
    );
  }
  return builder.finish(fitted);
}
