// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { SystemSnapshot } from '../../monitor/snapshot.js';
import { define } from '../define.js';
import { placeAfter } from '../internal/cursor-keys.js';
import { dataTable } from '../internal/data-table.js';
import { LiveElement } from '../internal/live-element.js';
import { formatBytes, formatCount, formatLatency, formatShare } from '../internal/number-text.js';
import { formatTime } from '../internal/time-text.js';
import { chartInk, furniture, tokens } from '../internal/tokens.styles.js';
import { WidthController } from '../internal/width-controller.js';
import { styles } from './drift-system.styles.js';
import { latencyPlot, type Minute, minuteAt } from './latency-plot.js';
import { minuteBars } from './minute-bars.js';

const WIDE = 640;
const MINUTE = 60_000;

interface Row {
  readonly name: string;
  readonly of: (minute: Minute) => number;
  /** Our share of it. */
  readonly own?: (minute: Minute) => number;
  readonly ink: 'plain' | 'bad';
  /** The largest bar stands for at least so many. */
  readonly floor: number;
  readonly total: (system: SystemSnapshot) => string;
}

const ROWS: readonly Row[] = [
  {
    name: 'calls',
    of: ({ calls }) => calls,
    ink: 'plain',
    floor: 1,
    total: ({ total }) => `${formatCount(total.calls)} in all`,
  },
  {
    name: 'failed calls',
    of: ({ errors }) => errors,
    ink: 'bad',
    floor: 4,
    total: ({ total }) => `${formatCount(total.errors)} in all`,
  },
  {
    name: 'NaN outputs',
    of: ({ nonFinite }) => nonFinite,
    ink: 'bad',
    floor: 4,
    total: ({ total }) => `${formatCount(total.nonFinite)} in all`,
  },
  {
    name: 'long tasks',
    of: ({ longTasks }) => longTasks,
    own: ({ ownLongTasks }) => ownLongTasks,
    ink: 'plain',
    floor: 4,
    total: ({ total }) => `${formatCount(total.ownLongTasks)} of ${formatCount(total.longTasks)} ours`,
  },
  {
    name: 'dropped frames',
    of: ({ droppedFrames }) => droppedFrames,
    own: ({ ownDroppedFrames }) => ownDroppedFrames,
    ink: 'plain',
    floor: 10,
    total: ({ total }) =>
      `${formatCount(total.ownDroppedFrames)} of ${formatCount(total.droppedFrames)} ours`,
  },
];

/**
 * @summary The system around a model: latency by minute, calls, failures, long tasks, frames, memory, backend and device.
 *
 * @customElement drift-system
 * @csspart latency - The chart of latency.
 * @csspart rows - Small charts by minute.
 * @csspart facts - Backend, memory, device, and what the monitor itself takes.
 * @csspart readout - The minute under the pointer or the cursor, in words.
 * @csspart data - The data table behind the charts.
 * @cssproperty --drift-current - Line of the median, and what is ours.
 */
export class DriftSystem extends LiveElement {
  static override styles = [tokens, furniture, chartInk, styles];

  @state() private cursor = -1;
  @state() private tableOpen = false;

  #size = new WidthController(this);

  override render() {
    const system = this.live.shown?.system ?? null;
    const { width } = this.#size;
    if (width === 0) return html`<div class="waiting"></div>`;
    const wide = width >= WIDE;
    return html`<div class=${wide ? 'wide' : ''}>
      <div class="latency">
        <p class="readout" part="readout">${this.#readout(system)}</p>
        ${system === null || system.minutes.length === 0 ? html`<div class="waiting">No call has been counted yet: calls are counted every 10 seconds.</div>` : this.#latency(system, width)}
      </div>
      ${this.#rows(system, width)} ${facts(system)} ${system === null ? nothing : this.#table(system)}
    </div>`;
  }

