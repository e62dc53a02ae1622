// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import { formatBytes, formatCount, formatNumber } from '../../src/components/internal/number-text.js';
import type { Progress } from '../../src/engine/protocol.js';

const PHASES: Record<Progress['phase'], string> = {
  reading: 'Reading',
  measuring: 'Measuring',
  comparing: 'Comparing',
};

/** What is going on, how far, how fast, and a way to stop it. */
export function progressView({
  title,
  progress,
  onCancel,
}: {
  title: string;
  progress: Progress | null;
  onCancel: () => void;
}): TemplateResult {
  // Reading is told in bytes, and measuring where it reads; what follows takes as long as it takes.
  const known =
    progress !== null && progress.totalBytes > 0 && (progress.phase === 'reading' || progress.bytes > 0);
  const share = known ? Math.min(1, progress.bytes / progress.totalBytes) : null;
  const percent = Math.round((share ?? 0) * 100);
  return html`<section class="working" aria-busy="true">
    <div class="figures">
      <b role="status">${progress === null ? title : PHASES[progress.phase]}…</b>
      ${progress === null ? nothing : figures(progress)}
      <button class="button" @click=${onCancel}>Cancel</button>
    </div>
    <div
      class="bar ${share === null ? 'unsure' : ''}"
      role="progressbar"
      aria-label=${title}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${share === null ? nothing : percent}
    >
      <i style=${share === null ? '' : `width:${percent}%`}></i>
    </div>
  </section>`;
}

function figures({ rows, bytes, totalBytes, seconds }: Progress): TemplateResult {
  const reading = bytes > 0;
  return html`${rows > 0 ? html`<span><b>${formatCount(rows)}</b> rows</span>` : nothing}
    ${reading && totalBytes > 0 ? html`<span>${formatBytes(bytes)} of ${formatBytes(totalBytes)}</span>` : nothing}
    ${reading && seconds > 0.2 ? html`<span>${formatNumber(bytes / 1e6 / seconds, 2)} MB/s</span>` : nothing}`;
}
