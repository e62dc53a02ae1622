// SPDX-License-Identifier: Apache-2.0
import type { Monitor, MonitorOptions } from './monitor.js';
import { asError } from './page/courier.js';
import { LiveMonitor } from './page/live-monitor.js';

/**
 * A monitor for a model on this page. Returns at once and never throws: what goes wrong is told to `onError`. Rows that
 * are observed before the engine has been loaded (when the page is idle) are kept, up to a bound. On a server without a
 * host it does nothing, and its state says why.
 *
 *     const monitor = createMonitor({ baseline: '/model/flights.baseline', onError: console.error });
 *     monitor.observe({ matrix: inputs, names: ['distance', 'hour'] });
 *     monitor.onVerdict((verdict) => console.log(verdict.sentence));
 */
export function createMonitor(options: MonitorOptions = {}): Monitor {
  try {
    return new LiveMonitor(options);
  } catch (error) {
    // Options that cannot even be read.
    return new LiveMonitor({}, asError(error));
  }
}
