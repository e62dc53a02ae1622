// SPDX-License-Identifier: Apache-2.0
/** The ways in which the package makes the engine's worker, best first. The standalone build puts its inlined worker here. */
import { workerFromBlob } from './blob-worker.js';
import type { Rung } from './rung.js';

export const rungs: readonly Rung[] = [
  { place: 'worker', name: 'worker by URL', make: workerByUrl },
  { place: 'blob worker', name: 'worker from a blob', make: () => workerFromBlob(workerByUrl) },
];

/** Bundlers look for exactly this expression, on one line, with the global `Worker`: keep it so. */
function workerByUrl(): Worker {
  return new Worker(new URL('./engine.worker.js', import.meta.url), { type: 'module' });
}
