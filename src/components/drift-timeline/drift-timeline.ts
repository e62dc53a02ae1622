// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import type { FeatureReport, WindowReport } from '../../report/report.js';
import { define } from '../define.js';
import { DriftSelectEvent } from '../events.js';
import { placeAfter } from '../internal/cursor-keys.js';
import { type HeatLevel, heatPaths, type TimedFeature, timedFeatures } from '../internal/heat.js';
import { HoldController, heldOrder } from '../internal/held-order.js';
import { LiveElement } from '../internal/live-element.js';
import { liveTimeline, type Timeline, timelineKey } from '../internal/live-series.js';
import { formatCount, formatNumber } from '../internal/number-text.js';
import { outcomeHead, outcomeName, outcomePlot } from '../internal/outcome-plot.js';
import { linear } from '../internal/scale.js';
import { alertKey, alertMarks, annotationLines, annotationTrack } from '../internal/time-marks.js';
import { formatSpan } from '../internal/time-text.js';
import { chartInk, furniture, tokens } from '../internal/tokens.styles.js';
import { WidthController } from '../internal/width-controller.js';
import { metricName, metricShort, ratingWord } from '../internal/words.js';
import { liveStyles } from './drift-timeline.live.styles.js';
import { styles } from './drift-timeline.styles.js';
import { seriesPlot, windowAt } from './series-plot.js';
import { timelineTable } from './timeline-table.js';

const NARROW = 640;
const NAMES = 132;
const ROW = 22;
const FIRST_ROWS = 16;
/** Where names stand above their cells, each row is twice as high. */
const FIRST_ROWS_NARROW = 6;
const MOST_ROWS = 500;
const EMPTY: Timeline = { windows: [], spans: [], features: [], alerts: [], annotations: [], outcomes: null };

/**
 * @summary Drift over time, of a report or of a monitor: a heat map of features by windows, the chosen feature as a line with
 *   its threshold and band, alerts, annotations, and realized performance as labels come.
 *
 * @customElement drift-timeline
 * @event {DriftSelectEvent} drift-select - Another feature was chosen.
 * @csspart map - The heat map.
 * @csspart plot - The line chart of the chosen feature.
 * @csspart outcomes - Realized performance.
 * @csspart readout - The window under the pointer or the cursor, in words.
 * @csspart data - The data table behind both.
 * @cssproperty --drift-heat-0 - Cell below half the threshold; --drift-heat-1 … --drift-heat-4 grow to drift.
 * @cssproperty --drift-current - The line.
 */
export class DriftTimeline extends LiveElement {
  static override styles = [tokens, furniture, chartInk, styles, liveStyles];

  /** Features of a report; those without a series are left out. */
  @property({ attribute: false }) features: readonly FeatureReport[] = [];

  /** Windows of the same report, in time order. */
  @property({ attribute: false }) windows: readonly WindowReport[] = [];

  /** Name of the feature drawn as a line; the worst when absent. */
  @property() selected = '';

  /** Which of the monitor's windows are drawn ("1 h"); its first kind when empty. */
  @property() spec = '';

  @state() private cursor = -1;
  @state() private allRows = false;
  @state() private tableOpen = false;

  #size = new WidthController(this);
  #hold = new HoldController(this);
  /** What was drawn last of a monitor; empty for a report. */
  #key = '';
  #time: Timeline = EMPTY;

  protected override willUpdate(changed: PropertyValues): void {
    const { shown } = this.live;
    const before = this.#time;
    if (shown === null) {
      if (changed.has('features') || changed.has('windows') || this.#key !== '') {
        const features = timedFeatures(this.features, this.windows);
        this.#time = { ...EMPTY, windows: this.windows, spans: this.windows, features };
        this.cursor = -1;
        this.#key = '';
      }
      return;
    }
    const key = timelineKey(shown, this.spec);
    if (key !== this.#key) {
      this.#key = key;
      const next = liveTimeline(shown, this.spec);
      this.#time = { ...next, features: this.#inOrder(before.features, next.features) };
      // The cursor stays on its window while the oldest ones leave.
      const at = before.spans[this.cursor];
      if (at !== undefined)
        this.cursor = next.spans.findIndex(({ start, end }) => start === at.start && end === at.end);
    }
  }

