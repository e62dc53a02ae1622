// SPDX-License-Identifier: Apache-2.0
import { type SVGTemplateResult, svg } from 'lit';
import type { Kind } from '../../columns/schema.js';
import { formatNumber } from './number-text.js';
import { niceTicks, type Scale } from './scale.js';
import { formatTime, timeTicks } from './time-text.js';

export interface AxisTick {
  readonly at: number;
  readonly text: string;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const PX_PER_TICK = 90;

/** Time features are drawn by hour of the week (0…168) or by moment (ms); the size of the numbers tells which. */
function isHourOfWeek(kind: Kind, to: number): boolean {
  return kind === 'time' && to <= 168;
}

/** Round places to print on an axis `width` px long. */
export function axisTicks(kind: Kind, [from, to]: readonly [number, number], width: number): AxisTick[] {
  const count = Math.max(2, Math.min(9, Math.floor(width / PX_PER_TICK)));
  if (isHourOfWeek(kind, to)) {
    return to <= 24
      ? niceTicks(from, to, count).map((at) => ({ at, text: `${at}:00` }))
      : WEEKDAYS.map((text, day) => ({ at: day * 24, text }));
  }
  if (kind === 'time') return timeTicks(from, to, count);
  return niceTicks(from, to, count).map((at) => ({ at, text: formatNumber(at, 6) }));
}

/** A value of this kind in words. */
export function kindValue(kind: Kind, value: number | undefined, digits = 3): string {
  if (value === undefined) return '–';
  if (kind !== 'time') return formatNumber(value, digits);
  return isHourOfWeek(kind, value)
    ? `${WEEKDAYS[Math.floor(value / 24) % 7]} ${Math.floor(value % 24)}:00`
    : formatTime(value, 60_000);
}

/** The line at `y` and its printed places. */
export function bottomAxis(
  ticks: readonly AxisTick[],
  { x, y, left, right }: { x: Scale; y: number; left: number; right: number },
): SVGTemplateResult {
  return svg`<path class="axis" d="M${left} ${y}H${right}"/>
    ${ticks.map(({ at, text }) => {
      const place = x(at);
      const anchor = place < left + 18 ? 'start' : place > right - 18 ? 'end' : 'middle';
      return svg`<path class="axis" d="M${place.toFixed(1)} ${y}v4"/><text x=${place.toFixed(1)} y=${y + 17} text-anchor=${anchor}>${text}</text>`;
    })}`;
}
