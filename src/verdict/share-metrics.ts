// SPDX-License-Identifier: Apache-2.0

import type { Metric } from './verdict.js';
import { percent, shortNumber } from './words/number-words.js';

/** Metrics that are differences of shares of rows: written as per cent wherever a person reads them. */
const SHARES: ReadonlySet<string> = new Set<Metric>([
  'missing',
  'nan',
  'infinite',
  'unparsable',
  'unseen',
  'outOfRange',
  'tail',
  'empty',
  'zeroRows',
  'duplicateRows',
  'duplicateKeys',
]);

export function isShareMetric(metric: string): boolean {
  return SHARES.has(metric);
}

/** "0.1 %" for shares, "0.05" for distances. */
export function metricText(metric: Metric, value: number): string {
  return isShareMetric(metric) && Number.isFinite(value) ? percent(value) : shortNumber(value);
}
