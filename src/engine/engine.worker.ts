// SPDX-License-Identifier: Apache-2.0
// Nothing is imported at the top: bundlers put code that lazy chunks share into the chunk that needs it first. Were that
// this entry, the chunks would import it, and WebKit (2.50) would then evaluate a worker's entry a second time: a second,
// empty engine on the same port.
import('./engine-host.js').then(
  ({ EngineHost }) => {
    new EngineHost('worker').serve(globalThis as unknown as MessagePort);
    // The page gives up on a worker that never says this (engine/start.ts).
    postMessage({ driftglass: 'ready' });
  },
  // Becomes the worker's error event, so that the page need not wait for its patience to end.
  (error: unknown) => reportError(error),
);
