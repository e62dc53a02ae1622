// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { MonitorSnapshot, WindowSeries } from '../../monitor/snapshot.js';
import type { FeatureVerdict } from '../../monitor/window-verdict.js';
import { define } from '../define.js';
import '../drift-alerts/drift-alerts.js';
import '../drift-system/drift-system.js';
import '../drift-timeline/drift-timeline.js';
import { DriftSelectEvent, DriftToggleEvent } from '../events.js';
import { causesFirst } from '../internal/alert-order.js';
import type { TimedFeature } from '../internal/heat.js';
import { HoldController, heldOrder } from '../internal/held-order.js';
import { LiveElement } from '../internal/live-element.js';
import { seriesBySpec, worstFirst } from '../internal/live-series.js';
import { formatCount, formatSteady } from '../internal/number-text.js';
import { furniture, tokens } from '../internal/tokens.styles.js';
import { WidthController } from '../internal/width-controller.js';
import { metricShort } from '../internal/words.js';
import { dockStyles } from './drift-monitor.dock.styles.js';
import { featureStyles } from './drift-monitor.features.styles.js';
import { styles } from './drift-monitor.styles.js';
import { featureMultiples } from './feature-multiples.js';
import { monitorBadge, monitorHead } from './monitor-head.js';
import { monitorNotes, openFill, windowWords } from './monitor-parts.js';
import { openAlerts } from './monitor-words.js';
import { outlierList } from './outlier-list.js';
import { performanceFacts } from './performance-facts.js';
import { ReportDialog } from './report-dialog.js';

const WIDE = 960;
const MIDDLE = 620;
const FIRST_FEATURES = 12;
/** Beyond, small charts are no overview any more; the report has all. */
const MOST_FEATURES = 240;

/**
 * @summary A live monitor: a badge that opens into a panel with rating, alerts, features, time, performance and system.
 *
 * @customElement drift-monitor
 * @event {DriftToggleEvent} drift-toggle - The panel was opened or collapsed.
 * @event {DriftSelectEvent} drift-select - A feature was chosen.
 * @csspart badge - The collapsed state: a button.
 * @csspart panel - The open state.
 * @csspart headline - The state in one sentence.
 * @csspart advice - What to do.
 * @csspart heading - The headings of sections.
 * @csspart features - The small charts, one a feature.
 * @csspart performance - Realized performance, labels and business metrics.
 * @csspart notes - Rows, engine and store.
 * @csspart report - The dialog with the full report.
 * @cssproperty --drift-panel - Background of a docked panel.
 * @cssproperty --drift-radius - Its corners.
 */
export class DriftMonitor extends LiveElement {
  static override styles = [tokens, furniture, styles, featureStyles, dockStyles];

  /** The panel rather than the badge. */
  @property({ type: Boolean, reflect: true }) open = false;

  /** Fixed to a corner or a side of the window: `top-left`, `top-right`, `bottom-left`, `bottom-right`, `left`, `right`. */
  @property({ reflect: true }) dock:
    | ''
    | 'top-left'
    | 'top-right'
    | 'bottom-left'
    | 'bottom-right'
    | 'left'
    | 'right' = '';

  /** Which windows are drawn ("1 h"); the monitor's first kind when empty. */
  @property() spec = '';

  /** Feature drawn as a line; when empty that of the first alert, else the worst. */
  @property() selected = '';

  @state() private allFeatures = false;
  @query('.badge') private badge!: HTMLButtonElement | null;
  @query('.collapse') private collapse!: HTMLButtonElement | null;

