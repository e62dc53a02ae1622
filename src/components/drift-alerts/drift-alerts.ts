// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Alert } from '../../monitor/alert.js';
import type { MonitorSnapshot } from '../../monitor/snapshot.js';
import { checkWords } from '../../verdict/words/check-words.js';
import { define } from '../define.js';
import { DriftSelectEvent } from '../events.js';
import { adviceLine } from '../internal/advice-line.js';
import { causesFirst } from '../internal/alert-order.js';
import { HoldController, heldOrder } from '../internal/held-order.js';
import { LiveElement } from '../internal/live-element.js';
import { mark } from '../internal/mark.js';
import { formatNumber, formatSteady } from '../internal/number-text.js';
import { formatDuration, formatTime } from '../internal/time-text.js';
import { furniture, tokens } from '../internal/tokens.styles.js';
import { WidthController } from '../internal/width-controller.js';
import { styles } from './drift-alerts.styles.js';

const WIDE = 860;
const MOST_TOLD = 3;
const MINUTE = 60_000;
/** After news was told, more of it is gathered for so long: who hears the page is told a few times a minute at most. */
const TOLD_EVERY_MS = 15_000;

/**
 * @summary The alerts of a monitor: what was raised, lasts or has recovered, since when, by how much, and what happened.
 *
 * @customElement drift-alerts
 * @event {DriftSelectEvent} drift-select - The subject of an alert was chosen.
 * @csspart list - The list.
 * @csspart alert - One alert.
 * @csspart advice - What to do about an alert that was pressed.
 * @csspart empty - What is said when there is none.
 * @cssproperty --drift-drift - Ink of open alerts.
 */
export class DriftAlerts extends LiveElement {
  static override styles = [tokens, furniture, styles];

  /** Room is kept for so many alerts, and more scroll, so that a new one moves nothing on the page; 0 lets the list grow. */
  @property({ type: Number }) rows = 4;

  /** How a screen reader is told of changes: `polite`, `assertive` or `off`. */
  @property() politeness: 'polite' | 'assertive' | 'off' = 'polite';

  @state() private opened = '';

  #hold = new HoldController(this);
  #size = new WidthController(this);
  #order: readonly string[] = [];
  #known: Map<string, string> | undefined;
  /** Ids of alerts that were raised or have recovered and have not been told of. */
  readonly #news = new Set<string>();
  #told = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  override render() {
    const { shown } = this.live;
    const alerts = shown?.alerts ?? [];
    if (shown !== null) this.#notice(alerts);
    const byId = new Map(alerts.map((alert) => [alert.id, alert]));
    this.#order = heldOrder(this.#order, shown === null ? [] : sorted(shown), this.#hold.held);
    const wide = this.#size.width >= WIDE;
    return html`<div class="visually-hidden" aria-live=${this.politeness}>${this.#told}</div>
      <div class="room ${wide ? 'wide' : ''}" .style=${this.rows > 0 ? `--_rows:${this.rows}` : '--_rows:auto'} ?data-fixed=${this.rows > 0}>
        ${
          alerts.length === 0
            ? html`<p class="empty" part="empty">${mark(shown === null ? 'notRated' : 'stable')} ${shown === null ? 'No monitor yet.' : 'No alerts so far.'}</p>`
            : html`<ol part="list" aria-label="Alerts">
                ${this.#order.map((id) => this.#alert(byId.get(id) as Alert, shown === null ? 0 : reached(shown), wide))}
              </ol>`
        }
      </div>`;
  }

