// SPDX-License-Identifier: Apache-2.0
// Nothing is imported at the top: see engine/engine.worker.ts.
import('./worker-service.js').then(
  ({ WorkerService }) => {
    new WorkerService().serve(globalThis as unknown as MessagePort);
    // The page gives up on a worker that never says this (engine/climb.ts).
    postMessage({ driftglass: 'ready' });
  },
  // Becomes the worker's error event, so that the page need not wait for its patience to end.
  (error: unknown) => reportError(error),
);
