// SPDX-License-Identifier: Apache-2.0
import { emptyClasses, emptyNumbers } from './add-outcome.js';
import type { OutcomePlan } from './outcome-plan.js';
import type { Outcomes } from './outcomes.js';

/** What a model achieved on its reference, where only that is known: its accuracy or mean absolute error, and on how many rows. */
export interface KnownPerformance {
  readonly value: number;
  readonly rows: number;
}

/** As outcomes that summarize to the same; null where what is held against what is not known yet. */
export function knownOutcomes({ value, rows }: KnownPerformance, plan: OutcomePlan | null): Outcomes | null {
  if (plan === null || plan.kind === 'undecided' || !(rows > 0) || !Number.isFinite(value)) return null;
  if (plan.kind === 'numbers')
    return { ...emptyNumbers(), rows, absolute: value * rows, squares: value * value * rows };
  const outcomes = emptyClasses(plan.classes);
  outcomes.otherRight = value * rows;
  outcomes.other = rows;
  return outcomes;
}
