// SPDX-License-Identifier: Apache-2.0
/** How much of a job one dispatch takes on a device. Smaller limits mean more dispatches, never another result. */
import { DriftglassError } from '../../errors.js';

/** What bounds a dispatch; a GPUDevice's `limits` has it. Bytes where named Size. */
export interface DeviceLimits {
  readonly maxBufferSize: number;
  readonly maxStorageBufferBindingSize: number;
  readonly maxComputeInvocationsPerWorkgroup: number;
  readonly maxComputeWorkgroupSizeX: number;
  readonly maxComputeWorkgroupSizeY: number;
  readonly maxComputeWorkgroupStorageSize: number;
  readonly maxComputeWorkgroupsPerDimension: number;
}

/** The device's limits, none above `caps`. */
export function cappedLimits(own: DeviceLimits, caps: Partial<DeviceLimits>): DeviceLimits {
  const cap = (name: keyof DeviceLimits): number =>
    Math.min(own[name], caps[name] ?? Number.POSITIVE_INFINITY);
  return {
    maxBufferSize: cap('maxBufferSize'),
    maxStorageBufferBindingSize: cap('maxStorageBufferBindingSize'),
    maxComputeInvocationsPerWorkgroup: cap('maxComputeInvocationsPerWorkgroup'),
    maxComputeWorkgroupSizeX: cap('maxComputeWorkgroupSizeX'),
    maxComputeWorkgroupSizeY: cap('maxComputeWorkgroupSizeY'),
    maxComputeWorkgroupStorageSize: cap('maxComputeWorkgroupStorageSize'),
    maxComputeWorkgroupsPerDimension: cap('maxComputeWorkgroupsPerDimension'),
  };
}

/** Bytes that one storage buffer may have. */
export function storageBytes(limits: DeviceLimits): number {
  return Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
}

/** Sides of a tile's workgroup that the shaders are written for; a tile has 8 × side rows and columns. */
const SIDES = [16, 8, 4] as const;

/** Workgroup memory of a tile: two factors, 16 deep. */
function tileBytes(side: number): number {
  return 2 * 16 * 8 * side * 4;
}

/** Threads along each side of the workgroup that multiplies: the most that the device runs and the columns fill. */
export function tileSide(limits: DeviceLimits, columns = Number.POSITIVE_INFINITY): number {
  const fitting = SIDES.filter(
    (side) =>
      side * side <= limits.maxComputeInvocationsPerWorkgroup &&
      side <= limits.maxComputeWorkgroupSizeX &&
      side <= limits.maxComputeWorkgroupSizeY &&
      tileBytes(side) <= limits.maxComputeWorkgroupStorageSize,
  );
  if (fitting.length === 0) {
    throw new DriftglassError('EngineError', 'WebGPU: this device runs no workgroup of 4 × 4 threads');
  }
  // Columns beyond the last are computed in vain: a smaller tile where it wastes less, the largest where it does not.
  const wasted = (side: number): number =>
    columns === Number.POSITIVE_INFINITY ? 0 : roundUp(columns, 8 * side) - columns;
  return fitting.find((side) => wasted(side) * 4 <= columns) ?? fitting.at(-1)!;
}

/** Threads of the workgroups that go through rows one by one; whole groups of 16. */
export function groupSize(limits: DeviceLimits): number {
  return limits.maxComputeInvocationsPerWorkgroup >= 64 && limits.maxComputeWorkgroupSizeX >= 64 ? 64 : 16;
}

export interface Panel {
  readonly first: number;
  readonly columns: number;
  /** Columns of the packed matrix: whole tiles. */
  readonly padded: number;
  readonly side: number;
}

/** Columns of a matrix `depth` deep, in parts whose packed form fits one binding. Throws EngineError when no part does. */
export function panelsOf(limits: DeviceLimits, columns: number, depth: number): Panel[] {
  const panels: Panel[] = [];
  const columnBytes = 4 * roundUp(depth, 16);
  for (let first = 0; first < columns; ) {
    const side = tileSide(limits, columns - first);
    const most = roundDown(Math.floor(storageBytes(limits) / columnBytes), 8 * side);
    const reach = Math.min(most, roundUp(columns - first, 8 * side));
    const narrow = reach > 0 ? side : 4;
    const padded = reach > 0 ? reach : roundDown(Math.floor(storageBytes(limits) / columnBytes), 8 * narrow);
    if (padded === 0) {
      throw new DriftglassError(
        'EngineError',
        `WebGPU: rows of ${depth} values do not fit this device, whose bindings hold ${storageBytes(limits)} bytes`,
      );
    }
    const taken = Math.min(padded, columns - first);
    panels.push({ first, columns: taken, padded, side: narrow });
    first += taken;
  }
  return panels;
}

/** Rows that one batch may hold: more make f32 sums coarse, and some loops long. */
const MOST_ROWS = 32_768;

/**
 * Rows of a batch: as many as `batchBytes`, the rows' buffer and the panels' partial sums allow, in whole tiles. Throws
 * EngineError when not one tile fits.
 */
export function batchRows(
  limits: DeviceLimits,
  { stride, panels, batchBytes }: { stride: number; panels: readonly Panel[]; batchBytes: number },
): number {
  const tile = 8 * Math.max(4, ...panels.map(({ side }) => side));
  const room = storageBytes(limits);
  const byBytes = Math.floor(Math.min(room, Math.max(batchBytes, 4 * stride * tile)) / (4 * stride));
  const byPartials = panels.map(({ padded, side }) => Math.floor(room / (8 * padded)) * 8 * side);
  const byGroups = limits.maxComputeWorkgroupsPerDimension;
  const rows = roundDown(Math.min(MOST_ROWS, byBytes, byGroups, Math.floor(room / 8), ...byPartials), tile);
  if (rows === 0) {
    throw new DriftglassError(
      'EngineError',
      `WebGPU: ${tile} rows of ${stride} values do not fit this device, whose buffers hold ${room} bytes`,
    );
  }
  return rows;
}

export function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

export function roundDown(value: number, step: number): number {
  return Math.floor(value / step) * step;
}
