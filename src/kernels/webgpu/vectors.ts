// SPDX-License-Identifier: Apache-2.0

import { emptyPartial } from '../cpu/vectors/partial.js';
import { checkPlan, rowsOf } from '../rows.js';
import type { VectorKernels, VectorMeter, VectorPlan, VectorSums } from '../vectors.js';
import { BatchQueue, type QueueOptions } from './batch-queue.js';
import { type Collection, settle } from './collection.js';
import { type AdapterFacts, adapterFacts, hostGpu, openDevice } from './device.js';
import { DeviceKeeper } from './device-keeper.js';
import type { DeviceLimits } from './limits.js';
import { spread, strideOf } from './tables.js';

export interface WebGpuOptions {
  /** A device to use. It stays the caller's: never destroyed, and not replaced when lost, unless `gpu` is given as well. */
  readonly device?: GPUDevice;
  /** Where a device comes from, and another when it is lost; default navigator.gpu. */
  readonly gpu?: GPU;
  /** What measures the rows that no device takes; default the cpu twin. */
  readonly fallback?: VectorKernels;
  /** Caps on the device's limits. Smaller ones split the work and change no result. */
  readonly limits?: Partial<DeviceLimits>;
  /** Bytes of rows in a batch; default 8 MiB. */
  readonly batchBytes?: number;
  /**
   * Bytes of rows that are held, on this side, until their sums were read back; default 32 MiB. Sums are read back
   * whenever half of it is submitted, and when they are taken: a window within half of it is read back once.
   */
  readonly keptBytes?: number;
}

export interface WebGpuVectorKernels extends VectorKernels, AdapterFacts {
  readonly name: 'webgpu';
  /** What happened to the device since (lost, short of memory, replaced), in words; null when nothing did. */
  readonly note: string | null;
  /** Destroys the device if it is our own. Meters must be closed before. */
  close(): void;
}

/** Most rows of a batch: as many as a stage takes at once. */
const MOST_ROWS = 32_768;

/** Rejects with EngineError saying why there is no WebGPU. Then nothing more throws: see `note`. */
export async function createWebGpuVectorKernels(options: WebGpuOptions = {}): Promise<WebGpuVectorKernels> {
  const { device, limits = {}, batchBytes = 8 * 2 ** 20, keptBytes = 32 * 2 ** 20 } = options;
  const gpu = options.gpu ?? (device === undefined ? hostGpu() : undefined);
  const open = device === undefined ? await openDevice(gpu) : { device, ...adapterFacts(device.adapterInfo) };
  const keeper = new DeviceKeeper(open, gpu);
  let fallback: Promise<VectorKernels> | undefined;
  const queueOptions: QueueOptions = {
    keeper,
    fallback: () => (fallback ??= loadFallback(options.fallback)),
    limits,
    batchBytes,
    keptBytes,
  };
  return {
    name: 'webgpu',
    description: open.description,
    isSoftware: open.isSoftware,
    get note() {
      return keeper.note;
    },
    prepare(plan) {
      checkPlan(plan);
      return meterOf(plan, queueOptions);
    },
    close() {
      if (keeper.now?.device !== device) keeper.close();
    },
  };
}

async function loadFallback(given: VectorKernels | undefined): Promise<VectorKernels> {
  return given ?? (await import('../cpu/vectors/vectors.js')).cpuVectorKernels;
}

function meterOf(plan: VectorPlan, options: QueueOptions): VectorMeter {
  const queue = new BatchQueue(plan, options);
  return {
    open: () => sumsOf(plan, queue, options.batchBytes),
    close: () => queue.close(),
  };
}

function sumsOf(plan: VectorPlan, queue: BatchQueue, batchBytes: number): VectorSums {
  const { dimension } = plan;
  const stride = strideOf(dimension);
  const most = Math.max(1, Math.min(MOST_ROWS, Math.floor(batchBytes / (4 * stride))));
  const fresh = (): Collection => ({ partial: emptyPartial(plan), pending: 0, dropped: false });
  let into = fresh();
  let filling: Float32Array<ArrayBuffer> | null = null;
  let filled = 0;

  /** Room for `rows` more, or for as many as a batch takes. A window of few rows takes little memory. */
  function reserve(rows: number): Float32Array<ArrayBuffer> {
    const held = filling === null ? 0 : filling.length / stride;
    const wanted = Math.min(most, filled + rows);
    if (filling !== null && wanted <= held) return filling;
    const larger = new Float32Array(Math.min(most, Math.max(wanted, 2 * held)) * stride);
    if (filling !== null) larger.set(filling.subarray(0, filled * stride));
    filling = larger;
    return larger;
  }

  function send(): void {
    if (filling !== null && filled > 0) {
      queue.add({ rows: filling.subarray(0, filled * stride), n: filled, into });
    }
    filling = null;
    filled = 0;
  }

  return {
    add(rows) {
      const n = rowsOf(rows, dimension);
      for (let from = 0; from < n; ) {
        const count = Math.min(n - from, most - filled);
        const to = reserve(count).subarray(filled * stride, (filled + count) * stride);
        spread(rows.subarray(from * dimension, (from + count) * dimension), { dimension, stride, to });
        filled += count;
        from += count;
        if (filled === most) send();
      }
    },
    room: () => queue.room(),
    take() {
      send();
      const taken = into;
      into = fresh();
      if (taken.pending === 0 && taken.failed === undefined) return taken.partial;
      return new Promise((resolve, reject) => {
        taken.settle = { resolve, reject };
        if (taken.pending === 0) settle(taken);
        else queue.flush();
      });
    },
    close() {
      into.dropped = true;
      filling = null;
      filled = 0;
    },
  };
}
