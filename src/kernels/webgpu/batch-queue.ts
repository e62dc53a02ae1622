// SPDX-License-Identifier: Apache-2.0
/**
 * Rows on their way through a device. A batch stays here until its sums were read back, so that whatever becomes of the
 * device, nothing is lost: what was not read is measured again, on another device, in smaller batches or by the fallback.
 *
 *   waiting → current (submitted, its result set not yet full) → reading → finished
 */
import { messageOf } from '../../errors.js';
import type { VectorKernels, VectorPlan } from '../vectors.js';
import { type Batch, cutBatch } from './batch.js';
import { settle } from './collection.js';
import { unavailable } from './device.js';
import type { DeviceKeeper } from './device-keeper.js';
import { kindOf, withErrorScopes } from './error-scopes.js';
import { FallbackRows } from './fallback-rows.js';
import { cappedLimits, type DeviceLimits } from './limits.js';
import { addPartial, addSlot, wildIn } from './slot.js';
import { type ResultSet, Stage } from './stage.js';
import { strideOf } from './tables.js';
import { type WildAdder, wildAdder } from './wild-rows.js';

interface Flight {
  readonly stage: Stage;
  readonly set: ResultSet;
  readonly batches: Batch[];
  readonly errors: Promise<GPUError | null>[];
}

export interface QueueOptions {
  readonly keeper: DeviceKeeper;
  /** For what no device takes. */
  readonly fallback: () => Promise<VectorKernels>;
  /** Caps on the device's own limits. */
  readonly limits: Partial<DeviceLimits>;
  /** Bytes of rows in a batch. */
  readonly batchBytes: number;
  /** Bytes of rows that may be held until they are read back. */
  readonly keptBytes: number;
}

/** Smaller batches than this are not worth a device that has no memory for more. */
const LEAST_BATCH_BYTES = 256 * 1024;
const MOST_SLOTS = 64;
const MOST_READING = 2;

export class BatchQueue {
  readonly #plan: VectorPlan;
  readonly #options: QueueOptions;
  readonly #stride: number;
  readonly #fallback: FallbackRows;
  #batchBytes: number;
  #waiting: Batch[] = [];
  #current: Flight | null = null;
  #reading: Flight[] = [];
  #readAll = false;
  #keptBytes = 0;
  #stage: Stage | null = null;
  #stageDevice: GPUDevice | null = null;
  /** A stage is being made, a device renewed, or the fallback at work. */
  #busy = false;
  #withoutDevice = false;
  #room: { promise: Promise<void>; resolve: () => void } | null = null;
  #closed = false;
  #addWild: WildAdder | null = null;

