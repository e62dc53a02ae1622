// SPDX-License-Identifier: Apache-2.0
import { watch } from '../../src/adapters/tfjs.js';
import { createMonitor } from '../../src/index.js';
import type { App } from './app.js';

/** The model, watched. This is all that the page adds to it. */
export function watchFlights({ tf, network, threshold, airportNames, flights, report }: App) {
  const monitor = createMonitor({
    baseline: 'live/flights.baseline',
    windows: [{ every: '1d' }],
    name: 'flights',
    store: 'memory', // the months begin anew with every visit
    onError: report,
  });
  const model = watch(network, monitor, {
    tf,
    inputs: {
      hour: 'hour',
      distance: 'distance',
      origin: ({ values }) => ({ columns: { origin: airportNames(values) } }),
      destination: ({ values }) => ({ columns: { destination: airportNames(values) } }),
    },
    outputs: { classes: ['on time', 'late'], prediction: 'predicted', score: 'score', threshold },
    embedding: 'dense_2',
    ids: () => flights().ids,
    times: () => flights().times,
    sampling: { share: 1 }, // a month passes in half a minute: measure every call
  });
  return { monitor, model };
}

// A day later, when it is known: monitor.label(id, 'late');
