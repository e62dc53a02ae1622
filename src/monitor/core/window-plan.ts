// SPDX-License-Identifier: Apache-2.0
/** From what an app asks for to how it is done: pure. */
import { gcd } from '../../distances/special/gcd.js';
import { DriftglassError } from '../../errors.js';
import { durationText, milliseconds } from '../durations.js';
import type { WindowSpec } from '../specs.js';

const MOST_SPECS = 8;
/** Blocks of one window: the ring of a sliding one. */
export const MOST_BLOCKS = 240;
const MOST_ROWS = 10_000_000;
const WEEK_MS = 604_800_000;
/** Weeks begin on Monday; 1970 began on a Thursday. */
const FIRST_MONDAY = 4 * 86_400_000;
/** How long rows may come after their time, by default: a tenth of the step, at most a minute. */
const LATENESS_SHARE = 0.1;
const MOST_LATENESS = 60_000;

/** Windows of one kind. Sizes in rows or in ms of event time. */
export interface WindowPlan {
  readonly kind: 'rows' | 'time';
  /** In words, the same for all of its kind: how the windows are called everywhere. */
  readonly label: string;
  readonly size: number;
  /** A window ends at every step; equal to `size` when windows do not overlap. */
  readonly step: number;
  /** The largest length of which size and step are multiples: that of a block. */
  readonly unit: number;
  /** ms; 0 for windows by rows. */
  readonly lateness: number;
  /** Event time at which windows begin, and every multiple of `step` from there. */
  readonly origin: number;
}

export interface WindowPlans {
  readonly windows: readonly WindowPlan[];
  /** Whether every row is scored as an outlier too. */
  readonly scoresRows: boolean;
}

/** @throws SettingsError naming the window that cannot be */
export function planWindows(specs: readonly WindowSpec[]): WindowPlans {
  if (!Array.isArray(specs) || specs.some((spec) => typeof spec !== 'object' || spec === null))
    throw refused('give a list, as [{ rows: 1000 }, { every: "1h" }]');
  if (specs.length > MOST_SPECS) throw refused(`${specs.length} kinds of windows, at most ${MOST_SPECS}`);
  const windows: WindowPlan[] = [];
  let scoresRows = false;
  for (const spec of specs) {
    if ('rows' in spec && spec.rows === 1) {
      scoresRows = true;
      continue;
    }
    const plan = 'rows' in spec ? planRows(spec) : planTime(spec);
    if (!windows.some(({ label }) => label === plan.label)) windows.push(plan);
  }
  return { windows, scoresRows };
}

function planRows({ rows, step = rows }: Extract<WindowSpec, { rows: number }>): WindowPlan {
  const whole = (value: number): boolean => Number.isInteger(value) && value > 0 && value <= MOST_ROWS;
  if (!whole(rows) || !whole(step) || step > rows) throw refused(`{ rows: ${rows}, step: ${step} }`);
  const count = rows.toLocaleString('en');
  return checked({
    kind: 'rows',
    label: step === rows ? `${count} rows` : `${count} rows every ${step.toLocaleString('en')}`,
    size: rows,
    step,
    unit: gcd(rows, step),
    lateness: 0,
    origin: 0,
  });
}

function planTime(spec: Exclude<WindowSpec, { rows: number }>): WindowPlan {
  const size = milliseconds(spec.every, 'windows.every');
  const step = spec.step === undefined ? size : milliseconds(spec.step, 'windows.step');
  const whole = Number.isInteger(size) && Number.isInteger(step);
  if (!whole || step < 1 || step > size) throw refused(`{ every: ${spec.every}, step: ${spec.step} }`);
  const lateness =
    spec.lateness === undefined
      ? Math.min(MOST_LATENESS, Math.floor(step * LATENESS_SHARE))
      : milliseconds(spec.lateness, 'windows.lateness');
  const unit = gcd(size, step);
  if (lateness > MOST_BLOCKS * unit)
    throw refused(`{ every: ${spec.every}, lateness: ${spec.lateness} }: lateness over ${MOST_BLOCKS} steps`);
  return checked({
    kind: 'time',
    label: step === size ? durationText(size) : `${durationText(size)} every ${durationText(step)}`,
    size,
    step,
    unit,
    lateness,
    origin: size % WEEK_MS === 0 ? FIRST_MONDAY : 0,
  });
}

function checked(plan: WindowPlan): WindowPlan {
  if (plan.size / plan.unit <= MOST_BLOCKS) return plan;
  throw refused(`${plan.label}: over ${MOST_BLOCKS} blocks a window; let the step be a larger part of it`);
}

function refused(what: string): DriftglassError {
  return new DriftglassError('SettingsError', `these windows cannot be: ${what}`);
}
