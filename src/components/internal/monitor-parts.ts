// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import type { MonitorSnapshot, WindowSeries } from '../../monitor/snapshot.js';
import { rowNotes } from './monitor-words.js';
import { formatBytes, formatCount, formatShare, plural } from './number-text.js';
import { formatSpan } from './time-text.js';

/** "windows of 1 h, the latest 5 Mar 23:00 with 1,004 rows". */
export function windowWords({ spec, windows }: WindowSeries): string {
  const last = windows.at(-1);
  if (last === undefined) return `windows of ${spec}`;
  return `windows of ${spec}, latest ${formatSpan(last.start, last.end)}`;
}

/** How full the open window is. */
export function openWindow({ open }: WindowSeries): TemplateResult | typeof nothing {
  if (open === null) return nothing;
  const share = open.of === null || open.of === 0 ? null : Math.min(1, open.rows / open.of);
  return html`<span class="open-window"
    >${share === null ? nothing : html`<i class="fill"><i style="transform:scaleX(${share})"></i></i>`}next:
    ${formatCount(open.rows)}${open.of === null ? ' rows' : ` of ${formatCount(open.of)}`}</span
  >`;
}

/** What it is compared with, where rows went, where it runs, what it keeps. */
export function monitorNotes(snapshot: MonitorSnapshot): TemplateResult {
  const { reference, engine, store, rows } = snapshot;
  const left = rowNotes(snapshot);
  const places: Record<string, string> = { worker: 'in a worker', page: 'on the page', node: 'in Node' };
  const lines = [
    ...engine.notes,
    ...(store.reason === '' ? [] : [store.reason]),
    `Compared with ${reference.label}, ${plural(reference.rows, 'row')}. ${formatCount(rows.measured)} of ${formatCount(rows.observed)} rows measured${left.length === 0 ? '' : `; ${left.join(', ')}`}.`,
    `${engine.kernels} ${places[engine.place] ?? engine.place} · ${store.kind === 'memory' ? 'history in memory' : 'history kept in this browser'}, ${formatBytes(store.bytes)}, ${formatShare(store.limit > 0 ? store.bytes / store.limit : 0)} of its limit${store.tabs > 1 ? `, shared by ${formatCount(store.tabs)} tabs` : ''}`,
  ];
  return html`<footer class="notes" part="notes">${lines.map((line) => html`<p>${line}</p>`)}</footer>`;
}
