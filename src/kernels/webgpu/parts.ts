// SPDX-License-Identifier: Apache-2.0
/** Work on rows in parts that a device takes. */
import { cappedLimits, type DeviceLimits, roundDown, roundUp, storageBytes } from './limits.js';
import type { Scratch } from './scratch.js';
import { spread, strideOf } from './tables.js';

export interface LinearOptions {
  /** Caps on the device's limits. */
  readonly limits?: Partial<DeviceLimits>;
}

/** Bytes of one factor or product on the device: larger jobs go in parts. */
const PART_BYTES = 32 * 2 ** 20;
export function partLimits(device: GPUDevice, { limits = {} }: LinearOptions): DeviceLimits {
  const capped = cappedLimits(device.limits, limits);
  return { ...capped, maxStorageBufferBindingSize: Math.min(PART_BYTES, storageBytes(capped)) };
}

/** Whole tiles of rows, at least one, such that a part of each given row length (in values) fits. */
export function rowsInPart(limits: DeviceLimits, tile: number, lengths: readonly number[]): number {
  const most = Math.floor(storageBytes(limits) / (4 * Math.max(...lengths)));
  return Math.max(tile, roundDown(Math.min(most, tile * limits.maxComputeWorkgroupsPerDimension), tile));
}

/** Rows `first` … on the device, `stride` apart, in whole tiles. */
export function upload(
  scratch: Scratch,
  rows: Float32Array,
  { d, first, n, tile }: { d: number; first: number; n: number; tile: number },
): GPUBuffer {
  const stride = strideOf(d);
  const values = new Float32Array(roundUp(n, tile) * stride);
  spread(rows.subarray(first * d, (first + n) * d), {
    dimension: d,
    stride,
    to: values.subarray(0, n * stride),
  });
  return scratch.filled(values);
}
