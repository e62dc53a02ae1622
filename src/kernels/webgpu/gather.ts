// SPDX-License-Identifier: Apache-2.0
import { COPY_DST, STORAGE } from './flags.js';
import type { DeviceLimits } from './limits.js';
import { bindAll, type Pipelines } from './pipelines.js';

/** Where rows lie in somebody's buffer; offset and stride in values of four bytes. */
export interface RowsInBuffer {
  readonly buffer: GPUBuffer;
  readonly offset: number;
  readonly stride: number;
}

export interface Gathering {
  readonly pipelines: Pipelines;
  readonly limits: DeviceLimits;
  readonly from: RowsInBuffer;
  /** Of the buffer's rows, the first and how many. */
  readonly first: number;
  readonly n: number;
  readonly dimension: number;
  /** `stride` values a row. */
  readonly to: GPUBuffer;
  readonly stride: number;
  /** A uniform of 32 bytes. */
  readonly shape: GPUBuffer;
}

/**
 * Records the copy of rows from wherever they lie to rows of whole vec4. Goes through a copy, returned to be destroyed
 * after submission, where the buffer was not made to be bound.
 */
export function gather(
  device: GPUDevice,
  encoder: GPUCommandEncoder,
  { pipelines, limits, from, first, n, dimension, to, stride, shape }: Gathering,
): GPUBuffer | undefined {
  const start = 4 * (from.offset + first * from.stride);
  const bytes = 4 * ((n - 1) * from.stride + dimension);
  // A binding may start at a multiple of 256 bytes on any device.
  const aligned = start - (start % 256);
  let source: GPUBufferBinding = { buffer: from.buffer, offset: aligned, size: start - aligned + bytes };
  let offset = (start - aligned) / 4;
  let copy: GPUBuffer | undefined;
  if ((from.buffer.usage & STORAGE) === 0) {
    copy = device.createBuffer({ label: 'driftglass', size: bytes, usage: STORAGE | COPY_DST });
    encoder.copyBufferToBuffer(from.buffer, start, copy, 0, bytes);
    source = { buffer: copy };
    offset = 0;
  }
  const words = Uint32Array.of(n, stride / 4, dimension, offset, from.stride, 0, 0, 0);
  device.queue.writeBuffer(shape, 0, words);
  const pipeline = pipelines.grouped('gather');
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindAll(device, pipeline, [shape, source, to]));
  const groups = Math.ceil((n * stride) / 4 / pipelines.group);
  pass.dispatchWorkgroups(Math.min(groups, limits.maxComputeWorkgroupsPerDimension));
  pass.end();
  return copy;
}
