// SPDX-License-Identifier: Apache-2.0
import { messageOf } from '../../errors.js';
import { unavailable } from './device.js';
import { withErrorScopes } from './error-scopes.js';
import { COPY_DST, COPY_SRC, MAP_READ, READ, STORAGE, UNIFORM } from './flags.js';
import { bindAll } from './pipelines.js';

/** Buffers of one job, gone when it ends. */
export class Scratch {
  readonly device: GPUDevice;
  readonly #buffers: GPUBuffer[] = [];
  readonly #problems: Promise<GPUError | null>[] = [];

  constructor(device: GPUDevice) {
    this.device = device;
  }

  /** Runs `job`; rejects with EngineError when the device is lost, has no memory or refuses. */
  static async run<Result>(device: GPUDevice, job: (scratch: Scratch) => Promise<Result>): Promise<Result> {
    const scratch = new Scratch(device);
    try {
      return await job(scratch);
    } catch (error) {
      const first = (await Promise.all(scratch.#problems)).find((problem) => problem !== null);
      throw unavailable(messageOf(first ?? error), error);
    } finally {
      for (const buffer of scratch.#buffers) buffer.destroy();
    }
  }

  storage(bytes: number): GPUBuffer {
    return this.#buffer(bytes, STORAGE | COPY_SRC | COPY_DST);
  }

  filled(values: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>, usage = STORAGE): GPUBuffer {
    const buffer = this.#buffer(Math.max(16, values.byteLength), usage | COPY_DST);
    this.write(buffer, values);
    return buffer;
  }

  write(buffer: GPUBuffer, values: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>): void {
    this.#watch(() => this.device.queue.writeBuffer(buffer, 0, values));
  }

  /** One dispatch with its facts in a uniform of their own. */
  dispatch(
    pipeline: GPUComputePipeline,
    {
      facts,
      buffers,
      size,
    }: { facts: Uint32Array<ArrayBuffer>; buffers: GPUBuffer[]; size: [number, number] },
  ): void {
    const uniform = this.filled(facts, UNIFORM);
    this.#watch(() => {
      const encoder = this.device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindAll(this.device, pipeline, [uniform, ...buffers]));
      pass.dispatchWorkgroups(...size);
      pass.end();
      this.device.queue.submit([encoder.finish()]);
    });
  }

  /** The first bytes of a storage buffer as they are after what was submitted. */
  async read(buffer: GPUBuffer, bytes: number): Promise<Float32Array> {
    const staging = this.#buffer(bytes, MAP_READ | COPY_DST);
    this.#watch(() => {
      const encoder = this.device.createCommandEncoder();
      encoder.copyBufferToBuffer(buffer, 0, staging, 0, bytes);
      this.device.queue.submit([encoder.finish()]);
    });
    const problems = this.#problems.splice(0);
    await staging.mapAsync(READ, 0, bytes);
    const values = new Float32Array(staging.getMappedRange(0, bytes).slice(0));
    this.free(staging);
    const problem = (await Promise.all(problems)).find((each) => each !== null);
    if (problem !== undefined) throw problem;
    return values;
  }

  free(buffer: GPUBuffer): void {
    buffer.destroy();
    this.#buffers.splice(this.#buffers.indexOf(buffer), 1);
  }

  #buffer(size: number, usage: number): GPUBuffer {
    let made: GPUBuffer | undefined;
    this.#watch(() => {
      made = this.device.createBuffer({ label: 'driftglass', size, usage });
    });
    this.#buffers.push(made!);
    return made!;
  }

  #watch(work: () => void): void {
    this.#problems.push(withErrorScopes(this.device, work));
  }
}
