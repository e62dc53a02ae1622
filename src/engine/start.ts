// SPDX-License-Identifier: Apache-2.0
import { climb, type Started, type StartOptions } from './climb.js';
import { rungs } from './worker-rungs.js';

/**
 * Starts the engine: the app's factory → a worker by URL → a worker from a blob → none, and the page itself has to do the
 * work, in short slices. Never rejects: what failed is in `notes`.
 */
export async function startWorker(options: StartOptions = {}): Promise<Started> {
  return climb(rungs, options);
}