  constructor(plan: VectorPlan, options: QueueOptions) {
    this.#plan = plan;
    this.#options = options;
    this.#stride = strideOf(plan.dimension);
    this.#fallback = new FallbackRows(plan, async () => {
      const kernels = await options.fallback();
      options.keeper.note = `${options.keeper.note ?? 'no GPU'}; went on with ${kernels.name}`;
      return kernels;
    });
    this.#batchBytes = options.batchBytes;
  }

  add(batch: Batch): void {
    batch.into.pending++;
    this.#waiting.push(batch);
    this.#keptBytes += batch.rows.byteLength;
    this.#advance();
  }

  room(): Promise<void> | undefined {
    if (this.#keptBytes < this.#options.keptBytes) return undefined;
    if (this.#room === null) {
      let resolve = () => {};
      const promise = new Promise<void>((done) => {
        resolve = done;
      });
      this.#room = { promise, resolve };
    }
    this.flush();
    return this.#room.promise;
  }

  /** Reads back everything that was added. */
  flush(): void {
    this.#readAll = true;
    this.#advance();
  }

  /** Frees everything. Whoever still waits for sums gets an EngineError. */
  close(): void {
    this.#closed = true;
    this.#stage?.destroy();
    this.#stage = null;
    this.#fallback.close();
    this.#room?.resolve();
    const flights = this.#current === null ? this.#reading : [...this.#reading, this.#current];
    const left = [...this.#waiting, ...flights.flatMap(({ batches }) => batches)];
    this.#waiting = [];
    this.#reading = [];
    this.#current = null;
    for (const { into } of left) {
      into.failed ??= unavailable('closed before its sums were taken');
      settle(into);
    }
  }

  #advance(): void {
    if (this.#busy || this.#closed) return;
    if (this.#waiting.length > 0 && this.#stage === null) {
      this.#busy = true;
      const step = this.#withoutDevice ? this.#fallBack() : this.#openStage();
      void step.finally(() => {
        this.#busy = false;
        this.#advance();
      });
      return;
    }
    const stage = this.#stage;
    if (stage === null) return;
    while (this.#waiting.length > 0 && this.#reading.length < MOST_READING)
      this.#submit(stage, this.#waiting.shift()!);
    if (this.#waiting.length > 0) return;
    if (this.#readAll && this.#current !== null) this.#read(this.#current);
    this.#readAll = false;
  }

  #submit(stage: Stage, batch: Batch): void {
    if (batch.into.dropped) {
      this.#done(batch);
      return;
    }
    if (batch.n > stage.batchRows) {
      this.#waiting.unshift(...this.#cut(batch, stage.batchRows));
      return;
    }
    const device = this.#stageDevice!;
    const errors = withErrorScopes(device, () => {
      this.#current ??= { stage, set: stage.open(), batches: [], errors: [] };
      stage.measure(this.#current.set, this.#current.batches.length, batch);
    });
    const flight = this.#current!;
    flight.batches.push(batch);
    flight.errors.push(errors);
    if (flight.batches.length === stage.slots) this.#read(flight);
  }

  #cut(batch: Batch, most: number): Batch[] {
    const parts = cutBatch(batch, most, this.#stride);
    // What is kept is counted by the bytes of the views.
    this.#keptBytes += parts.reduce((sum, { rows }) => sum + rows.byteLength, -batch.rows.byteLength);
    return parts;
  }

  #read(flight: Flight): void {
    this.#current = null;
    this.#reading.push(flight);
    const words = flight.stage.read(flight.set, flight.batches.length);
    // Looked at below; until then a rejection has a handler.
    words.catch(() => {});
    void Promise.all(flight.errors).then(async (errors) => {
      const error = errors.find((each) => each !== null);
      try {
        if (error !== undefined) throw error;
        this.#finish(flight, await words);
      } catch (reason) {
        await this.#fail(flight, reason);
      }
    });
  }

  #finish(flight: Flight, slots: readonly Uint32Array[]): void {
    // Its batches may have been put back when another flight failed.
    if (!this.#reading.includes(flight)) return;
    this.#reading = this.#reading.filter((other) => other !== flight);
    for (const [i, batch] of flight.batches.entries()) {
      addSlot(batch.into.partial, slots[i]!, flight.stage.layout);
      if (wildIn(slots[i]!) > 0) {
        this.#addWild ??= wildAdder(this.#plan, this.#stride);
        this.#addWild(batch.rows, batch.n, batch.into.partial);
      }
      this.#done(batch);
    }
    this.#advance();
  }

  #done({ into, rows }: Batch): void {
    into.pending--;
    this.#keptBytes -= rows.byteLength;
    if (into.pending === 0) settle(into);
    if (this.#keptBytes < this.#options.keptBytes) {
      this.#room?.resolve();
      this.#room = null;
    }
  }

  /** Puts everything that was not read back into the queue, and goes on with what is left. */
  async #fail(flight: Flight, reason: unknown): Promise<void> {
    if (flight.stage !== this.#stage || this.#closed) return;
    const flights = this.#current === null ? this.#reading : [...this.#reading, this.#current];
    this.#waiting.unshift(...flights.flatMap(({ batches }) => batches));
    this.#reading = [];
    this.#current = null;
    this.#readAll = true;
    this.#stage.destroy();
    this.#stage = null;
    this.#busy = true;
    await this.#recover(reason);
    this.#busy = false;
    this.#advance();
  }

  async #recover(reason: unknown): Promise<void> {
    const { keeper } = this.#options;
    const kind = kindOf(reason);
    if (kind === 'out-of-memory') {
      this.#shrink(reason);
    } else if (kind === 'lost') {
      const next = await keeper.renew(this.#stageDevice!, messageOf(reason));
      this.#withoutDevice = next === null;
    } else {
      keeper.note = `the GPU refused the kernels (${messageOf(reason)})`;
      this.#withoutDevice = true;
    }
  }

  #shrink(reason: unknown): void {
    const { keeper } = this.#options;
    this.#batchBytes /= 2;
    this.#withoutDevice = this.#batchBytes < LEAST_BATCH_BYTES;
    keeper.note = this.#withoutDevice
      ? `the GPU has no memory for this (${messageOf(reason)})`
      : `batches of ${Math.round(this.#batchBytes / 1024)} KiB, because the GPU had no memory for more`;
  }

  async #openStage(): Promise<void> {
    const { keeper, limits, keptBytes } = this.#options;
    const open = keeper.now;
    if (open === null) {
      this.#withoutDevice = true;
      return;
    }
    const { device } = open;
    this.#stageDevice = device;
    let stage: Stage | undefined;
    try {
      const slots = Math.max(1, Math.min(MOST_SLOTS, Math.floor(keptBytes / 2 / this.#batchBytes)));
      const error = await withErrorScopes(device, () => {
        const options = { limits: cappedLimits(device.limits, limits), batchBytes: this.#batchBytes, slots };
        stage = new Stage(device, this.#plan, options);
      });
      if (error !== null) throw error;
      if (this.#closed) stage?.destroy();
      else this.#stage = stage ?? null;
    } catch (reason) {
      stage?.destroy();
      await this.#recover(reason);
    }
  }

  /** Measures what waits without a device. */
  async #fallBack(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#closed) {
      const batch = this.#waiting.shift()!;
      try {
        if (!batch.into.dropped) {
          addPartial(batch.into.partial, await this.#fallback.measure(batch.rows, batch.n));
        }
      } catch (error) {
        batch.into.failed ??= error;
      }
      this.#done(batch);
    }
    this.#readAll = false;
  }
}
