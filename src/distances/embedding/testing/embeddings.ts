// SPDX-License-Identifier: Apache-2.0
/** Rows for tests: made ones, real ones where they lie beside the project, and their profiles. */
import { existsSync, readFileSync } from 'node:fs';
import type { EmbeddingFrame } from '../../../baseline/frame.js';
import { cpuVectorKernels } from '../../../kernels/cpu/vectors/vectors.js';
import type { VectorKernels, VectorPartial } from '../../../kernels/vectors.js';
import { addPartial, emptyEmbedding, vectorPlan } from '../../../profile/embedding.js';
import type { EmbeddingPart } from '../../../profile/parts.js';

export { type Change, clusters } from '../../../baseline/embedding/testing/clusters.js';

/** The part of rows, as the profile measures them. */
export async function partOf(
  frame: EmbeddingFrame,
  rows: Float32Array,
  kernels: VectorKernels = cpuVectorKernels,
): Promise<EmbeddingPart> {
  const part = emptyEmbedding(frame);
  if (frame.frequencies === 0) return part;
  const meter = kernels.prepare(vectorPlan(frame));
  const sums = meter.open();
  sums.add(rows);
  const partial: VectorPartial = await sums.take();
  part.rows = rows.length / frame.dimension;
  addPartial(part, partial, 0);
  sums.close();
  meter.close();
  return part;
}

const FOLDER = new URL('../../../../../shared/data/fashion-embeddings/', import.meta.url);

/** Real embeddings (400 × 1,280), or undefined where the folder is not beside the project. */
export function fashion(
  name: 'fashion_a' | 'fashion_b' | 'fashion_noise20' | 'mnist_a',
): Float32Array | undefined {
  const file = new URL(`${name}.npy`, FOLDER);
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  const header = bytes.readUInt16LE(8);
  return new Float32Array(
    bytes.buffer.slice(bytes.byteOffset + 10 + header, bytes.byteOffset + bytes.length),
  );
}
