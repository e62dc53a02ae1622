// SPDX-License-Identifier: Apache-2.0
/**
 * Rows that a model holds on its own device. They stay there: what comes back are sums. Nothing here makes a device, and
 * nothing of the owner's state on it changes.
 */
import { DriftglassError, messageOf } from '../../errors.js';
import { emptyPartial } from '../cpu/vectors/partial.js';
import { checkPlan } from '../rows.js';
import type { VectorPartial, VectorPlan } from '../vectors.js';
import { withErrorScopes } from './error-scopes.js';
import { COPY_SRC, STORAGE } from './flags.js';
import type { RowsInBuffer } from './gather.js';
import { addSlot, wildIn } from './slot.js';
import { type ResultSet, Stage } from './stage.js';

/** Where f32 rows lie in a buffer. */
export interface BufferShape {
  readonly rows: number;
  /** Values in a row; the plan's. */
  readonly dimension: number;
  /** Values before the first row; default 0. */
  readonly offset?: number;
  /** Values from one row to the next; default `dimension`. */
  readonly stride?: number;
}

/**
 * Bytes of rows in a batch, which the owner's device holds twice: what a model gives at a time, and for more rows what
 * fills a large graphics card.
 */
const BATCH_BYTES = [2 * 2 ** 20, 32 * 2 ** 20] as const;
const SLOTS = 64;

/** What a plan needs on a device is made once and goes with whichever of the two goes first. */
const stages = new WeakMap<GPUDevice, Map<VectorPlan, (Stage | undefined)[]>>();

/**
 * Measures rows as they are in the buffer now: everything is submitted before this returns, so the owner may write,
 * reuse or destroy the buffer right after the call. The buffer needs STORAGE or COPY_SRC usage and must not be mapped.
 *
 * A row with a value of 2⁴⁸ or more, whose squares f32 cannot sum, counts with the non-finite ones here.
 *
 * Rejects with SchemaError when shape, buffer and plan contradict each other, with EngineError when the device is lost,
 * has no memory or refuses.
 */
export async function measureBuffer(
  device: GPUDevice,
  buffer: GPUBuffer,
  shape: BufferShape,
  plan: VectorPlan,
): Promise<VectorPartial> {
  const rows = checkShape(buffer, shape, plan);
  const partial = emptyPartial(plan);
  if (shape.rows === 0) return partial;
  const stage: { made?: Stage } = {};
  const flights: { set: ResultSet; batches: number }[] = [];
  const reads: Promise<Uint32Array[]>[] = [];
  const problem = withErrorScopes(device, () => {
    const { made } = Object.assign(stage, { made: stageOf(device, plan, 4 * shape.rows * shape.dimension) });
    for (let first = 0; first < shape.rows; ) {
      const n = Math.min(made.rowsAtOnce(rows.stride), shape.rows - first);
      let flight = flights.at(-1);
      if (flight === undefined || flight.batches === made.slots) {
        flight = { set: made.open(), batches: 0 };
        flights.push(flight);
      }
      made.measureBuffer(flight.set, flight.batches, { rows, first, n });
      flight.batches++;
      first += n;
    }
    for (const { set, batches } of flights) reads.push(made.read(set, batches));
  });
  // Looked at below; until then a rejection has a handler.
  for (const read of reads) read.catch(() => {});
  try {
    const error = await problem;
    if (error !== null) throw error;
    for (const slots of await Promise.all(reads)) {
      for (const slot of slots) {
        addSlot(partial, slot, stage.made!.layout);
        partial.nonFinite += wildIn(slot);
      }
    }
    return partial;
  } catch (error) {
    forgetBufferStages(device, plan);
    throw new DriftglassError(
      'EngineError',
      `WebGPU: rows in a model's buffer could not be measured: ${messageOf(error)}`,
      { cause: error },
    );
  }
}

/** Frees what `measureBuffer` keeps on a device, for one plan or for all. */
export function forgetBufferStages(device: GPUDevice, plan?: VectorPlan): void {
  const ofDevice = stages.get(device);
  if (ofDevice === undefined) return;
  for (const [key, sizes] of ofDevice) {
    if (plan !== undefined && key !== plan) continue;
    for (const stage of sizes) stage?.destroy();
    ofDevice.delete(key);
  }
}

function stageOf(device: GPUDevice, plan: VectorPlan, bytes: number): Stage {
  const ofDevice = stages.get(device) ?? new Map<VectorPlan, (Stage | undefined)[]>();
  stages.set(device, ofDevice);
  const sizes = ofDevice.get(plan) ?? [];
  ofDevice.set(plan, sizes);
  const size = bytes <= BATCH_BYTES[0] ? 0 : 1;
  const stage =
    sizes[size] ??
    new Stage(device, plan, { limits: device.limits, batchBytes: BATCH_BYTES[size], slots: SLOTS });
  sizes[size] = stage;
  return stage;
}

function checkShape(
  buffer: GPUBuffer,
  { rows, dimension, offset = 0, stride = dimension }: BufferShape,
  plan: VectorPlan,
): RowsInBuffer {
  checkPlan(plan);
  const wrong = (what: string): never => {
    throw new DriftglassError('SchemaError', `rows in a model's buffer: ${what}`);
  };
  const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
  if (![rows, offset, stride].every(isCount)) wrong('rows, offset and stride must be whole numbers');
  if (dimension !== plan.dimension) wrong(`${dimension} values in a row, the plan has ${plan.dimension}`);
  if (stride < dimension) wrong(`a stride of ${stride} is less than a row of ${dimension}`);
  const end = rows === 0 ? 0 : 4 * (offset + (rows - 1) * stride + dimension);
  if (end > buffer.size) wrong(`they end at byte ${end}, the buffer at ${buffer.size}`);
  if ((buffer.usage & (STORAGE | COPY_SRC)) === 0) wrong('the buffer has neither STORAGE nor COPY_SRC usage');
  return { buffer, offset, stride };
}
