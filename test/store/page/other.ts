// SPDX-License-Identifier: Apache-2.0
/** Another page of the site: goes back, or has the same monitor and says how it finds the history. */
import { createMonitor } from '../../../src/monitor/create-monitor.js';

if (new URLSearchParams(location.search).has('monitor')) {
  const monitor = createMonitor({ name: 'cached', reference: { first: 200 }, windows: [{ rows: 100 }] });
  const { state, store, rows } = await monitor.ready;
  const found = {
    what: 'other',
    state,
    store: store.kind,
    leader: String(store.leader),
    rows: String(rows.measured),
  };
  await fetch(`/shown?${new URLSearchParams(found)}`);
} else setTimeout(() => history.back(), 500);
