// SPDX-License-Identifier: Apache-2.0
/**
 * How far features moved together from each of the reference's own windows to the next: what a monitor that has seen few
 * windows knows of visitors who fill whole ones. Worked out from the baseline when it is asked for, and never stored.
 */
import type { Frame } from '../../baseline/frame.js';
import type { WindowProfile } from '../../distances/comparison.js';
import type { Profile } from '../../profile/parts.js';
import { countAll } from './counts.js';
import { movedTogether } from './moved-together.js';
import type { Question, QuestionPlan } from './questions.js';

/** Windows of the reference that are looked at, the latest: more are not asked for. */
const MOST_WINDOWS = 48;

/** A visitor who fills a window does not show in windows that are so many times unlike. */
const TOO_UNLIKE = 16;

/** What a window holds and how long it is, in ms. */
export interface WindowSize {
  readonly rows: number;
  readonly length: number;
}

export interface ReferenceSteps {
  /** Design effects, as `movedTogether` tells them. */
  readonly moved: readonly number[];
  /** Of the reference's windows, on average. */
  readonly size: WindowSize;
}

export function referenceSteps(
  windows: readonly Pick<WindowProfile, 'start' | 'end' | 'profile'>[],
  questions: readonly Question[],
  { plan, frame, reference }: { plan: QuestionPlan; frame: Frame; reference: Profile },
): ReferenceSteps {
  const latest = windows.slice(-MOST_WINDOWS);
  const moved: number[] = [];
  let before: Float64Array | undefined;
  let [rows, length] = [0, 0];
  for (const { start, end, profile } of latest) {
    const slots = countAll(plan, frame, { profile, reference });
    if (before !== undefined) moved.push(movedTogether(questions, { current: slots, reference: before }));
    before = slots;
    rows += profile.rows / latest.length;
    length += (end - start) / latest.length;
  }
  return { moved, size: { rows, length } };
}

/**
 * The most that these steps can be among windows of another size. A visitor who fills a window is diluted in a longer one,
 * and has fewer rows in a shorter one or in a sample of them: what rows vary beyond independent ones is taken as often as
 * lengths differ, times as often as rows a time do. None where that is too often, or sizes are unknown.
 */
export function stepsAmong({ moved, size }: ReferenceSteps, window: WindowSize): readonly number[] {
  const times =
    apart(size.length, window.length) * apart(size.rows * window.length, window.rows * size.length);
  return times <= TOO_UNLIKE ? moved.map((deff) => 1 + Math.max(0, deff - 1) * times) : [];
}

function apart(a: number, b: number): number {
  return Math.max(a / b, b / a);
}
