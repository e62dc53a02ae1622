// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { FeatureReport } from '../../report/report.js';
import type { Rating } from '../../verdict/verdict.js';
import { countRatings, missingShare, type SortDirection, type SortKey } from '../internal/feature-order.js';
import { mark } from '../internal/mark.js';
import { formatCount, formatP, formatShare, unbroken } from '../internal/number-text.js';
import { metricValue } from '../internal/why.js';
import { kindWords, metricName, metricShort, RATING_ORDER, ratingWord } from '../internal/words.js';
import { breakable } from './breakable.js';
import { bullet } from './bullet.js';
import { spark } from './spark.js';

/** The parts of `<drift-features>`: tools, head, row. */

export const openedId = (index: number): string => `opened-${index}`;

const SORTS: readonly [SortKey, string][] = [
  ['report', 'worst first'],
  ['name', 'name'],
  ['distance', 'distance'],
  ['p', 'p-value'],
  ['missing', 'missing'],
];

export function featureTools(tools: {
  features: readonly FeatureReport[];
  shown: number;
  query: string;
  ratings: ReadonlySet<Rating>;
  sort: SortKey;
  cards: boolean;
  onQuery: (text: string) => void;
  onRating: (rating: Rating) => void;
  onSort: (key: SortKey) => void;
}): TemplateResult {
  const { features, shown, ratings } = tools;
  const counts = countRatings(features);
  const present = RATING_ORDER.filter((rating) => (counts.get(rating) ?? 0) > 0);
  return html`<div class="tools" part="tools">
    <input
      type="search"
      placeholder="Find a feature"
      aria-label="Find a feature by name"
      .value=${live(tools.query)}
      @input=${(event: Event) => tools.onQuery((event.target as HTMLInputElement).value)}
    />
    ${
      present.length < 2
        ? nothing
        : html`<span role="group" aria-label="Show only">
            ${present.map(
              (rating) =>
                html`<button class="chip" aria-pressed=${ratings.has(rating)} @click=${() => tools.onRating(rating)}>
                  ${mark(rating)}${ratingWord(rating)} ${formatCount(counts.get(rating))}
                </button>`,
            )}
          </span>`
    }
    ${
      tools.cards
        ? html`<select
            class="button"
            aria-label="Order"
            .value=${live(tools.sort)}
            @change=${(event: Event) => tools.onSort((event.target as HTMLSelectElement).value as SortKey)}
          >
            ${SORTS.map(([key, text]) => html`<option value=${key} ?selected=${key === tools.sort}>${text}</option>`)}
          </select>`
        : nothing
    }
    <span class="count" role="status">${shown === features.length ? '' : `${formatCount(shown)} of ${formatCount(features.length)}`}</span>
  </div>`;
}

export function featureHead(head: {
  sort: SortKey;
  direction: SortDirection;
  onSort: (key: SortKey) => void;
}): TemplateResult {
  const sortable = (key: SortKey, text: string, title = '') => {
    const sorted = head.sort === key;
    return html`<span role="columnheader" class=${sorted ? 'sorted' : ''} aria-sort=${sorted ? head.direction : 'none'}>
      <button title=${title || nothing} @click=${() => head.onSort(key)}
        >${text}${sorted ? html`<span class="arrow" aria-hidden="true"> ${head.direction === 'ascending' ? '↑' : '↓'}</span>` : nothing}</button
      >
    </span>`;
  };
  return html`<div role="rowgroup">
    <div class="head" part="head" role="row" aria-rowindex="1">
      <span role="columnheader"><span class="visually-hidden">rating</span></span>
      ${sortable('name', 'feature')}
      <span role="columnheader">distribution</span>
      ${sortable('distance', 'distance / threshold', 'main distance against its threshold')}
      <span role="columnheader"><span class="visually-hidden">value</span></span>
      ${sortable('p', 'adj. p', 'p-value, adjusted for all tests of the report (Holm)')}
      ${sortable('missing', 'missing', 'share of rows missing: reference → current')}
      <span role="columnheader">what happened</span>
    </div>
  </div>`;
}

export function featureRow(
  feature: FeatureReport,
  row: { index: number; open: boolean; active: boolean; onToggle: () => void },
): TemplateResult {
  const { verdict, name } = feature;
  const rated = verdict.rating !== 'notRated';
  const before = missingShare(feature.reference);
  const after = missingShare(feature.current);
  return html`<div
    class="row ${row.open ? 'open' : ''}"
    part="row"
    role="row"
    data-index=${row.index}
    aria-rowindex=${row.index + 2}
    @click=${row.onToggle}
  >
    <span role="cell" class="mark-cell">${mark(verdict.rating, true)}</span>
    <span role="cell" class="name">
      <button
        title=${name}
        tabindex=${row.active ? '0' : '-1'}
        aria-expanded=${row.open}
        aria-controls=${row.open ? openedId(row.index) : nothing}
        >${name === '' ? '(no name)' : breakable(name)}</button
      ><span>${kindDetail(feature)}</span>
    </span>
    <span role="cell" class="distribution">${spark(feature.histogram ?? feature.embedding?.projections[0])}</span>
    <span role="cell" class="bar-cell">${bullet(verdict)}</span>
    <span role="cell" class="value" title=${rated ? metricName(verdict.metric) : ''}
      >${rated ? html`<span>${metricShort(verdict.metric)}</span> ${metricValue(verdict.metric, verdict.value, 2)}` : nothing}</span
    >
    <span role="cell" class="p">${rated ? html`<span class="cards-only unit">p </span>${formatP(verdict.adjustedPValue)}` : nothing}</span>
    <span role="cell" class="missing"
      >${
        before === 0 && after === 0
          ? html`<span class="unit"><span class="cards-only">missing </span>none</span>`
          : html`<span class="cards-only unit">missing </span>${formatShare(before)} → ${formatShare(after)}`
      }</span
    >
    <span role="cell" class="sentence" part="sentence">${unbroken(rated ? verdict.sentence : (verdict.reason ?? verdict.sentence))}</span>
  </div>`;
}

function kindDetail({ kind, role, reference }: FeatureReport): string {
  const words = kindWords(kind, role);
  return kind === 'category' && reference.distinct !== undefined
    ? `${words} · ${formatCount(reference.distinct)}`
    : words;
}

/** A quiet placeholder while the report is on its way. */
export function waitingRows(): TemplateResult {
  return html`<div aria-busy="true" aria-label="Loading" role="group">
    ${[150, 110, 180, 130].map(
      (width) =>
        html`<div class="waiting" aria-hidden="true"><i .style="width:${width}px"></i><i .style=${'width:132px'}></i><i .style=${'flex:1'}></i></div>`,
    )}
  </div>`;
}
