// SPDX-License-Identifier: Apache-2.0
import type { OutcomeSummary } from '../../src/performance/outcomes.js';

/**
 * A made-up model in production, for pictures and tests of the live elements: flight delays, one window an hour. An
 * airport opens and gets known; then a release sends temperatures in Fahrenheit, scores follow, and a day later, when
 * labels come, accuracy is seen to have fallen. Nothing here is measured.
 */

export const HOUR = 3_600_000;
export const STORY_START = Date.UTC(2026, 2, 2);
/** Windows that have been judged when the whole story has been told. */
export const STORY_WINDOWS = 96;
/** Windows until labels come. */
export const LABEL_DELAY = 24;
/** The window in which the release is. */
export const RELEASE = 52;

/** How good the predictions of a window were, once their labels have come. */
export function outcomesOf(window: number, judged: number): OutcomeSummary | undefined {
  if (window >= judged - LABEL_DELAY) return undefined;
  const value = (window >= RELEASE ? 0.792 : 0.861) + Math.sin(window * 1.7) * 0.009;
  return { rows: 912, metric: 'accuracy', value, low: value - 0.022, high: value + 0.022, reference: 0.864 };
}
