// SPDX-License-Identifier: Apache-2.0
/** A page with a monitor, which is left for another and come back to: says whether it was kept meanwhile. */
import { createMonitor } from '../../../src/monitor/create-monitor.js';

const monitor = createMonitor({ name: 'cached', reference: { first: 200 }, windows: [{ rows: 100 }] });
const [arrival] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];

addEventListener('pageshow', ({ persisted }) => {
  if (persisted || arrival?.type === 'back_forward') void tell(persisted ? 'kept' : 'made anew');
});

async function tell(what: string): Promise<void> {
  // It measures on, too.
  for (let i = 0; i < 100; i++) monitor.observe({ a: Math.random() });
  await monitor.flush();
  const { state, store, rows } = await monitor.snapshot();
  const found = { what, state, store: store.kind, leader: String(store.leader), rows: String(rows.measured) };
  await fetch(`/shown?${new URLSearchParams(found)}`);
}

if (arrival?.type === 'navigate') {
  await monitor.ready;
  for (let i = 0; i < 300; i++) monitor.observe({ a: Math.random() });
  await monitor.flush();
  setTimeout(() => {
    location.href = `./other.html${location.search}`;
  }, 300);
}
