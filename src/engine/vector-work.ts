// SPDX-License-Identifier: Apache-2.0
/** Work on embeddings, with kernels that are loaded when a column first needs them: most tables have none. */
import type { Frame } from '../baseline/frame.js';
import type { FrameBuilder } from '../baseline/frame-builder.js';
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
  settings: Pick<Settings, 'seed' | 'embeddings'>,
  signal?: AbortSignal,
): Promise<LaidFrame> {
  const { linear } = await vectorTools();
  const { layFrameOn } = await import('./lay-embeddings.js');
  return layFrameOn(builder, { ...settings, linear, pause: () => giveWay(signal) });
}
