// SPDX-License-Identifier: Apache-2.0
import { html, type TemplateResult } from 'lit';
import type { ExportKind } from '../../src/engine/protocol.js';
import type { Session } from './session.js';

const KINDS: readonly [kind: ExportKind, title: string, detail: string][] = [
  ['html', 'Report as one HTML file', 'opens anywhere, without a network'],
  ['json', 'JSON', 'every number, by a published schema'],
  ['csv', 'Table as CSV', 'one line per feature'],
  ['baseline', 'Baseline', 'the reference in small, to compare later data with'],
];

const EXTENSIONS: Record<ExportKind, string> = {
  html: 'html',
  json: 'json',
  csv: 'csv',
  baseline: 'driftglass',
};

export function exportMenu({
  copied,
  onExport,
  onCopy,
}: {
  copied: boolean;
  onExport: (kind: ExportKind) => void;
  onCopy: () => void;
}): TemplateResult {
  const close = (event: Event): void =>
    (event.currentTarget as Element).closest('details')?.removeAttribute('open');
  return html`<details
    class="menu"
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      close(event);
      (event.currentTarget as Element).querySelector('summary')?.focus();
    }}
    @focusout=${(event: FocusEvent) => {
      const menu = event.currentTarget as Element;
      if (event.relatedTarget !== null && !menu.contains(event.relatedTarget as Node)) close(event);
    }}
  >
    <summary class="button">${copied ? 'Copied' : 'Export'}</summary>
    <div>
      ${KINDS.map(
        ([kind, title, detail]) => html`<button
          @click=${(event: Event) => {
            close(event);
            onExport(kind);
          }}
        >
          ${title}<small>${detail}</small>
        </button>`,
      )}
      <button
        @click=${(event: Event) => {
          close(event);
          onCopy();
        }}
      >
        Copy link<small>with these settings, never with data</small>
      </button>
    </div>
  </details>`;
}

/** Hands a file to the person, named after both sides. */
export function download(blob: Blob, kind: ExportKind, { report }: Session): void {
  const stem = (name: string): string =>
    name
      .replace(/\.[a-z0-9.]+$/i, '')
      .replace(/[^\p{L}\p{N}._-]+/gu, '-')
      .slice(0, 60);
  const name =
    kind === 'baseline'
      ? `${stem(report?.reference.name ?? 'baseline')}.${EXTENSIONS[kind]}`
      : `drift-${stem(report?.reference.name ?? '')}-${stem(report?.current.name ?? '')}.${EXTENSIONS[kind]}`;
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // The download has its own hold on the data by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
