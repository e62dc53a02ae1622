// SPDX-License-Identifier: Apache-2.0
import type { App } from '../../../web/live/app.js';

/** What stands for the module that watches the live page's model, where the page is to run without a monitor. */
export function watchFlights({ network }: App) {
  const nothing = (): (() => void) => () => {};
  return {
    model: network,
    monitor: {
      name: 'flights',
      ready: Promise.resolve({ state: 'inert', reason: '' }),
      onAlert: nothing,
      onUpdate: nothing,
      // The stream waits for the windows of its last days to be judged: here it has not to.
      onVerdict: (hear: (verdict: object) => void) => hear({ window: { end: Number.POSITIVE_INFINITY } }),
      snapshot: () => Promise.reject(new Error('there is no monitor')),
      annotate: nothing,
      label: nothing,
      dispose: () => Promise.resolve(),
    },
  };
}
