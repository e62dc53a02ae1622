// SPDX-License-Identifier: Apache-2.0
import type { Precision } from '../../testing/vector-bounds.js';
import { openDevice } from '../device.js';

/** Sums of a tile's products and of a batch's rows are f32, norms too. */
export const GPU_PRECISION: Precision = { feature: 1e-6, product: 6, norm: 1e-6 };

let device: Promise<GPUDevice> | undefined;

/** One device a file: a processor that plays a graphics card takes seconds to compile the kernels, once a device. */
export function sharedDevice(): Promise<GPUDevice> {
  device ??= openDevice().then((open) => open.device);
  return device;
}
