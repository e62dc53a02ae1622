// SPDX-License-Identifier: Apache-2.0
/// <reference types="vite/client" />
import workerAddress from '../../../src/engine/engine.worker.ts?worker&url';
import { createAnalysis } from '../../../src/index.js';
import { trustedWorker } from '../../serving/trusted-worker.js';
import { csv } from '../../serving/two-samples.js';

/** What the tests read off the page. */
export interface Outcome {
  readonly rating?: string;
  readonly engine?: { readonly place: string; readonly kernels: string; readonly notes: readonly string[] };
  readonly error?: string;
  /** Errors that reached the page's own handlers: there must be none. */
  readonly leaked: readonly string[];
}

const leaked: string[] = [];
addEventListener('error', (event) => leaked.push(event.message));
addEventListener('unhandledrejection', (event) => leaked.push(String(event.reason)));

const analysis = createAnalysis({
  workers: 1,
  ...(location.search === '?factory' ? { worker: () => trustedWorker(workerAddress) } : {}),
});
try {
  await analysis.open('reference', [new File([csv(400, 0)], 'reference.csv')]);
  await analysis.open('current', [new File([csv(400, 1.5)], 'current.csv')]);
  const report = await analysis.compare();
  show({ rating: report.summary.rating, engine: report.engine, leaked });
} catch (error) {
  show({ error: error instanceof Error ? `${error} ${error.stack}` : String(error), leaked });
}

function show(outcome: Outcome): void {
  const text = JSON.stringify(outcome);
  document.body.dataset['outcome'] = text;
  // Browsers that are driven by nothing but an address tell the server.
  if (location.search === '?send') void fetch('outcome', { method: 'POST', body: text });
}