  #alert(alert: Alert, now: number, wide: boolean): TemplateResult {
    const over = alert.state === 'recovered';
    const open = alert.id === this.opened;
    const until = over ? alert.at : Math.max(now, alert.at);
    return html`<li class="alert ${over ? 'over' : ''}" part="alert" ?data-open=${open}>
      ${mark(over ? 'stable' : 'drift')}
      <button class="name" aria-expanded=${open} @click=${() => this.#open(alert)}>${subjectWords(alert)}</button>
      <span class="state">${alert.state}</span>
      <span class="since">${sinceWords(alert, { until, wide })}</span>
      <span class="value"
        >${formatSteady(alert.value)}<span class="quiet"> / ${formatSteady(alert.threshold)}</span
        ><span class="visually-hidden"> (value and threshold)</span></span
      >
      <p class="sentence">${sentenceOf(alert)}</p>
      ${
        open
          ? html`<div class="more">${adviceLine(alert.advice ?? '')}<p>
              value ${formatNumber(alert.value)}, threshold ${formatNumber(alert.threshold)} · ${formatTime(alert.since, MINUTE)} to ${formatTime(alert.at, MINUTE)} UTC · windows of ${alert.spec} ·
              ${alert.windows.drifting} of the latest ${alert.windows.of} speak for it
            </p></div>`
          : nothing
      }
    </li>`;
  }

  #open(alert: Alert): void {
    this.opened = alert.id === this.opened ? '' : alert.id;
    if (alert.subject.kind !== 'feature') return;
    const event = new DriftSelectEvent(alert.subject.name);
    this.dispatchEvent(event);
  }

  /** What changed since the last drawing, for those who hear the page; what was there at first is no news. */
  #notice(alerts: readonly Alert[]): void {
    const now = new Map(alerts.map(({ id, state }) => [id, state]));
    const before = this.#known;
    this.#known = now;
    if (before === undefined) return;
    for (const { id, state } of alerts)
      if (before.get(id) !== state && (state === 'recovered' || !before.has(id))) this.#news.add(id);
    if (this.#timer === undefined) this.#tell(alerts);
  }

  #tell(alerts: readonly Alert[]): void {
    const all = alerts.filter(({ id }) => this.#news.has(id));
    const isOver = ({ state }: Alert): boolean => state === 'recovered';
    const news = [...all.filter((alert) => !isOver(alert)), ...all.filter(isOver)];
    this.#news.clear();
    if (news.length === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#news.size > 0) this.requestUpdate();
    }, TOLD_EVERY_MS);
    const told = news
      .slice(0, MOST_TOLD)
      .map((alert) =>
        isOver(alert)
          ? `Recovered: ${subjectWords(alert)}.`
          : `Alert: ${subjectWords(alert)}. ${sentenceOf(alert)}`,
      );
    const rest = news.length - told.length;
    this.#told = told.join(' ') + (rest > 0 ? ` And ${rest} more.` : '');
  }
}

/** Open ones first, causes before what comes of them, else the newest; then those that are over, the newest first. */
function sorted(snapshot: MonitorSnapshot): string[] {
  const newest = [...snapshot.alerts].sort((a, b) => b.since - a.since);
  const isOpen = ({ state }: Alert): boolean => state !== 'recovered';
  const open = causesFirst(newest.filter(isOpen), snapshot);
  return [...open, ...newest.filter((alert) => !isOpen(alert))].map(({ id }) => id);
}

/** How far event time has come: rows may be of another time than the clock (a replay, a batch of last night). */
function reached({ series, at }: MonitorSnapshot): number {
  const ends = series.flatMap(({ windows }) => windows.at(-1)?.end ?? []);
  return ends.length === 0 ? at : Math.max(...ends);
}

function sinceWords({ state, since }: Alert, { until, wide }: { until: number; wide: boolean }): string {
  const lasted = formatDuration(until - since);
  if (state === 'recovered') return `lasted ${lasted}`;
  return wide ? `since ${formatTime(since, MINUTE)}, ${lasted}` : `for ${lasted}`;
}

/** Without the name of its subject, which stands above it. */
function sentenceOf({ subject, sentence }: Alert): string {
  const name = `${subject.name}: `;
  const told = sentence.startsWith(name) ? sentence.slice(name.length) : sentence;
  // A number and its sign stay on one line.
  return told.replaceAll(/(\d) %/g, '$1\u00a0%');
}

function subjectWords({ subject }: Alert): string {
  return subject.kind === 'check' ? checkWords(subject.name) : subject.name;
}

define('drift-alerts', DriftAlerts);

declare global {
  interface HTMLElementTagNameMap {
    'drift-alerts': DriftAlerts;
  }
}
