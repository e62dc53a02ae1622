// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../baseline/frame.js';
import { FrameBuilder } from '../../baseline/frame-builder.js';
import type { Batch } from '../../columns/batch.js';
import type { Field, Schema } from '../../columns/schema.js';
import type { Kernels } from '../../kernels/kernels.js';
import type { Baseline } from '../../profile/baseline-file.js';
import type { EmbeddingMeters } from '../../profile/embedding-meters.js';
import { Profiler } from '../../profile/profile.js';
import type { Settings } from '../../verdict/settings.js';
import { VERSION } from '../../version.js';

export interface LearnOptions {
  readonly settings: Settings;
  readonly kernels: Kernels;
  readonly tools: {
    finishedFrame(builder: FrameBuilder, settings: Settings): Promise<Frame>;
    embeddings(frame: Frame): Promise<{ readonly meters: EmbeddingMeters } | null>;
  };
  /** Of the baseline. */
  readonly name: string;
}

/** The frame of the rows that were gathered, and they measured with it. */
export async function learnFrame(
  batch: Batch,
  { settings, kernels, tools, name }: LearnOptions,
): Promise<Baseline> {
  const builder = new FrameBuilder(schemaOf(batch), settings, kernels);
  builder.add(batch);
  const frame = await tools.finishedFrame(builder, settings);
  const profiler = new Profiler(frame, kernels, (await tools.embeddings(frame))?.meters);
  profiler.add(batch);
  await profiler.settle();
  const { profile } = profiler;
  return { name, createdBy: `driftglass ${VERSION}`, frame, windows: [], profile };
}

function schemaOf({ columns, vectors = new Map() }: Batch): Schema {
  const fields: Field[] = [...columns].map(([name, { type }]) => ({ name, type }));
  for (const [name, { dimension }] of vectors) fields.push({ name, type: 'vector', dimension });
  return fields;
}
