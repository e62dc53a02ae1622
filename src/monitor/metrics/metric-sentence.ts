// SPDX-License-Identifier: Apache-2.0
import { counted, numbersBeside } from '../../verdict/words/number-words.js';
import { LEAST_WINDOWS } from './level-watch.js';

interface Told {
  readonly name: string;
  readonly count: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly before: number;
  readonly windows: number;
  readonly drifting: boolean;
}

/** What a window says about a metric, for people. */
export function metricSentence(
  { name, count, mean, low, high, before, windows, drifting }: Told,
  { isThin, isMoved }: { readonly isThin: boolean; readonly isMoved: boolean },
): string {
  if (windows < LEAST_WINDOWS) {
    const [shown] = numbersBeside(mean);
    const missing = counted(LEAST_WINDOWS - windows, 'more window');
    return `${name} is ${shown} on average; ${missing} before it can be compared.`;
  }
  const [shown, usual, from, to] = numbersBeside(mean, before, low, high);
  if (isThin) return `${name} is ${shown}, of only ${counted(count, 'value')}: too few to be compared.`;
  const beside = `${usual} in the ${counted(windows, 'window')} before`;
  if (isMoved) return `${name} has moved to ${shown}, from ${beside}.`;
  const expected = `expected ${from} to ${to}`;
  if (drifting) return `${name} is ${shown} in this window, against ${beside} (${expected}).`;
  return `${name} is ${shown}, as usual (${expected}).`;
}
