// SPDX-License-Identifier: Apache-2.0
import '../../src/components/index.js';
import '../../src/components/live.js';
import type { DriftReport } from '../../src/components/drift-report/drift-report.js';
import type { EmbeddingView } from '../../src/report/embedding-view.js';
import { clusterView } from './fixture-embedding.js';
import { featureOf, flightsReport, mixedReport, reportOf, wideReport } from './fixture-report.js';

/** Puts one state on the stage, chosen by the hash: flights, mixed, wide, loading, error, empty, parts, embedding… */
const state = location.hash.slice(1) || 'flights';
const stage = document.querySelector('#stage') as HTMLElement;

function report(fill: (element: DriftReport) => void): void {
  const element = document.createElement('drift-report');
  fill(element);
  stage.append(element);
}

if (state === 'flights') report((element) => (element.report = flightsReport()));
if (state === 'mixed') report((element) => (element.report = mixedReport()));
if (state === 'wide') report((element) => (element.report = wideReport()));
if (state === 'none') report((element) => (element.report = reportOf([])));
if (state === 'loading') report((element) => (element.loading = true));
if (state === 'empty') report(() => {});
if (state === 'error') {
  report((element) => {
    element.report = flightsReport();
    element.error = 'orders.csv: row 12, column 3: a quote that never ends.';
  });
}
if (state === 'parts') {
  for (const rating of ['drift', 'watch', 'unknown', 'stable', 'notRated'] as const) {
    const badge = document.createElement('drift-badge');
    badge.rating = rating;
    badge.label = 'checkout model';
    badge.style.margin = '4px';
    stage.append(badge);
  }
  const zone = document.createElement('drift-dropzone');
  zone.error = 'notes.docx: not a table. Word documents hold no rows.';
  stage.append(zone);
}

function embedding(view: EmbeddingView): void {
  const element = document.createElement('drift-embedding');
  Object.assign(element, { name: 'embedding', ...view });
  stage.append(element);
}

if (state === 'digits')
  void import('./digits-scene.js').then(async (scene) => embedding(await scene.digitsView()));
if (state === 'embedding') embedding(clusterView());
if (state === 'embedding-many') embedding(clusterView(5000, 100_000));
if (state === 'embedding-profiles') embedding({ ...clusterView(), map: null, typical: [] });
if (state === 'embedding-report') {
  void import('./digits-scene.js').then(async (scene) => {
    const view = await scene.digitsView();
    const { projections, shift } = view;
    report((element) => {
      element.report = reportOf([
        featureOf('features', { embedding: { projections, shift } }),
        ...flightsReport().features,
      ]);
      element.embeddings = new Map([['features', view]]);
    });
  });
}

if (state.startsWith('live')) void import('./live-scene.js').then(({ liveScene }) => liveScene(stage, state));
