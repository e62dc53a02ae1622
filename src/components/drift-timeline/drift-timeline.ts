// SPDX-License-Identifier: Apache-2.0
import { html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import type { FeatureReport, WindowReport } from '../../report/report.js';
import { define } from '../define.js';
import { DriftSelectEvent } from '../events.js';
import { dataTable } from '../internal/data-table.js';
import { type HeatLevel, heatPaths, type TimedFeature, timedFeatures } from '../internal/heat.js';
import { formatCount, formatNumber } from '../internal/number-text.js';
import { linear } from '../internal/scale.js';
import { seriesPlot, windowAt } from '../internal/series-plot.js';
import { formatSpan } from '../internal/time-text.js';
import { chartInk, furniture, tokens } from '../internal/tokens.styles.js';
import { WidthController } from '../internal/width-controller.js';
import { metricName, metricShort, ratingWord } from '../internal/words.js';
import { styles } from './drift-timeline.styles.js';

const NARROW = 640;
const NAMES = 132;
const ROW = 22;
const FIRST_ROWS = 16;
const MOST_ROWS = 500;

/**
 * @summary Drift over time: a heat map of features by windows, and the chosen feature as a line with its threshold and band.
 *
 * @customElement drift-timeline
 * @event {DriftSelectEvent} drift-select - Another feature was chosen.
 * @csspart map - The heat map.
 * @csspart plot - The line chart of the chosen feature.
 * @csspart readout - The window under the pointer or the cursor, in words.
 * @csspart data - The data table behind both.
 * @cssproperty --drift-heat-0 - Cell below half the threshold; --drift-heat-1 … --drift-heat-4 grow to drift.
 * @cssproperty --drift-current - The line.
 */
export class DriftTimeline extends LitElement {
  static override styles = [tokens, furniture, chartInk, styles];

  /** Features of a report; those without a series are left out. */
  @property({ attribute: false }) features: readonly FeatureReport[] = [];

  /** Windows of the same report, in time order. */
  @property({ attribute: false }) windows: readonly WindowReport[] = [];

  /** Name of the feature drawn as a line; the worst when absent. */
  @property() selected = '';

  @state() private cursor = -1;
  @state() private allRows = false;
  @state() private tableOpen = false;

  #size = new WidthController(this);
  #timed: readonly TimedFeature[] = [];

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('features') || changed.has('windows')) {
      this.#timed = timedFeatures(this.features, this.windows);
      this.cursor = -1;
    }
  }

  override render() {
    const timed = this.#timed;
    if (this.windows.length === 0 || timed.length === 0) {
      return html`<p class="empty">No time column, so nothing to show over time.</p>`;
    }
    const chosen = timed.find((feature) => feature.name === this.selected) ?? (timed[0] as TimedFeature);
    const narrow = this.#size.width > 0 && this.#size.width < NARROW;
    const width = this.#size.width - (narrow ? 0 : NAMES);
    if (this.#size.width === 0) return html`<div style="height:300px"></div>`;
    const shown = timed.slice(0, this.allRows ? MOST_ROWS : FIRST_ROWS);
    return html`<div class=${narrow ? 'narrow' : ''} style="--_names:${narrow ? 0 : NAMES}px">
      <div class="map" part="map" role="group" aria-label="Heat map of features over time; choose one to draw it as a line">
        ${shown.map((feature) =>
          // Moving the cursor must not draw the map again.
          guard([feature, this.windows, feature === chosen, width], () =>
            this.#row(feature, feature === chosen, width),
          ),
        )}
      </div>
      ${
        timed.length > shown.length
          ? html`<button class="button more" @click=${() => (this.allRows = true)}>Show all ${formatCount(timed.length)}</button>`
          : nothing
      }
      ${this.#series(chosen, width)} ${key(chosen.series.band !== undefined)} ${this.#table(chosen)}
    </div>`;
  }

  #row(feature: TimedFeature, chosen: boolean, width: number): TemplateResult {
    const { windows } = this;
    const x = linear([windows[0]?.start ?? 0, windows.at(-1)?.end ?? 1], [0, width]);
    const paths = heatPaths(feature.series, windows, { x, height: ROW });
    const levels: (HeatLevel | -1)[] = [-1, 0, 1, 2, 3, 4];
    return html`<div class="line">
      <button aria-pressed=${chosen} title=${feature.name} @click=${() => this.#select(feature.name)}>${feature.name}</button>
      <svg
        viewBox="0 0 ${width} ${ROW}"
        preserveAspectRatio="none"
        aria-hidden="true"
        @click=${() => this.#select(feature.name)}
        @pointermove=${(event: PointerEvent) => this.#point(event, width)}
        @pointerleave=${() => (this.cursor = -1)}
      >
        ${levels.map((level) => path(level, paths.get(level)))}
      </svg>
    </div>`;
  }

  #series(chosen: TimedFeature, width: number): TemplateResult {
    const { series } = chosen;
    const last = this.windows.length - 1;
    return html`<div class="series">
      <p class="readout" part="readout" aria-live="polite">${this.#readout(chosen)}</p>
      <div
        class="plot"
        part="plot"
        role="slider"
        tabindex="0"
        aria-label="${metricName(series.metric)} of ${chosen.name} over time; arrow keys move through the windows"
        aria-valuemin="0"
        aria-valuemax=${last}
        aria-valuenow=${Math.max(0, this.cursor)}
        aria-valuetext=${this.cursor < 0 ? 'no window chosen' : this.#windowText(chosen, this.cursor)}
        @keydown=${this.#onKey}
        @blur=${() => (this.cursor = -1)}
        @pointermove=${(event: PointerEvent) => this.#point(event, width)}
        @pointerleave=${() => (this.cursor = -1)}
      >
        ${seriesPlot(series, this.windows, { width, cursor: this.cursor })}
      </div>
    </div>`;
  }

  #readout(chosen: TimedFeature): TemplateResult | string {
    const name = html`<b>${chosen.name}</b><span>${metricName(chosen.series.metric)} per window</span>`;
    return this.cursor < 0 ? name : html`${name}<span>${this.#windowText(chosen, this.cursor)}</span>`;
  }

  #windowText({ series }: TimedFeature, index: number): string {
    const window = this.windows[index];
    if (window === undefined) return '';
    const value = series.values[index] ?? Number.NaN;
    const told = Number.isNaN(value)
      ? 'cannot be told'
      : `${metricShort(series.metric)} ${formatNumber(value)}`;
    return `${formatSpan(window.start, window.end)}: ${told}, ${ratingWord(series.ratings[index] ?? 'unknown')}, ${formatCount(window.rows)} rows`;
  }

  #table(chosen: TimedFeature): TemplateResult {
    const { series } = chosen;
    return dataTable({
      summary: 'as a table',
      caption: `${metricName(series.metric)} of ${chosen.name} by window`,
      head: [
        'window',
        'side',
        'rows',
        metricShort(series.metric),
        'threshold',
        'rating',
        'features in drift',
      ],
      rows: () =>
        this.windows.map((window, i) => [
          formatSpan(window.start, window.end),
          window.side,
          formatCount(window.rows),
          formatNumber(series.values[i]),
          formatNumber(series.threshold),
          ratingWord(series.ratings[i] ?? 'unknown'),
          this.#drifting(i),
        ]),
      open: this.tableOpen,
      onToggle: (open) => (this.tableOpen = open),
    });
  }

  /** What the heat map shows of one window, in words. */
  #drifting(window: number): string {
    const names = this.#timed
      .filter(({ series }) => series.ratings[window] === 'drift')
      .map(({ name }) => name);
    const rest = names.length - 5;
    return names.length === 0 ? 'none' : names.slice(0, 5).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  }

  #select(name: string): void {
    if (name === this.selected) return;
    this.selected = name;
    const event = new DriftSelectEvent(name);
    this.dispatchEvent(event);
  }

  #point(event: PointerEvent, width: number): void {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    this.cursor = windowAt(this.windows, (event.clientX - box.left) / Math.max(1, box.width || width));
  }

  #onKey = (event: KeyboardEvent): void => {
    const last = this.windows.length - 1;
    const moves: Record<string, number> = {
      ArrowRight: this.cursor + 1,
      ArrowUp: this.cursor + 1,
      ArrowLeft: this.cursor - 1,
      ArrowDown: this.cursor - 1,
      Home: 0,
      End: last,
    };
    const next = moves[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.cursor = Math.max(0, Math.min(last, next));
  };
}

function path(level: HeatLevel | -1, d: string | undefined) {
  return d === undefined ? nothing : svg`<path class="h${level}" d=${d}/>`;
}

function key(band: boolean): TemplateResult {
  return html`<div class="key" aria-hidden="true">
    <span><i class="k0"></i>quiet</span><span><i class="k1"></i>over half the threshold</span>
    <span><i class="k2"></i>watch</span><span><i class="k4"></i>drift</span>
    ${band ? html`<span><i class="band-key"></i>usual in the reference</span>` : nothing}
  </div>`;
}

define('drift-timeline', DriftTimeline);

declare global {
  interface HTMLElementTagNameMap {
    'drift-timeline': DriftTimeline;
  }
}