  #hold = new HoldController(this, '.multiples');
  #size = new WidthController(this);
  #report = new ReportDialog(this);
  #order: readonly string[] = [];
  #focusNext = false;

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('open') || !this.#focusNext) return;
    this.#focusNext = false;
    (this.open ? this.collapse : this.badge)?.focus();
  }

  override render() {
    const { shown } = this.live;
    if (this.open) return this.#panel(shown);
    return monitorBadge(shown, { name: this.name, onToggle: this.#toggle });
  }

  #panel(snapshot: MonitorSnapshot | null): TemplateResult {
    const { width } = this.#size;
    const size = width >= WIDE ? 'wide' : width >= MIDDLE ? 'middle' : 'narrow';
    const series = seriesBySpec(snapshot, this.spec);
    const judged = (series?.windows.length ?? 0) > 0;
    const label = snapshot?.name ?? this.live.source?.name ?? this.name;
    return html`<section
      class="panel ${size}"
      part="panel"
      aria-label=${label === '' ? 'Monitor' : `Monitor ${label}`}
      @keydown=${this.#onKey}
      @drift-select=${(event: DriftSelectEvent) => this.#choose(event.feature)}
    >
      ${monitorHead(snapshot, {
        name: label,
        whole: !judged,
        report: this.live.source?.report === undefined ? '' : size === 'narrow' ? 'Report' : 'Full report',
        hasReport: series?.latest != null,
        onReport: this.#openReport,
        onToggle: this.#toggle,
      })}
      ${snapshot === null || !(judged || snapshot.outliers.length > 0) ? nothing : this.#body(snapshot, judged ? series : undefined, width)}
    </section>
    ${this.#report.render()}`;
  }

  /** What there is to show; features and time only once a window has been judged. */
  #body(snapshot: MonitorSnapshot, series: WindowSeries | undefined, width: number): TemplateResult {
    const wide = width >= WIDE;
    const aside = width >= 1200 ? 360 : 320;
    const features = series === undefined ? [] : this.#inOrder(worstFirst(series));
    const alerts = causesFirst(openAlerts(snapshot), snapshot);
    // What an alert points at first says more than what changed most: an embedding changes with any input.
    const cause = alerts.find(({ subject }) => features.some(({ name }) => name === subject.name));
    const chosen = this.selected || (cause?.subject.name ?? features[0]?.name ?? '');
    const open = alerts.length;
    return html`<div class="body" .style="--_aside:${aside}px">
      <section class="alerts" aria-labelledby="alerts">
        <div class="over">
          <h3 id="alerts" part="heading">Alerts</h3>
          <span class="specs ${open > 0 ? 'some' : ''}">${formatCount(open)} open</span>
        </div>
        <drift-alerts .snapshot=${snapshot} rows=${wide ? 4.5 : 2.5}></drift-alerts>
      </section>
      ${
        series === undefined
          ? nothing
          : this.#features(features, {
              snapshot,
              series,
              chosen,
              room: wide ? width - aside - 52 : width,
              wide,
            })
      }
      <section class="performance-section" aria-labelledby="performance">
        <h3 id="performance" part="heading">Performance, as labels come</h3>
        ${performanceFacts(snapshot)}
      </section>
      ${
        series === undefined
          ? nothing
          : html`<section class="time" aria-labelledby="time">
              <h3 id="time" part="heading">Over time</h3>
              <drift-timeline .snapshot=${snapshot} .spec=${series.spec} .selected=${chosen}></drift-timeline>
            </section>`
      }
      <section class="system" aria-labelledby="system">
        <h3 id="system" part="heading">System</h3>
        <drift-system .snapshot=${snapshot}></drift-system>
      </section>
      ${monitorNotes(snapshot, series)} ${outlierList(snapshot.outliers)}
    </div>`;
  }

  #features(
    features: readonly TimedFeature[],
    { snapshot, series, chosen, room, wide }: FeaturesPlace,
  ): TemplateResult {
    const shown = features.slice(0, this.allFeatures ? MOST_FEATURES : FIRST_FEATURES);
    const columns = Math.max(2, Math.min(4, Math.floor(room / 180)));
    const cell = Math.floor((room - (columns - 1) * 20) / columns);
    const verdict = series.latest?.features.find(({ name }) => name === chosen);
    return html`<section class="features" aria-labelledby="features">
      <div class="over">
        <h3 id="features" part="heading">Features</h3>
        ${this.#specs(snapshot, series)}
      </div>
      <div class=${cell < 230 ? 'tight' : ''} .style="--_columns:${columns}">
        ${featureMultiples(shown, {
          width: cell,
          height: wide ? 54 : 38,
          chosen,
          onChoose: (name) => {
            this.#choose(name);
            const event = new DriftSelectEvent(name);
            this.dispatchEvent(event);
          },
        })}
      </div>
      ${
        features.length > shown.length
          ? html`<button class="button more" @click=${() => (this.allFeatures = true)}>
              Show all ${formatCount(features.length)}
            </button>`
          : nothing
      }
      <p class="chosen">${chosenWords(chosen, verdict)}</p>
      <p class="sentence">${verdict?.sentence ?? ''}</p>
    </section>`;
  }

  /** Which kind of window, where the monitor has several; and how far the open one is. */
  #specs(snapshot: MonitorSnapshot, series: WindowSeries): TemplateResult {
    const choice =
      snapshot.series.length < 2
        ? nothing
        : html`<select
            class="button"
            aria-label="Windows"
            @change=${(event: Event) => (this.spec = (event.target as HTMLSelectElement).value)}
          >
            ${snapshot.series.map(
              ({ spec }) =>
                html`<option .selected=${spec === series.spec} value=${spec}>windows of ${spec}</option>`,
            )}
          </select>`;
    return html`<span class="specs">
      ${choice}${openFill(series)}<span>${windowWords(series, snapshot.series.length < 2)}</span>
    </span>`;
  }

  #inOrder(wanted: readonly TimedFeature[]): TimedFeature[] {
    const byName = new Map(wanted.map((feature) => [feature.name, feature]));
    this.#order = heldOrder(this.#order, [...byName.keys()], this.#hold.held);
    return this.#order.flatMap((name) => byName.get(name) ?? []);
  }

  #choose(name: string): void {
    this.selected = name;
  }

  #openReport = (): void => {
    const { source, shown } = this.live;
    const spec = seriesBySpec(shown, this.spec)?.spec;
    void this.#report.show(() => source?.report?.(spec) ?? Promise.resolve(null));
  };

  #toggle = (): void => {
    this.#focusNext = true;
    this.open = !this.open;
    this.dispatchEvent(new DriftToggleEvent(this.open));
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.dock !== '' && !event.defaultPrevented) this.#toggle();
  };
}

interface FeaturesPlace {
  readonly snapshot: MonitorSnapshot;
  readonly series: WindowSeries;
  readonly chosen: string;
  /** px across, and whether there is much of it. */
  readonly room: number;
  readonly wide: boolean;
}

/** One text: what changes in it moves nothing beside it. */
function chosenWords(name: string, verdict: FeatureVerdict | undefined): string {
  if (verdict === undefined) return name;
  return `${name}: ${metricShort(verdict.metric)} ${formatSteady(verdict.value)}, threshold ${formatSteady(verdict.threshold)}`;
}

define('drift-monitor', DriftMonitor);

declare global {
  interface HTMLElementTagNameMap {
    'drift-monitor': DriftMonitor;
  }
}
