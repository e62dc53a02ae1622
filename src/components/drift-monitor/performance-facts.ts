// SPDX-License-Identifier: Apache-2.0
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { MonitorSnapshot } from '../../monitor/snapshot.js';
import type { OutcomeSummary } from '../../performance/outcomes.js';
import { formatCount, formatSteady } from '../internal/number-text.js';
import { outcomeName } from '../internal/outcome-plot.js';
import { linear } from '../internal/scale.js';

const WIDTH = 220;
const HEIGHT = 26;

/** Realized performance of the predictions whose labels have come, where labels are, and the app's own numbers. */
export function performanceFacts({ outcomes, labels, metrics }: MonitorSnapshot): TemplateResult {
  return html`<div class="performance" part="performance">
    <div class="outcome">
      ${outcomes === null ? html`<p class="quiet">${labels.joined > 0 ? 'Labels have come, but no column is known to be the prediction.' : labels.waiting > 0 ? 'Predictions wait for their labels.' : 'No label has come: nothing is known about performance.'}</p>` : outcome(outcomes)}
    </div>
    <div>
    <p class="caption">labels</p>
    <dl class="counts">
      <div><dt>joined</dt><dd>${formatCount(labels.joined)}</dd></div>
      <div><dt>waiting</dt><dd>${formatCount(labels.waiting)}</dd></div>
      <div><dt>expired</dt><dd>${formatCount(labels.expired)}</dd></div>
      <div><dt>unknown id</dt><dd>${formatCount(labels.unknown)}</dd></div>
    </dl></div>
    ${
      metrics.length === 0
        ? nothing
        : html`<div><p class="caption">business metrics, latest means</p><dl class="counts">
            ${metrics.map(
              ({ name, mean, count }) =>
                html`<div><dt title=${name}>${name}</dt><dd title="over ${formatCount(count)} values">${formatSteady(mean)}</dd></div>`,
            )}
          </dl></div>`
    }
  </div>`;
}

function outcome(summary: OutcomeSummary): TemplateResult {
  const { metric, value, low, high, reference, rows } = summary;
  const known = Number.isFinite(reference) ? `, reference ${formatSteady(reference)}` : '';
  return html`<p class="figure"><b>${formatSteady(value)}</b> ${outcomeName(metric)}</p>
    ${range(summary)}
    <p class="quiet">${`95 % interval ${formatSteady(low)} to ${formatSteady(high)}${known}; ${formatCount(rows)} rows`}</p>`;
}

/** Value and interval on a line with the reference, at a scale that both need. */
function range({ value, low, high, reference }: OutcomeSummary): TemplateResult | typeof nothing {
  const all = [value, low, high, reference].filter(Number.isFinite);
  const from = Math.min(...all);
  const to = Math.max(...all);
  if (!(to > from)) return nothing;
  const room = (to - from) * 0.15;
  const x = linear([from - room, to + room], [0, WIDTH]);
  const place = (number: number): string => x(number).toFixed(1);
  return html`<svg class="range" viewBox="0 0 ${WIDTH} ${HEIGHT}" width=${WIDTH} height=${HEIGHT} aria-hidden="true">
    <path class="floor" d="M0 13H${WIDTH}" />
    <path class="interval" d="M${place(low)} 13H${place(high)}" />
    ${Number.isFinite(reference) ? svg`<path class="reference-tick" d="M${place(reference)} 3V23"/>` : nothing}
    <circle class="value-dot" cx=${place(value)} cy="13" r="4.5" />
  </svg>`;
}
