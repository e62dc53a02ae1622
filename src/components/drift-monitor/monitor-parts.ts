// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import type { MonitorSnapshot, WindowSeries } from '../../monitor/snapshot.js';
import { listed } from '../../verdict/words/number-words.js';
import { neverRated } from '../internal/live-series.js';
import { formatBytes, formatCount, plural } from '../internal/number-text.js';
import { formatSpan } from '../internal/time-text.js';
import { rowNotes } from './monitor-words.js';

/** From this share of the limit on, older windows are added up or leave (docs/store.md), which is as it should be. */
const SHORT_OF = 0.75;

/** "windows of 1 h, latest 5 Mar 23:00, next 412 rows": one text, so that what changes moves nothing beside it. */
export function windowWords({ spec, windows, open }: WindowSeries, withSpec: boolean): string {
  const last = windows.at(-1);
  const parts = withSpec ? [`windows of ${spec}`] : [];
  if (last !== undefined) parts.push(`latest ${formatSpan(last.start, last.end)}`);
  if (open !== null) {
    parts.push(`next ${formatCount(open.rows)}${open.of === null ? ' rows' : ` of ${formatCount(open.of)}`}`);
  }
  return parts.join(', ');
}

/** How full the open window is, where that can be told. */
export function openFill({ open }: WindowSeries): TemplateResult | typeof nothing {
  if (open === null || open.of === null || open.of === 0) return nothing;
  return html`<i class="fill"><i .style="transform:scaleX(${Math.min(1, open.rows / open.of)})"></i></i>`;
}

/** What it is compared with, where rows went, where it runs, what it keeps. */
export function monitorNotes(snapshot: MonitorSnapshot, series: WindowSeries | undefined): TemplateResult {
  const { reference, engine, store, rows } = snapshot;
  const left = rowNotes(snapshot);
  const places: Record<string, string> = { worker: 'in a worker', page: 'on the page', node: 'in Node' };
  const unrated = series === undefined ? [] : neverRated(series);
  const lines = [
    ...engine.notes,
    ...(store.reason === '' ? [] : [store.reason]),
    ...(unrated.length === 0 ? [] : [`Not rated: ${listed(unrated, 12)}.`]),
    `Compared with ${reference.label}, ${plural(reference.rows, 'row')}. ${formatCount(rows.measured)} of ${formatCount(rows.observed)} rows measured${left.length === 0 ? '' : `; ${left.join(', ')}`}.`,
    `${engine.kernels} ${places[engine.place] ?? engine.place} · ${store.kind === 'memory' ? 'history in memory' : 'history kept in this browser'}, ${formatBytes(store.bytes)} of at most ${formatBytes(store.limit)}${store.bytes > SHORT_OF * store.limit ? ' (older windows are added up)' : ''}${store.tabs > 1 ? `, shared by ${formatCount(store.tabs)} tabs` : ''}`,
  ];
  return html`<footer class="notes" part="notes">${lines.map((line) => html`<p>${line}</p>`)}</footer>`;
}
