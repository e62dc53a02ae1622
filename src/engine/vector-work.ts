// SPDX-License-Identifier: Apache-2.0
/** Work on embeddings, with kernels that are loaded when a column first needs them: most tables have none. */
import type { LaidEmbedding } from '../baseline/embedding/fit.js';
import type { EmbeddingFrame, Frame } from '../baseline/frame.js';
import type { FrameBuilder } from '../baseline/frame-builder.js';
import { withEmbeddings } from '../baseline/with-embeddings.js';
import { vectorWork, WEBGPU_WORK } from '../kernels/gpu-crossover.js';
import type { LinearKernels } from '../kernels/vectors.js';
import { EmbeddingMeters } from '../profile/embedding-meters.js';
import type { Settings } from '../verdict/settings.js';
import type { LaidFrame } from './laid-frame.js';
import { giveWay } from './turns.js';

export interface VectorTools {
  readonly meters: EmbeddingMeters;
  readonly linear: LinearKernels;
  /** Why these kernels, in words. */
  readonly reason: string;
}

let loaded: Promise<VectorTools> | null = null;
let loadedForMuch: Promise<VectorTools> | null = null;

/** One set a thread. */
export function vectorTools(): Promise<VectorTools> {
  loaded ??= load(0);
  // A chunk that could not be fetched is asked for again.
  loaded.catch(() => {
    loaded = null;
  });
  return loaded;
}

/**
 * What profiles of this frame need to measure its embeddings; undefined where there are none. With many `rows` to come
 * they may use a graphics card.
 */
export async function metersOf(frame: Frame, rows = 0): Promise<EmbeddingMeters | undefined> {
  const embeddings = frame.features.flatMap((feature) =>
    feature.frame.kind === 'embedding' ? [feature.frame] : [],
  );
  if (embeddings.length === 0) return undefined;
  const work = embeddings.reduce((sum, { dimension, frequencies, directions }) => {
    return sum + vectorWork(rows, { dimension, frequencies, directions: directions.length / dimension });
  }, 0);
  return (await (work < WEBGPU_WORK ? vectorTools() : toolsForMuch(work))).meters;
}

/** A second set, in the threads that have much to do. */
function toolsForMuch(work: number): Promise<VectorTools> {
  loadedForMuch ??= load(work);
  loadedForMuch.catch(() => {
    loadedForMuch = null;
  });
  return loadedForMuch;
}

async function load(work: number): Promise<VectorTools> {
  const { chooseVectorKernels } = await import('../kernels/choose-vectors.js');
  const { vectors, linear, reason } = await chooseVectorKernels({ work });
  return { meters: new EmbeddingMeters(vectors), linear, reason };
}

/** The builder's frame, its embeddings laid on the sampled rows. */
export async function laidFrame(
  builder: FrameBuilder,
  { seed, embeddings = {} }: Pick<Settings, 'seed' | 'embeddings'>,
  signal?: AbortSignal,
): Promise<LaidFrame> {
  const { linear } = await vectorTools();
  const { layEmbedding } = await import('../baseline/embedding/fit.js');
  const laid = new Map<string, LaidEmbedding>();
  for (const [name, sample] of builder.vectors) {
    const rows = sample.rows();
    if (rows.length === 0) continue;
    const pause = (): Promise<void> => giveWay(signal);
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
