// SPDX-License-Identifier: Apache-2.0
/** Rows for tests: clusters with a falling spectrum, real ones where they lie beside the project, and their profiles. */
import { existsSync, readFileSync } from 'node:fs';
import type { EmbeddingFrame } from '../../../baseline/frame.js';
import { cpuVectorKernels } from '../../../kernels/cpu/vectors/vectors.js';
import { randomStream } from '../../../kernels/random-stream.js';
import type { VectorKernels, VectorPartial } from '../../../kernels/vectors.js';
import { addPartial, emptyEmbedding, vectorPlan } from '../../../profile/embedding.js';
import type { EmbeddingPart } from '../../../profile/parts.js';

export interface Change {
  /** Along the first axis, in units of its spread. */
  readonly shift?: number;
  /** Along the last axis, in units of its spread. */
  readonly faint?: number;
  readonly scale?: number;
  /** Share of rows of a cluster that was not there before. */
  readonly fresh?: number;
}

/** Draws rows of d values from 8 clusters, spread i^−½ along axis i; the same clusters for every call with the same d. */
export function clusters(d: number, seed: number): (n: number, change?: Change) => Float32Array {
  const fixed = randomStream(77 + d);
  const spectrum = Float64Array.from({ length: d }, (_, i) => (i + 1) ** -0.5);
  const centers = Array.from({ length: 9 }, () => spectrum.map((s) => 0.8 * s * fixed.normal()));
  const { normal, uniform } = randomStream(seed);
  return (n, { shift = 0, faint = 0, scale = 1, fresh = 0 } = {}) => {
    const rows = new Float32Array(n * d);
    for (let i = 0; i < n; i++) {
      const center = centers[uniform() < fresh ? 8 : Math.floor(8 * uniform())]!;
      for (let j = 0; j < d; j++) {
        const moved = j === 0 ? shift : j === d - 1 ? faint : 0;
        rows[i * d + j] = (center[j]! + spectrum[j]! * normal()) * scale + moved * spectrum[j]!;
      }
    }
    return rows;
  };
}

/** The part of rows, as the profile measures them. */
export async function partOf(
  frame: EmbeddingFrame,
  rows: Float32Array,
  kernels: VectorKernels = cpuVectorKernels,
): Promise<EmbeddingPart> {
  const part = emptyEmbedding(frame);
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
