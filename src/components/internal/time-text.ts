// SPDX-License-Identifier: Apache-2.0
/** Times as people read them, always UTC, short where the surroundings tell the rest. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const NBSP = '\u00a0';

const two = (value: number): string => String(value).padStart(2, '0');

/** One moment, as fine as `step` ms needs: a year, a month, a day, a minute. */
export function formatTime(ms: number, step = DAY): string {
  if (!Number.isFinite(ms)) return '–';
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return '–';
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
  if (step >= 365 * DAY) return String(date.getUTCFullYear());
  if (step >= 28 * DAY) return `${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  if (step >= DAY) return `${day} ${date.getUTCFullYear()}`;
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  return step >= 60_000 ? `${day} ${clock}` : `${day} ${clock}:${two(date.getUTCSeconds())}`;
}

/** From `start` (inclusive) to `end` (exclusive): "23 Apr – 13 May", "23 Apr 06:00 – 12:00". */
export function formatSpan(start: number, end: number): string {
  const from = new Date(start);
  const last = new Date(end - 1);
  if (Number.isNaN(from.getTime()) || Number.isNaN(last.getTime())) return '–';
  const day = (date: Date): string => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
  if (end - start < DAY) return `${day(from)} ${two(from.getUTCHours())}:${two(from.getUTCMinutes())}`;
  if (day(from) === day(last) && end - start <= DAY) return day(from);
  if (from.getUTCFullYear() !== last.getUTCFullYear()) {
    return `${day(from)} ${from.getUTCFullYear()} – ${day(last)} ${last.getUTCFullYear()}`;
  }
  if (from.getUTCMonth() === last.getUTCMonth()) return `${from.getUTCDate()} – ${day(last)}`;
  return `${day(from)} – ${day(last)}`;
}

/** How long, in at most two units: "40 s", "26 min", "1 d 20 h". */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return '–';
  const units = [
    ['d', DAY],
    ['h', HOUR],
    ['min', 60_000],
    ['s', 1000],
  ] as const;
  const first = units.findIndex(([, size]) => ms >= size);
  if (first < 0) return `0${NBSP}s`;
  const [unit, size] = units[first] as (typeof units)[number];
  const whole = Math.floor(ms / size);
  const next = units[first + 1];
  // The smaller unit matters while the larger one is counted on one hand.
  const rest = next === undefined || whole >= 5 ? 0 : Math.floor((ms - whole * size) / next[1]);
  const head = `${whole}${NBSP}${unit}`;
  return rest === 0 || next === undefined ? head : `${head} ${rest}${NBSP}${next[0]}`;
}

export interface TimeTick {
  readonly at: number;
  readonly text: string;
}

/** At most about `count` ticks on calendar borders between two moments. */
export function timeTicks(start: number, end: number, count: number): TimeTick[] {
  const rough = (end - start) / Math.max(1, count);
  if (!(rough > 0)) return [];
  if (end - start > 75 * DAY) return monthTicks(start, end, count);
  const steps = [
    60_000,
    5 * 60_000,
    15 * 60_000,
    30 * 60_000,
    HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
  ];
  const step = steps.find((candidate) => candidate >= rough) ?? 28 * DAY;
  const ticks: TimeTick[] = [];
  for (let at = Math.ceil(start / step) * step; at < end && ticks.length < 64; at += step) {
    const date = new Date(at);
    const text =
      step >= DAY || date.getUTCHours() + date.getUTCMinutes() === 0
        ? `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`
        : `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
    ticks.push({ at, text });
  }
  return ticks;
}

function monthTicks(start: number, end: number, count: number): TimeTick[] {
  const first = new Date(start);
  const months = (end - start) / (30.4 * DAY);
  const step = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600].find((size) => months / size <= count) ?? 1200;
  const ticks: TimeTick[] = [];
  let month = first.getUTCFullYear() * 12 + first.getUTCMonth();
  if (first.getUTCDate() !== 1 || start % DAY !== 0) month++;
  month = Math.ceil(month / step) * step;
  for (; ticks.length < 64; month += step) {
    const at = Date.UTC(Math.floor(month / 12), month % 12, 1);
    if (!(at < end)) break;
    const january = month % 12 === 0;
    const name = MONTHS[month % 12] ?? '';
    ticks.push({ at, text: step >= 12 || january ? `${Math.floor(month / 12)}` : name });
  }
  return ticks;
}
