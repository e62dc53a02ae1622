// SPDX-License-Identifier: Apache-2.0
import type { VectorKernels, VectorMeter, VectorPartial, VectorPlan, VectorSums } from '../vectors.js';
import { strideOf } from './tables.js';

/** Rows that no device takes, through other kernels, which are loaded for the first of them. */
export class FallbackRows {
  readonly #plan: VectorPlan;
  readonly #load: () => Promise<VectorKernels>;
  #open: { meter: VectorMeter; sums: VectorSums } | null = null;

  constructor(plan: VectorPlan, load: () => Promise<VectorKernels>) {
    this.#plan = plan;
    this.#load = load;
  }

  /** Sums of n rows, padded as for the device. */
  async measure(rows: Float32Array, n: number): Promise<VectorPartial> {
    if (this.#open === null) {
      const meter = (await this.#load()).prepare(this.#plan);
      this.#open = { meter, sums: meter.open() };
    }
    const { sums } = this.#open;
    sums.add(this.#unpadded(rows, n));
    await sums.room();
    return sums.take();
  }

  close(): void {
    this.#open?.sums.close();
    this.#open?.meter.close();
    this.#open = null;
  }

  #unpadded(rows: Float32Array, n: number): Float32Array {
    const d = this.#plan.dimension;
    const stride = strideOf(d);
    if (stride === d) return rows.subarray(0, n * d);
    const close = new Float32Array(n * d);
    for (let r = 0; r < n; r++) close.set(rows.subarray(r * stride, r * stride + d), r * d);
    return close;
  }
}