  #latency(system: SystemSnapshot, width: number): TemplateResult {
    const last = system.minutes.length - 1;
    const minute = system.minutes[this.cursor];
    return html`<div
      class="plot"
      part="latency"
      role="slider"
      tabindex="0"
      aria-label="Latency of calls by minute; arrow keys move through the minutes"
      aria-valuemin="0"
      aria-valuemax=${last}
      aria-valuenow=${Math.max(0, this.cursor)}
      aria-valuetext=${minute === undefined ? 'no minute chosen' : minuteWords(minute)}
      @keydown=${this.#onKey}
      @blur=${() => (this.cursor = -1)}
      @pointermove=${(event: PointerEvent) => this.#point(event, width)}
      @pointerleave=${() => (this.cursor = -1)}
    >
      ${latencyPlot(system, { width, cursor: this.cursor })}
    </div>`;
  }

  #readout(system: SystemSnapshot | null): TemplateResult {
    const minute = system?.minutes[this.cursor];
    return html`<b>latency</b><span>${minute === undefined ? 'of a call, by minute' : minuteWords(minute)}</span>`;
  }

  #rows(system: SystemSnapshot | null, width: number): TemplateResult {
    const minutes = system?.minutes ?? [];
    const columns = width >= WIDE ? 3 : 2;
    const cell = Math.floor((width - (columns - 1) * 24) / columns);
    const latest = minutes[this.cursor] ?? minutes.at(-1);
    return html`<dl class="rows" part="rows" .style="grid-template-columns:repeat(${columns}, minmax(0, 1fr))">
      ${ROWS.map(
        (row) => html`<div>
          <dt>${row.name}<span class="quiet"> a minute</span></dt>
          <dd>
            <span class="latest">${latest === undefined ? '–' : formatCount(row.of(latest))}</span>${minuteBars(
              minutes.map(row.of),
              {
                ...(row.own === undefined ? {} : { own: minutes.map(row.own) }),
                ink: row.ink,
                width: cell,
                floor: row.floor,
              },
            )}<span class="total">${system === null ? '–' : row.total(system)}</span>
          </dd>
        </div>`,
      )}
      <div>
        <dt>main thread<span class="quiet">, ours</span></dt>
        <dd>
          <span class="latest">${system === null ? '–' : formatShare(latest?.ownShare ?? system.total.ownShare)}</span>${minuteBars(
            minutes.map(({ ownShare }) => ownShare),
            { ink: 'own', width: cell, floor: 0.05 },
          )}<span class="total"
            > ${`full height: ${formatShare(Math.max(0.05, ...minutes.map(({ ownShare }) => ownShare).filter(Number.isFinite)))}`}</span
          >
        </dd>
      </div>
    </dl>`;
  }

  #table({ minutes }: SystemSnapshot): TemplateResult {
    return dataTable({
      summary: 'as a table',
      caption: 'Calls of the model by minute',
      head: [
        'minute',
        'calls',
        'failed',
        'NaN',
        'p50',
        'p95',
        'p99',
        'long tasks',
        'of them ours',
        'dropped frames',
      ],
      rows: () =>
        minutes.map((minute) => [
          formatTime(minute.start, MINUTE),
          formatCount(minute.calls),
          formatCount(minute.errors),
          formatCount(minute.nonFinite),
          formatLatency(minute.p50),
          formatLatency(minute.p95),
          formatLatency(minute.p99),
          formatCount(minute.longTasks),
          formatCount(minute.ownLongTasks),
          formatCount(minute.droppedFrames),
        ]),
      open: this.tableOpen,
      onToggle: (open) => (this.tableOpen = open),
    });
  }

  #point(event: PointerEvent, width: number): void {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const place = ((event.clientX - box.left) / Math.max(1, box.width)) * width;
    this.cursor = minuteAt(this.live.shown?.system.minutes ?? [], place, width);
  }

  #onKey = (event: KeyboardEvent): void => {
    const place = placeAfter(event.key, this.cursor, (this.live.shown?.system.minutes.length ?? 0) - 1);
    if (place === undefined) return;
    event.preventDefault();
    this.cursor = place;
  };
}

function minuteWords(minute: Minute): string {
  const latency =
    minute.calls === 0
      ? 'no call'
      : `p50 ${formatLatency(minute.p50)}, p95 ${formatLatency(minute.p95)}, p99 ${formatLatency(minute.p99)}, ${formatCount(minute.calls)} calls`;
  return `${formatTime(minute.start, MINUTE)}: ${latency}`;
}

function facts(system: SystemSnapshot | null): TemplateResult {
  const memory = system?.memory;
  const tensors =
    memory?.tensors == null
      ? null
      : `${formatCount(memory.tensors)}${memory.tensorBytes === null ? '' : `, ${formatBytes(memory.tensorBytes)}`}`;
  const all: readonly (readonly [string, string | null | undefined])[] = [
    ['backend', system?.backend],
    ['heap', memory?.heap == null ? null : formatBytes(memory.heap)],
    ['tensors', tensors],
    ['device', system?.device],
  ];
  return html`<dl class="facts" part="facts">
    ${all.map(([name, text]) => html`<div><dt>${name}</dt><dd>${text === null || text === undefined || text === '' ? html`<span class="quiet">not told</span>` : text}</dd></div>`)}
  </dl>`;
}

define('drift-system', DriftSystem);

declare global {
  interface HTMLElementTagNameMap {
    'drift-system': DriftSystem;
  }
}
