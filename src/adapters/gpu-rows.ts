// SPDX-License-Identifier: Apache-2.0
/** Rows that a model gives in a GPU buffer: their sums where the monitor has a plan for them, else the rows themselves. */
import type { VectorPartial } from '../kernels/vectors.js';
import type { BufferShape } from '../kernels/webgpu/buffer.js';
import { COPY_DST, MAP_READ, READ } from '../kernels/webgpu/flags.js';
import type { EmbeddingPlan } from '../monitor/embedding-sums.js';
import type { CallObserver } from './call-observer.js';

/** A plan is asked for again after so long, in ms: a monitor may get another frame. */
const PLAN_FOR = 30_000;
/** And so soon where there is none yet. */
const NO_PLAN_FOR = 1000;

type Buffers = typeof import('../kernels/webgpu/buffer.js');

/** How an embedding is to be measured, kept at hand, with the code that does. */
export class PlanAtHand {
  readonly #observer: CallObserver;
  readonly #feature: string;
  #plan: EmbeddingPlan | null = null;
  #buffers: Buffers | null = null;
  #asking: Promise<void> | null = null;
  #until = Number.NEGATIVE_INFINITY;
  #used: { readonly device: GPUDevice; readonly plan: EmbeddingPlan } | null = null;
  #refused = false;

  constructor(observer: CallObserver, feature: string) {
    this.#observer = observer;
    this.#feature = feature;
  }

  /** Resolves when the plan is as new as it needs to be. */
  async asked(): Promise<void> {
    if (performance.now() < this.#until || this.#refused) return;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    await this.#asking;
  }

  /**
   * Measures rows in a buffer as they are now: it may be reused right after. Null where there is no plan for rows of this
   * length, or none at hand yet. Rejects when the device refuses; it is then not asked again.
   */
  measure(
    device: GPUDevice,
    buffer: GPUBuffer,
    shape: BufferShape,
  ): { readonly frameId: string; readonly partial: Promise<VectorPartial> } | null {
    void this.asked();
    const plan = this.#plan;
    if (plan === null || this.#buffers === null || this.#refused) return null;
    if (plan.plan.dimension !== shape.dimension) return null;
    if (this.#used && (this.#used.plan !== plan || this.#used.device !== device)) this.forget();
    this.#used = { device, plan };
    const partial = this.#buffers.measureBuffer(device, buffer, shape, plan.plan);
    partial.catch((error) => {
      this.#refused = true;
      this.#observer.problem(`the embedding "${this.#feature}" cannot be measured on the GPU`, error);
    });
    return { frameId: plan.frameId, partial };
  }

  /** Frees what is kept on the device. */
  forget(): void {
    if (this.#used) this.#buffers?.forgetBufferStages(this.#used.device, this.#used.plan.plan);
    this.#used = null;
  }

  async #ask(): Promise<void> {
    const plan = await this.#observer.embeddingPlan(this.#feature).catch(() => null);
    // A plan stays the same object while its frame does: what is kept on the device goes by it.
    if (plan?.frameId !== this.#plan?.frameId) this.#plan = plan;
    this.#until = performance.now() + (plan === null ? NO_PLAN_FOR : PLAN_FOR);
    if (plan !== null) this.#buffers ??= await import('../kernels/webgpu/buffer.js');
  }
}

/** f32 values of a buffer as they are now: it may be reused or destroyed right after. It must be a source of copies. */
export async function readFloats(
  device: GPUDevice,
  buffer: GPUBuffer,
  values: number,
): Promise<Float32Array> {
  const size = 4 * values;
  const copy = device.createBuffer({ size, usage: COPY_DST | MAP_READ });
  try {
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, 0, copy, 0, size);
    device.queue.submit([encoder.finish()]);
    await copy.mapAsync(READ);
    return new Float32Array(copy.getMappedRange().slice(0));
  } finally {
    copy.destroy();
  }
}
