// SPDX-License-Identifier: Apache-2.0
/**
 * Times themselves always move on, so they are not compared. Their rhythm is: rows per hour of the week (or of the day),
 * each hour's rows over how often that hour lies inside the side's range, so that an unfinished week is no change.
 */
import type { FeatureComparison } from '../../distances/comparison.js';
import type { TimePart } from '../../profile/parts.js';
import { totalVariationTest } from './category-tests.js';
import type { Hypothesis } from './hypothesis.js';
import type { PooledCells } from './pooled-cells.js';
import type { TestContext } from './test-context.js';

const HOUR = 3_600_000;
const WEEK_HOURS = 168;
/** 1970-01-01 was a Thursday: hour 72 of a week that starts on Monday. */
const EPOCH_HOUR = 72;
/** Full turns that both sides must cover. */
const TURNS = 2;

export function timeTests(comparison: FeatureComparison, context: TestContext): Hypothesis[] {
  const reference = comparison.reference as TimePart;
  const current = comparison.current as TimePart;
  const cells = rhythmCells(reference, current);
  if (!cells) return [];
  const test = totalVariationTest(comparison.feature.name, cells, context);
  return [{ ...test, metric: 'rhythm' }];
}

/** Hours of the week where both sides cover two weeks, hours of the day where two days; undefined below. */
export function rhythmCells(reference: TimePart, current: TimePart): PooledCells | undefined {
  const cover = Math.min(reference.max - reference.min, current.max - current.min) / HOUR;
  const turn = cover >= TURNS * WEEK_HOURS ? WEEK_HOURS : cover >= TURNS * 24 ? 24 : 0;
  if (turn === 0 || !Number.isFinite(cover)) return undefined;
  const a = evenTurns(reference, turn);
  const b = evenTurns(current, turn);
  const total = (values: Float64Array) => values.reduce((x, y) => x + y, 0);
  return { m: total(a), n: total(b), a, b };
}

/** Rows per hour of the turn, as if every hour had been covered equally often; the total stays. */
function evenTurns({ hourOfWeek, min, max }: TimePart, turn: number): Float64Array {
  const rows = new Float64Array(turn);
  const covered = new Float64Array(turn);
  for (let hour = 0; hour < WEEK_HOURS; hour++) rows[hour % turn] += hourOfWeek[hour];
  const first = Math.floor(min / HOUR);
  const last = Math.floor(max / HOUR);
  const full = Math.floor((last - first + 1) / turn);
  covered.fill(full);
  const mod = (x: number) => ((x % turn) + turn) % turn;
  for (let hour = first + full * turn; hour <= last; hour++) covered[mod(hour + EPOCH_HOUR)]++;
  const total = rows.reduce((x, y) => x + y, 0);
  const rates = rows.map((count, i) => (covered[i] > 0 ? count / covered[i] : 0));
  const sum = rates.reduce((x, y) => x + y, 0);
  return sum > 0 ? rates.map((rate) => Math.round((rate / sum) * total)) : rates;
}
