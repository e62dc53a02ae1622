// SPDX-License-Identifier: Apache-2.0
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { SystemSnapshot, SystemSummary } from '../../monitor/snapshot.js';
import { bottomAxis } from '../internal/axis.js';
import { formatLatency } from '../internal/number-text.js';
import { linear, niceTicks, type Scale } from '../internal/scale.js';
import { polyline } from '../internal/step-path.js';
import { timeTicks } from '../internal/time-text.js';

const LATENCY_HEIGHT = 150;
const BASE = LATENCY_HEIGHT - 24;
const HEAD = 20;
/** Room for the numbers of the axis on the left, and for the names of the lines at their right end. */
const NUMBERS = 44;
const NAMES = 104;
const MINUTE = 60_000;
/** Charts by minute are at least so many wide. */
export const LEAST_MINUTES = 15;

const LINES = [
  ['p99', 'quiet-line'],
  ['p95', 'middle-line'],
  ['p50', 'current-line'],
] as const;

export type Minute = SystemSnapshot['minutes'][number];

/** Index of the minute at a share of the whole width; −1 when there is none. */
export function minuteAt(minutes: readonly Minute[], place: number, width: number): number {
  const x = minuteScale(minutes, width);
  return minutes.findIndex(({ start }) => place >= x(start) && place < x(start + MINUTE));
}

/** A young monitor's few minutes stand at the left of an axis that they will fill. */
function endOf(minutes: readonly Minute[]): number {
  const start = minutes[0]?.start ?? 0;
  return Math.max(start + LEAST_MINUTES * MINUTE, (minutes.at(-1)?.start ?? start) + MINUTE);
}

function minuteScale(minutes: readonly Minute[], width: number): Scale {
  const start = minutes[0]?.start ?? 0;
  return linear([start, endOf(minutes)], [NUMBERS, width - NAMES]);
}

/** Half, 95 % and 99 % of calls took at most so long, by minute; and when the backend changed. */
export function latencyPlot(
  { minutes, backendChanges }: SystemSnapshot,
  { width, cursor }: { width: number; cursor: number },
): TemplateResult {
  const right = width - NAMES;
  const x = minuteScale(minutes, width);
  const start = minutes[0]?.start ?? 0;
  const end = endOf(minutes);
  const highest = Math.max(1e-3, ...minutes.map(({ p99 }) => p99).filter(Number.isFinite));
  const y = linear([0, highest * 1.06], [BASE, HEAD]);
  const at = (minute: Minute): number => x(minute.start + MINUTE / 2);
  const changes = backendChanges.filter((change) => change.at >= start && change.at <= end);
  const chosen = minutes[cursor];
  return html`<svg class="chart" viewBox="0 0 ${width} ${LATENCY_HEIGHT}" height=${LATENCY_HEIGHT} aria-hidden="true">
    ${niceTicks(0, highest, 2).map(
      (tick) =>
        svg`<path class="grid" d="M${NUMBERS} ${y(tick).toFixed(1)}H${right}"/><text x="0" y=${(y(tick) + 4).toFixed(1)}>${tick === 0 ? '0' : formatLatency(tick)}</text>`,
    )}
    ${changes.map(
      (change) =>
        svg`<path class="note" d="M${x(change.at).toFixed(1)} 4V${BASE}"/><text class="halo" x=${(x(change.at) + (x(change.at) > right / 2 ? -6 : 6)).toFixed(1)} y="12" text-anchor=${x(change.at) > right / 2 ? 'end' : 'start'}>${change.from} → ${change.to}</text>`,
    )}
    ${chosen === undefined ? nothing : svg`<path class="cursor" d="M${at(chosen).toFixed(1)} 0V${BASE}"/>`}
    ${LINES.map(([name, ink]) => svg`<path class=${ink} d=${polyline(gapped(minutes, name, { x, y }))}/>`)}
    ${endLabels(chosen ?? minutes.at(-1), { x: right + 8, y })}
    ${bottomAxis(timeTicks(start, end, Math.max(2, Math.floor(right / 75))), { x, y: BASE, left: NUMBERS, right })}
  </svg>`;
}

/** A minute without calls breaks the line. Each run reaches from its first minute's start to its last one's end. */
function* gapped(
  minutes: readonly Minute[],
  name: 'p50' | 'p95' | 'p99',
  { x, y }: { x: Scale; y: Scale },
): Generator<readonly [number, number]> {
  for (const [i, minute] of minutes.entries()) {
    if (minute.calls === 0) continue;
    const height = y(minute[name]);
    if (!follows(minutes[i - 1], minute)) {
      yield [Number.NaN, Number.NaN];
      yield [x(minute.start), height];
    }
    yield [x(minute.start + MINUTE / 2), height];
    if (!follows(minute, minutes[i + 1])) yield [x(minute.start + MINUTE), height];
  }
}

function follows(before: Minute | undefined, after: Minute | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  return before.calls > 0 && after.calls > 0 && after.start - before.start < 1.5 * MINUTE;
}

/** Names and values at the end of the lines, pushed apart where they would overlap. */
function endLabels(minute: SystemSummary | undefined, { x, y }: { x: number; y: Scale }) {
  if (minute === undefined || minute.calls === 0) return nothing;
  let floor = Number.NEGATIVE_INFINITY;
  return LINES.map(([name]) => {
    const place = Math.max(y(minute[name]) + 4, floor + 15);
    floor = place;
    return svg`<text class=${name === 'p50' ? 'label of-current' : 'end'} x=${x} y=${place.toFixed(1)}>${name} ${formatLatency(minute[name])}</text>`;
  });
}