  /** Under a pointer rows keep their places. */
  #inOrder(before: readonly TimedFeature[], next: readonly TimedFeature[]): readonly TimedFeature[] {
    const byName = new Map(next.map((feature) => [feature.name, feature]));
    const order = heldOrder(
      before.map(({ name }) => name),
      [...byName.keys()],
      this.#hold.held,
    );
    return order.flatMap((name) => byName.get(name) ?? []);
  }

  override render() {
    const { features: timed, windows, annotations, outcomes } = this.#time;
    if (windows.length === 0 || timed.length === 0) {
      const live = this.live.shown !== null || this.live.source !== null || this.name !== '';
      return html`<p class="empty">
        ${live ? 'No window has been judged yet.' : 'No time column, so nothing to show over time.'}
      </p>`;
    }
    const chosen = timed.find((feature) => feature.name === this.selected) ?? (timed[0] as TimedFeature);
    const narrow = this.#size.width > 0 && this.#size.width < NARROW;
    const width = this.#size.width - (narrow ? 0 : NAMES);
    if (this.#size.width === 0) return html`<div .style=${'height:300px'}></div>`;
    const x = linear([windows[0]?.start ?? 0, windows.at(-1)?.end ?? 1], [0, width]);
    const shown = timed.slice(
      0,
      this.allRows ? MOST_ROWS : narrow && this.#key !== '' ? FIRST_ROWS_NARROW : FIRST_ROWS,
    );
    return html`<div class=${`${narrow ? 'narrow' : ''} ${this.#key === '' ? '' : 'live'}`} .style="--_names:${narrow ? 0 : NAMES}px">
      <div class="map" part="map" role="group" aria-label="Heat map of features over time; choose one to draw it as a line">
        ${this.#key === '' ? nothing : html`<div class="line"><span></span>${annotationTrack(annotations, { x, width })}</div>`}
        ${shown.map((feature) =>
          // Moving the cursor must not draw the map again.
          guard([feature, windows, annotations, feature.name === chosen.name, width], () =>
            this.#row(feature, feature.name === chosen.name, width),
          ),
        )}
      </div>
      ${
        timed.length > shown.length
          ? html`<button class="button more" @click=${() => (this.allRows = true)}>Show all ${formatCount(timed.length)}</button>`
          : nothing
      }
      ${this.#series(chosen, width)} ${outcomes === null ? nothing : this.#outcomes(outcomes, width)}
      ${key(chosen.series.band !== undefined, this.#key !== '')} ${timelineTable(this.#time, chosen, {
        open: this.tableOpen,
        onToggle: (open) => (this.tableOpen = open),
      })}
    </div>`;
  }

  #row(feature: TimedFeature, chosen: boolean, width: number): TemplateResult {
    const { windows, annotations } = this.#time;
    const x = linear([windows[0]?.start ?? 0, windows.at(-1)?.end ?? 1], [0, width]);
    const alerts = this.#alertsOf(feature);
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
        ${annotationLines(annotations, { x, from: 0, to: ROW })} ${alertMarks(alerts, { x, y: ROW - 3, width })}
      </svg>
    </div>`;
  }

  #series(chosen: TimedFeature, width: number): TemplateResult {
    const { series } = chosen;
    const last = this.#time.windows.length - 1;
    return html`<div class="series">
      <p class="readout" part="readout">${this.#readout(chosen)}</p>
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
        ${seriesPlot(series, this.#time.windows, {
          width,
          cursor: this.cursor,
          alerts: this.#alertsOf(chosen),
          annotations: this.#time.annotations,
        })}
      </div>
    </div>`;
  }

  #outcomes(outcomes: NonNullable<Timeline['outcomes']>, width: number): TemplateResult {
    return html`<div
      class="series outcomes"
      part="outcomes"
      @pointermove=${(event: PointerEvent) => this.#point(event, width)}
      @pointerleave=${() => (this.cursor = -1)}
    >
      ${outcomeHead(outcomes)} ${outcomePlot(outcomes, this.#time.windows, {
        width,
        cursor: this.cursor,
        alerts: this.#time.alerts.filter(({ subject }) => subject.kind === 'performance'),
        annotations: this.#time.annotations,
      })}
    </div>`;
  }

  #alertsOf({ name }: TimedFeature): Timeline['alerts'] {
    return this.#time.alerts.filter(({ subject }) => subject.kind === 'feature' && subject.name === name);
  }

  #readout(chosen: TimedFeature): TemplateResult | string {
    const name = html`<b>${chosen.name}</b><span>${`${metricName(chosen.series.metric)} per window`}</span>`;
    return this.cursor < 0 ? name : html`${name}<span>${this.#windowText(chosen, this.cursor)}</span>`;
  }

  #windowText({ series }: TimedFeature, index: number): string {
    const window = this.#time.windows[index];
    const span = this.#time.spans[index];
    if (window === undefined || span === undefined) return '';
    const value = series.values[index] ?? Number.NaN;
    const told = Number.isNaN(value)
      ? 'cannot be told'
      : `${metricShort(series.metric)} ${formatNumber(value)}`;
    const outcome = this.#time.outcomes?.[index];
    const performance =
      outcome === undefined ? '' : `, ${outcomeName(outcome.metric)} ${formatNumber(outcome.value)}`;
    return `${formatSpan(span.start, span.end)}: ${told}, ${ratingWord(series.ratings[index] ?? 'unknown')}, ${formatCount(window.rows)} rows${performance}`;
  }

  #select(name: string): void {
    if (name === this.selected) return;
    this.selected = name;
    const event = new DriftSelectEvent(name);
    this.dispatchEvent(event);
  }

  #point(event: PointerEvent, width: number): void {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    this.cursor = windowAt(this.#time.windows, (event.clientX - box.left) / Math.max(1, box.width || width));
  }

  #onKey = (event: KeyboardEvent): void => {
    const place = placeAfter(event.key, this.cursor, this.#time.windows.length - 1);
    if (place === undefined) return;
    event.preventDefault();
    this.cursor = place;
  };
}

function path(level: HeatLevel | -1, d: string | undefined) {
  return d === undefined ? nothing : svg`<path class="h${level}" d=${d}/>`;
}

function key(band: boolean, alerts: boolean): TemplateResult {
  return html`<div class="key" aria-hidden="true">
    <span><i class="k0"></i>quiet</span><span><i class="k1"></i>over half the threshold</span>
    <span><i class="k2"></i>watch</span><span><i class="k4"></i>drift</span
    ><span><i class="k-none"></i>cannot be told</span>
    ${alerts ? alertKey() : nothing}
    ${band ? html`<span><i class="band-key"></i>usual in the reference</span>` : nothing}
  </div>`;
}

define('drift-timeline', DriftTimeline);

declare global {
  interface HTMLElementTagNameMap {
    'drift-timeline': DriftTimeline;
  }
}
