// SPDX-License-Identifier: Apache-2.0
import { watch } from '../../src/adapters/tfjs.js';
import { createMonitor } from '../../src/index.js';
import type { App } from './app.js';

/** All that is added to the model. */
export function watchFlights(app: App) {
  const monitor = createMonitor({
    baseline: 'live/flights.baseline',
    windows: [{ every: '1d' }],
    labels: { reference: app.accuracy },
    name: 'flights',
    store: 'memory', // each visit begins anew
    onError: app.report,
  });
  const model = watch(app.network, monitor, {
    tf: app.tf,
    inputs: {
      hour: 'hour',
      distance: 'distance',
      origin: ({ values }) => ({
        columns: { origin: app.airportNames(values) },
      }),
      destination: ({ values }) => ({
        columns: { destination: app.airportNames(values) },
      }),
    },
    outputs: {
      classes: ['on time', 'late'],
      prediction: 'predicted',
      score: 'score',
      threshold: app.threshold,
    },
    embedding: 'dense_2',
    ids: () => app.flights().ids,
    times: () => app.flights().times,
    sampling: { share: 1 }, // a day passes in a second
  });
  return { monitor, model };
}

// A day later, when it is known: monitor.label(id, 'late');
