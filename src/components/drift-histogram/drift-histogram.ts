// SPDX-License-Identifier: Apache-2.0
import { html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { FeatureReport, HistogramData } from '../../report/report.js';
import { define } from '../define.js';
import { axisTicks, bottomAxis, kindValue } from '../internal/axis.js';
import { dataTable } from '../internal/data-table.js';
import { formatCount, formatPoints, formatShare } from '../internal/number-text.js';
import { linear } from '../internal/scale.js';
import { type Bin, type Bins, bins, categoriesByChange } from '../internal/shares.js';
import { sideLegend } from '../internal/side-legend.styles.js';
import { stepLine } from '../internal/step-path.js';
import { chartInk, furniture, tokens } from '../internal/tokens.styles.js';
import { WidthController } from '../internal/width-controller.js';
import { styles } from './drift-histogram.styles.js';

/** Gap between the drawn range and the bins of what lies beyond, px. */
/** About the width of a letter on an axis, px. */
const LETTER = 6.6;
const BEYOND_GAP = 5;
const AXIS_HEIGHT = 24;

/**
 * @summary Both distributions of one feature over each other: the reference as a mass, the current side as a line.
 * Numbers are drawn as equally wide bins, categories as bars with the largest change first.
 *
 * @customElement drift-histogram
 * @csspart chart - The SVG, or the list of bars for categories.
 * @csspart legend - The two direct labels.
 * @csspart data - The data table behind the chart.
 * @cssproperty --drift-reference - Mass of the reference.
 * @cssproperty --drift-current - Line of the current side.
 */
export class DriftHistogram extends LitElement {
  static override styles = [tokens, furniture, chartInk, sideLegend, styles];

  /** The feature to draw; `null` shows the empty state. */
  @property({ attribute: false }) feature: FeatureReport | null = null;

  /** Height of a numeric chart in px. */
  @property({ type: Number }) height = 220;

  /** Categories shown before "show all". */
  @property({ type: Number }) limit = 12;

  @state() private tableOpen = false;
  @state() private showAll = false;

  #size = new WidthController(this);

  override render() {
    const data = this.feature?.histogram;
    if (this.feature === null || data === undefined)
      return html`<p class="empty">No distribution to draw.</p>`;
    return html`<div class="legend" part="legend" aria-hidden="true">
        <span class="reference">reference</span><span class="current">current</span>
      </div>
      ${data.categories === undefined ? this.#numbers(this.feature, data) : this.#categories(this.feature, data)}`;
  }

  #numbers(feature: FeatureReport, data: HistogramData): TemplateResult {
    const found = bins(data);
    const width = this.#size.width;
    if (found === undefined) return html`<p class="empty">No values to draw.</p>`;
    return html`${width > 0 ? this.#chart(feature, found, width) : html`<div .style="height:${this.height}px"></div>`}
    ${this.#table(feature, ['from', 'to', 'reference', 'current', 'change'], () =>
      [found.below, ...found.inner, found.above]
        .filter((bin) => bin !== undefined)
        .map((bin) => [
          Number.isFinite(bin.from) ? kindValue(feature.kind, bin.from) : 'below',
          Number.isFinite(bin.to) ? kindValue(feature.kind, bin.to) : 'above',
          formatShare(bin.reference),
          formatShare(bin.current),
          formatPoints(bin.current - bin.reference),
        ]),
    )}`;
  }

  #chart(feature: FeatureReport, { inner, below, above, peak }: Bins, width: number): TemplateResult {
    const base = this.height - AXIS_HEIGHT;
    const beyond = (below === undefined ? 0 : 1) + (above === undefined ? 0 : 1);
    const step = (width - 2 - beyond * BEYOND_GAP) / (inner.length + beyond);
    const left = 1 + (below === undefined ? 0 : step + BEYOND_GAP);
    const right = left + inner.length * step;
    const from = inner[0]?.from ?? 0;
    const to = inner.at(-1)?.to ?? 1;
    const tall = (share: number): number => (share / peak) * (base - 6);
    const group = (list: readonly Bin[], start: number) => {
      const at = { left: start, width: step, base };
      const outline = stepLine(
        list.map((bin) => tall(bin.reference)),
        at,
      );
      return svg`<path class="reference-mass" d=${`${outline}Z`}/><path class="reference-line" d=${outline}/>
        <path class="current-line" d=${stepLine(
          list.map((bin) => tall(bin.current)),
          at,
        )}/>`;
    };
    const x = linear([from, to], [left, right]);
    const belowText = below === undefined ? '' : `below ${kindValue(feature.kind, from)}`;
    const aboveText = above === undefined ? '' : `from ${kindValue(feature.kind, to)} on`;
    // Where the words at both ends stand, no tick has room.
    const ticks = axisTicks(feature.kind, [from, to], right - left).filter(({ at, text }) => {
      const room = (words: string): number =>
        words === '' ? 0 : LETTER * (words.length + text.length / 2) + 8;
      return x(at) >= room(belowText) && x(at) <= width - room(aboveText);
    });
    const outer = (text: string, place: number, anchor: 'start' | 'end') =>
      svg`<text x=${place} y=${base + 17} text-anchor=${anchor}>${text}</text>`;
    return html`<svg
      class="chart"
      part="chart"
      role="img"
      aria-label="Distribution of ${feature.name}, reference and current"
      viewBox="0 0 ${width} ${this.height}"
      height=${this.height}
    >
      ${group(inner, left)} ${below === undefined ? nothing : group([below], 1)}
      ${above === undefined ? nothing : group([above], right + BEYOND_GAP)}
      ${bottomAxis(ticks, { x, y: base, left: 0, right: width })}
      ${below === undefined ? nothing : outer(belowText, 0, 'start')}
      ${above === undefined ? nothing : outer(aboveText, width, 'end')}
    </svg>`;
  }

  #categories(feature: FeatureReport, data: HistogramData): TemplateResult {
    const all = categoriesByChange(data);
    const shown = this.showAll ? all.slice(0, 1000) : all.slice(0, this.limit);
    // What is summed up as other is no category: its bar would dwarf those that are.
    const bars = shown.filter(({ name }) => name !== '(other)');
    const peak = Math.max(1e-12, ...bars.map((entry) => Math.max(entry.reference, entry.current)));
    const part = (share: number): string => `width:${((share / peak) * 100).toFixed(2)}%`;
    return html`<ul class="bars" part="chart" aria-label="Categories of ${feature.name}, largest change first">
        ${shown.map(
          (entry) => html`<li>
            <span class="name" title=${entry.name}>${entry.name === '' ? '(empty)' : entry.name}</span>
            <span class="bar"
              >${
                entry.name === '(other)'
                  ? nothing
                  : html`<i .style=${part(entry.reference)}></i><b .style=${part(entry.current)}></b>`
              }</span
            >
            <span class="change">${formatShare(entry.reference, 1)} → ${formatShare(entry.current, 1)}</span>
            ${entry.unseen ? html`<span class="new">new</span>` : html`<span class="quiet">${formatPoints(entry.delta)}</span>`}
          </li>`,
        )}
      </ul>
      ${
        all.length > shown.length
          ? html`<button class="button more" @click=${() => (this.showAll = true)}>Show all ${formatCount(all.length)}</button>`
          : nothing
      }
      ${this.#table(
        feature,
        ['category', 'reference rows', 'current rows', 'reference', 'current', 'change'],
        () =>
          all.map((entry) => [
            entry.unseen && entry.name !== '(unseen)' ? `${entry.name} (new)` : entry.name,
            formatCount(entry.referenceRows),
            formatCount(entry.currentRows),
            formatShare(entry.reference, 1),
            formatShare(entry.current, 1),
            formatPoints(entry.delta),
          ]),
      )}`;
  }

  #table(feature: FeatureReport, head: readonly string[], rows: () => string[][]): TemplateResult {
    return dataTable({
      summary: 'as a table',
      caption: `Distribution of ${feature.name}`,
      head,
      rows,
      open: this.tableOpen,
      onToggle: (open) => (this.tableOpen = open),
    });
  }
}

define('drift-histogram', DriftHistogram);

declare global {
  interface HTMLElementTagNameMap {
    'drift-histogram': DriftHistogram;
  }
}
