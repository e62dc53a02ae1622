// SPDX-License-Identifier: Apache-2.0
import { availableParallelism } from 'node:os';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { Endpoint } from 'comlink';
import type { Helper } from '../engine/helper.js';
import { RemoteHelper } from '../engine/remote-helper.js';

/** More threads than this wait for the disk. */
const MAX_HELPERS = 7;

export interface Crew {
  readonly helpers: readonly Helper[];
  /** Ends the threads; until then they keep the process alive. */
  end(): Promise<void>;
}

/** One helper thread for each further core. */
export function hireHelpers(): Crew {
  const workers: Worker[] = [];
  const helpers: Helper[] = [];
  for (let i = 0; i < Math.min(MAX_HELPERS, availableParallelism() - 1); i++) {
    const { port1, port2 } = new MessageChannel();
    const url = new URL('./node-helper.worker.js', import.meta.url);
    workers.push(new Worker(url, { workerData: port2, transferList: [port2] }));
    helpers.push(new RemoteHelper(port1 as unknown as Endpoint));
  }
  return { helpers, end: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))) };
}
