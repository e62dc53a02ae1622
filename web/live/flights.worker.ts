// SPDX-License-Identifier: Apache-2.0
// Nothing is imported at the top: see engine/engine.worker.ts.
import('./flight-reader.js').then(
  async ({ FlightReader }) => {
    const { expose } = await import('comlink');
    expose(new FlightReader());
    postMessage({ flights: 'ready' });
  },
  (error: unknown) => reportError(error),
);
