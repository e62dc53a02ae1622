// SPDX-License-Identifier: Apache-2.0
import { messageOf } from '../../errors.js';
import { type OpenDevice, openDevice } from './device.js';

/** The device that kernels use now: the first, another after it was lost once, then none. */
export class DeviceKeeper {
  #now: OpenDevice | null;
  #renewals = 1;
  #renewing: Promise<OpenDevice | null> | undefined;
  readonly #gpu: GPU | undefined;
  /** What happened, in words for the report; null while nothing did. */
  note: string | null = null;

  /** `gpu` gives the next device; without it, a lost device is not replaced. */
  constructor(first: OpenDevice, gpu: GPU | undefined) {
    this.#now = first;
    this.#gpu = gpu;
  }

  get now(): OpenDevice | null {
    return this.#now;
  }

  /** After `lost` failed: the device to go on with, or null. Every caller that lost the same device gets the same answer. */
  async renew(lost: GPUDevice, reason: string): Promise<OpenDevice | null> {
    if (this.#now?.device !== lost) return this.#now;
    this.#renewing ??= this.#replace(lost, reason).finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  close(): void {
    this.#now?.device.destroy();
    this.#now = null;
    this.#renewals = 0;
  }

  async #replace(lost: GPUDevice, reason: string): Promise<OpenDevice | null> {
    this.note = `the GPU was lost (${await lossOf(lost, reason)})`;
    if (this.#renewals === 0 || this.#gpu === undefined) {
      this.#now = null;
      return null;
    }
    this.#renewals--;
    try {
      this.#now = await openDevice(this.#gpu);
      this.note += ' and taken again';
    } catch (error) {
      this.#now = null;
      this.note += `; ${messageOf(error)}`;
    }
    return this.#now;
  }
}

/** What the device says of its end; `reason` where it says nothing. It may say so a moment after its buffers fail. */
async function lossOf(device: GPUDevice, reason: string): Promise<string> {
  const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), 200));
  const info = await Promise.race([device.lost, patience]);
  return info === null ? reason : info.message || info.reason;
}
