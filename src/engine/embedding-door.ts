// SPDX-License-Identifier: Apache-2.0
/** What every comparison asks, so that only those with embeddings load the work on them (vector-work.ts). */
import type { Frame } from '../baseline/frame.js';
import type { FrameBuilder } from '../baseline/frame-builder.js';
import type { EmbeddingMeters } from '../profile/embedding-meters.js';
import type { Settings } from '../verdict/settings.js';
import type { LaidFrame } from './laid-frame.js';

/** What profiles of this frame need to measure its embeddings, of which `rows` are to come; undefined where there are none. */
export async function metersOf(frame: Frame, rows = 0): Promise<EmbeddingMeters | undefined> {
  if (!frame.features.some(({ kind }) => kind === 'embedding')) return undefined;
  return (await import('./vector-work.js')).metersOf(frame, rows);
}

/** The builder's frame, its embeddings laid on the sampled rows. */
export async function laidFrame(
  builder: FrameBuilder,
  settings: Pick<Settings, 'seed' | 'embeddings'>,
  signal?: AbortSignal,
): Promise<LaidFrame> {
  if (builder.vectors.size > 0)
    return (await import('./vector-work.js')).laidFrame(builder, settings, signal);
  const frame = builder.finish();
  return { frame, finish: async () => frame };
}

/** The same, whole. */
export async function finishedFrame(
  builder: FrameBuilder,
  settings: Pick<Settings, 'seed' | 'embeddings'>,
  signal?: AbortSignal,
): Promise<Frame> {
  return (await laidFrame(builder, settings, signal)).finish();
}
