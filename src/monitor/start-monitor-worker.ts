// SPDX-License-Identifier: Apache-2.0
import { climb, type Started, type StartOptions } from '../engine/climb.js';
import { rungs } from './worker-rungs.js';

/**
 * Starts the monitor's worker: the app's factory → a worker by URL → a worker from a blob → none. Never rejects: what failed
 * is in `notes`, and without a worker the page itself has to be the host (local-host.ts).
 */
export async function startMonitorWorker(options: StartOptions = {}): Promise<Started> {
  return climb(rungs, options);
}
