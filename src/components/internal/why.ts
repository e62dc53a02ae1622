// SPDX-License-Identifier: Apache-2.0
import { leavesOpen } from '../../verdict/rate.js';
import { isShareMetric } from '../../verdict/share-metrics.js';
import type { Verdict } from '../../verdict/verdict.js';
import { formatCount, formatNumber, formatP, formatShare } from './number-text.js';

/** A value of a metric: shares of rows as per cent, distances as numbers. */
export function metricValue(metric: string, value: number, digits = 3): string {
  return isShareMetric(metric) ? formatShare(value) : formatNumber(value, digits);
}

/** Why this rating, in two sentences: is it real (noise), and does it matter (tolerance). */
export function why(verdict: Verdict, level: number): string {
  const say = (value: number): string => metricValue(verdict.metric, value);
  const { rating, low, high, value, tolerance, adjustedPValue } = verdict;
  const real = `The change is real: chance alone would hardly make it (adjusted p ${formatP(adjustedPValue)}, level ${formatNumber(level)} for the whole report).`;
  switch (rating) {
    case 'drift':
      return Number.isFinite(low) && low > tolerance
        ? `${real} It is beyond your tolerance of ${say(tolerance)}: even the low end of its interval, ${say(low)}, is.`
        : `${real} It is beyond your tolerance of ${say(tolerance)}.`;
    case 'watch':
      if (low > tolerance)
        return `${real} It is beyond your tolerance of ${say(tolerance)}, but only just outside what the reference holds, so it is worth a look and no more.`;
      return value > tolerance
        ? `${real} It is over your tolerance of ${say(tolerance)}, but its interval begins at ${say(low)}, so it may be less.`
        : `${real} It is below your tolerance of ${say(tolerance)}, but over half of it, so it is worth a look.`;
    case 'unknown': {
      const rows = Math.max(0, ...verdict.tests.filter(leavesOpen).map((test) => test.rowsNeeded ?? 0));
      const enough = rows > 0 ? ` About ${formatCount(rows)} rows a side would tell.` : '';
      return `There are too few rows to tell: the change could be as large as ${say(high)}, and your tolerance is ${say(tolerance)}.${enough}`;
    }
    case 'stable':
      if (adjustedPValue <= level)
        return `The change is real but small: ${say(value)} against a tolerance of ${say(tolerance)}.`;
      return high <= tolerance
        ? `Nothing beyond chance, and at most ${say(high)} against a tolerance of ${say(tolerance)}.`
        : `The change, ${say(value)}, is within what chance and natural variation make; your tolerance is ${say(tolerance)}.`;
    default:
      return `Not rated: ${verdict.reason ?? 'no test applies to this column'}.`;
  }
}
