// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import type { EmbeddingProjection, EmbeddingShift, ShiftFact } from '../../report/embedding-view.js';
import { meanShifts } from './projection-plots.js';

/** Directions of which the shift of the mean is drawn. */
const MOST_DIRECTIONS = 24;

/** What moved, in facts, and by direction where `projections` are given; nothing where nothing is known. */
export function shiftPart(
  { mean, spread, clusters }: EmbeddingShift,
  projections: readonly EmbeddingProjection[],
): TemplateResult | typeof nothing {
  if (mean.length + spread.length + clusters.length + projections.length === 0) return nothing;
  return html`<section part="shift">
    <h3>What moved</h3>
    <div class="facts">
      ${group('The mean', mean)} ${group('The spread', spread)} ${group('Clusters', clusters)}
    </div>
    ${
      projections.length === 0
        ? nothing
        : html`<h4>The mean, by direction</h4>${meanShifts(projections.slice(0, MOST_DIRECTIONS))}`
    }
  </section>`;
}

function group(title: string, list: readonly ShiftFact[]): TemplateResult | typeof nothing {
  return list.length === 0
    ? nothing
    : html`<div>
        <h4>${title}</h4>
        <dl>
          ${list.map(({ label, text }) => html`<dt>${label}</dt><dd>${text}</dd>`)}
        </dl>
      </div>`;
}
