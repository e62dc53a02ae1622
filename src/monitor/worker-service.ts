// SPDX-License-Identifier: Apache-2.0
import { expose } from 'comlink';
import { holdLock } from '../engine/worker-watch.js';
import { LocalHost } from './local-host.js';
import { packSnapshots } from './snapshot-border.js';

/** A monitor's host as the page reaches it, through its worker's port. */
export class WorkerService extends LocalHost {
  /** Said by the page first: the lock that tells that the worker lives (engine/worker-watch.ts). */
  async holdLock(name: string): Promise<void> {
    await holdLock(name);
  }

  serve(port: MessagePort): void {
    packSnapshots();
    expose(this, port);
  }
}
