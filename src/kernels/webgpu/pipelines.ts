// SPDX-License-Identifier: Apache-2.0
/** Compiled kernels of one device, each made when first asked for. */

import { columnSums } from './column-sums.wgsl.js';
import { directionsShader } from './directions.wgsl.js';
import { fourierShader } from './fourier.wgsl.js';
import { gatherShader } from './gather.wgsl.js';
import { gramShader } from './gram.wgsl.js';
import { inspectShader } from './inspect.wgsl.js';
import { type DeviceLimits, groupSize } from './limits.js';
import { multiplyTile } from './multiply-tile.wgsl.js';
import { normsShader } from './norms.wgsl.js';
import { productShader } from './product.wgsl.js';
import { reduceShader } from './reduce.wgsl.js';

/** Kernels whose workgroup is a tile of SIDE × SIDE threads, and those with GROUP threads in a row. */
const TILED = {
  fourier: multiplyTile + columnSums + fourierShader,
  directions: multiplyTile + columnSums + directionsShader,
  product: multiplyTile + productShader,
  gram: multiplyTile + gramShader,
};
const GROUPED = {
  inspect: inspectShader,
  reduce: reduceShader,
  norms: normsShader,
  gather: gatherShader,
};

type TiledKernel = keyof typeof TILED;
type GroupedKernel = keyof typeof GROUPED;

export interface Pipelines {
  tiled(kernel: TiledKernel, side: number): GPUComputePipeline;
  grouped(kernel: GroupedKernel): GPUComputePipeline;
  /** Threads of a grouped kernel. */
  readonly group: number;
}

const made = new WeakMap<GPUDevice, Map<string, GPUComputePipeline>>();

/**
 * Without waiting: a browser compiles in its GPU process, and what is submitted meanwhile keeps its place in the queue,
 * so that a model's buffer is read as it is now.
 */
export function pipelinesOf(device: GPUDevice, limits: DeviceLimits): Pipelines {
  const kept = made.get(device) ?? new Map<string, GPUComputePipeline>();
  made.set(device, kept);
  const group = groupSize(limits);
  const pipeline = (kernel: string, code: string, constants: Record<string, number>): GPUComputePipeline => {
    const key = `${kernel} ${JSON.stringify(constants)}`;
    let found = kept.get(key);
    if (found === undefined) {
      const label = `driftglass ${kernel}`;
      const module = device.createShaderModule({ label, code });
      found = device.createComputePipeline({ label, layout: 'auto', compute: { module, constants } });
      kept.set(key, found);
    }
    return found;
  };
  return {
    group,
    tiled: (kernel, side) => pipeline(kernel, TILED[kernel], { SIDE: side }),
    grouped: (kernel) => pipeline(kernel, GROUPED[kernel], { GROUP: group }),
  };
}

/** Bindings 0, 1, 2 … of a kernel. */
export function bindAll(
  device: GPUDevice,
  pipeline: GPUComputePipeline,
  buffers: readonly (GPUBuffer | GPUBufferBinding)[],
): GPUBindGroup {
  return device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: buffers.map((buffer, binding) => ({
      binding,
      resource: 'buffer' in buffer ? buffer : { buffer },
    })),
  });
}
