// SPDX-License-Identifier: Apache-2.0

import { forgetBufferStages, measureBuffer } from '../../kernels/webgpu/buffer.js';
import type { EmbeddingPlan, EmbeddingSums } from '../../monitor/embedding-sums.js';
import type { CallObserver } from '../call-observer.js';
import { rowsOf, widthOf } from '../read-tensor.js';
import { rowsAt } from './take.js';
import type { Library, Tensor } from './types.js';

/** A plan is asked for again after so long, in ms: a monitor may get another frame. */
const PLAN_FOR = 30_000;
/** And so soon where there is none yet. */
const NO_PLAN_FOR = 1000;

/**
 * An embedding measured on the device that the model runs on: its rows stay there, and only their sums come back. Vectors go
 * the usual way (null) while the monitor has no plan for them, where they lie on the processor, and for good once the device
 * has refused.
 */
export class GpuEmbedding {
  readonly #tf: Library;
  readonly #observer: CallObserver;
  readonly #feature: string;
  #plan: Promise<EmbeddingPlan | null> = Promise.resolve(null);
  #planUntil = Number.NEGATIVE_INFINITY;
  /** Where something of ours may be kept: device and plan. */
  #used: { readonly device: GPUDevice; readonly plan: EmbeddingPlan } | null = null;
  #refused = false;

  constructor(tf: Library, observer: CallObserver, feature: string) {
    this.#tf = tf;
    this.#observer = observer;
    this.#feature = feature;
  }

  stop(): void {
    if (this.#used) forgetBufferStages(this.#used.device, this.#used.plan.plan);
    this.#used = null;
  }

  /** Sums of the tensor's rows, which is then disposed of; null, and the tensor as it was, where there can be none. */
  async measure(vectors: Tensor, indices: Int32Array | null): Promise<EmbeddingSums | null> {
    if (this.#refused || vectors.dtype !== 'float32') return null;
    const plan = await this.#known();
    const { device } = this.#tf.backend() as { device?: GPUDevice };
    if (plan === null || device === undefined || vectors.isDisposed) return null;
    const dimension = widthOf(vectors.shape);
    if (plan.plan.dimension !== dimension) return null;
    const rows = indices?.length ?? rowsOf(vectors.shape);
    try {
      const partial = onGpu(this.#tf, vectors, indices, (buffer) =>
        measureBuffer(device, buffer, { rows, dimension }, plan.plan),
      );
      if (partial === null) return null;
      if (this.#used && this.#used.plan !== plan) this.stop();
      this.#used = { device, plan };
      const sums = { name: this.#feature, frameId: plan.frameId, partial: await partial };
      vectors.dispose();
      return sums;
    } catch (error) {
      this.#refused = true;
      this.stop();
      this.#observer.problem(`the embedding "${this.#feature}" cannot be measured on the GPU`, error);
      return null;
    }
  }

  #known(): Promise<EmbeddingPlan | null> {
    const now = performance.now();
    if (now < this.#planUntil) return this.#plan;
    this.#planUntil = now + PLAN_FOR;
    this.#plan = this.#observer.embeddingPlan(this.#feature).catch(() => null);
    void this.#plan.then((plan) => {
      if (plan === null) this.#planUntil = performance.now() + NO_PLAN_FOR;
    });
    return this.#plan;
  }
}

/**
 * What `use` gives of the buffer that holds the rows, which is the library's own again right after; null for a tensor that
 * lies on the processor.
 */
function onGpu<T>(
  tf: Library,
  tensor: Tensor,
  indices: Int32Array | null,
  use: (buffer: GPUBuffer) => T,
): T | null {
  const source = indices === null ? tensor : rowsAt(tf, tensor, indices);
  const data = onGpuAlready(source);
  try {
    return data?.buffer ? use(data.buffer) : null;
  } finally {
    data?.tensorRef.dispose();
    if (source !== tensor) source.dispose();
  }
}

/** The library throws for what is not there. */
function onGpuAlready(tensor: Tensor): ReturnType<NonNullable<Tensor['dataToGPU']>> | undefined {
  try {
    return tensor.dataToGPU?.();
  } catch {
    return undefined;
  }
}
