// SPDX-License-Identifier: Apache-2.0
/// <reference types="vite/client" />
import {
  createMonitor,
  type ExportPart,
  type Monitor,
  type MonitorSnapshot,
  publishMonitor,
} from '../../../src/index.js';
import { baselineFileOf, observedOf, rowsOf } from '../../../src/monitor/core/testing/rows.js';
import workerAddress from '../../../src/monitor/monitor.worker.ts?worker&url';
import { SystemWatch } from '../../../src/monitor/page/system-watch.js';
import { trustedWorker } from '../../serving/trusted-worker.js';
import type { Inside } from './inside.js';
import insideAddress from './inside.ts?worker&url';

/** What the tests read off the page and call on it. */
export interface App {
  readonly monitor: Monitor;
  readonly first: MonitorSnapshot;
  readonly verdicts: string[];
  readonly errors: string[];
  /** Errors that reached the page's own handlers: there must be none. */
  readonly leaked: string[];
  readonly sent: string[];
  /** Whether `pageshow` said that the page came from the back-forward cache. */
  readonly shown: boolean[];
  observe(rows: number, seed: number, shift: number): void;
}

const search = new URLSearchParams(location.search);
const errors: string[] = [];
const leaked: string[] = [];
const verdicts: string[] = [];
const sent: string[] = [];
const shown: boolean[] = [];
addEventListener('error', (event) => leaked.push(event.message));
addEventListener('unhandledrejection', (event) => leaked.push(String(event.reason)));
addEventListener('pageshow', (event) => {
  shown.push(event.persisted);
  // Told to the server: a question asked of a page that is coming back would throw it out of the cache.
  void fetch('shown', { method: 'POST' });
});

const monitor = createMonitor({
  baseline: baselineFileOf(rowsOf({ rows: 5_000, seed: 1 })),
  windows: [{ rows: 500 }, { every: '1h' }],
  store: search.has('memory') ? 'memory' : 'indexedDB',
  onError: (error) => errors.push(`${error.name}: ${error.message}`),
  exporter: (parts) => {
    for (const part of parts) {
      sent.push(`${part.window.spec} ${part.closed ? 'closed' : 'open'} ${part.index + 1}/${part.of}`);
      // As an app would, with the page half gone.
      if (search.has('beacon')) navigator.sendBeacon(`beacon?${query(part)}`, part.bytes);
    }
  },
  ...(search.has('factory') ? { worker: () => trustedWorker(workerAddress) } : {}),
});
monitor.onVerdict(({ rating }) => verdicts.push(rating));
const first = await monitor.ready;
const app: App = {
  monitor,
  first,
  verdicts,
  errors,
  leaked,
  sent,
  shown,
  observe: (rows, seed, shift) => {
    monitor.observe(observedOf(rowsOf({ rows, seed, shift })));
  },
};
/** The same inside a worker of the app's, dedicated, shared or a service worker. */
async function inside(
  kind: 'worker' | 'shared worker' | 'service worker',
  isInProcess: boolean,
): Promise<Inside> {
  const { port1, port2 } = new MessageChannel();
  const heard = new Promise<Inside>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
  const message = { isInProcess, port: port2 };
  if (kind === 'worker') new Worker(insideAddress, { type: 'module' }).postMessage(message, [port2]);
  else if (kind === 'shared worker')
    new SharedWorker(insideAddress, { type: 'module' }).port.postMessage(message, [port2]);
  else {
    // Its scope is the folder of its script, which this page is not in: it is spoken to all the same.
    const { installing, active } = await navigator.serviceWorker.register(insideAddress, { type: 'module' });
    (installing ?? active)?.postMessage(message, [port2]);
  }
  return heard;
}

Object.assign(globalThis, { app, publish: publishMonitor, SystemWatch, inside });
document.body.dataset['ready'] = first.state;

function query({ window, closed, bytes }: ExportPart): string {
  return new URLSearchParams({
    spec: window.spec,
    closed: String(closed),
    rows: String(window.rows),
    bytes: String(bytes.length),
  }).toString();
}
