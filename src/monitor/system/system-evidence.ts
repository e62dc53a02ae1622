// SPDX-License-Identifier: Apache-2.0
import { normalQuantile } from '../../distances/special/normal.js';
import { wilsonInterval } from '../../performance/intervals.js';
import { latencyQuantile } from '../../profile/latency.js';
import { percent, roundedNumber } from '../../verdict/words/number-words.js';
import type { SubjectEvidence } from '../alerts/evidence.js';
import type { SystemSums } from './system-sums.js';

/** Calls in a minute, and in those before it, that tell anything. */
const LEAST_CALLS = 20;
const LEAST_BEFORE = 200;
/** How many times slower, and what share of calls more than before may fail, before it matters. */
const SLOWER = 2;
const FAILING = 0.02;
const LEVEL = 0.01;
const SPEC = '1 min';
const MINUTE = 60_000;

/**
 * What a minute says, held against the median of the minutes before: whether calls became slower, and whether more of them
 * failed. What lasts longer than half of the minutes that are kept is the usual.
 */
export function systemEvidence(
  start: number,
  minute: SystemSums,
  before: readonly SystemSums[],
): SubjectEvidence[] {
  const busy = before.filter(({ calls }) => calls >= LEAST_CALLS);
  const earlierCalls = busy.reduce((sum, { calls }) => sum + calls, 0);
  if (minute.calls < LEAST_CALLS || earlierCalls < LEAST_BEFORE) return [];
  const place = { spec: SPEC, start, end: start + MINUTE };
  const found: SubjectEvidence[] = [];
  const usual = median(busy.map(({ latency }) => latencyQuantile(latency, 0.95)));
  if (usual > 0) {
    const p95 = latencyQuantile(minute.latency, 0.95);
    // the order statistic that lies below the true quantile but once in 200 minutes
    const z = -normalQuantile(LEVEL / 2);
    const lower = latencyQuantile(minute.latency, 0.95 - z * Math.sqrt((0.95 * 0.05) / minute.calls));
    found.push({
      ...place,
      subject: { kind: 'system', name: 'latency' },
      value: p95 / usual,
      low: lower / usual,
      threshold: SLOWER,
      sentence: `One call in twenty takes more than ${millis(p95)}; it was ${millis(usual)} before.`,
    });
  }
  const share = failed(minute) / minute.calls;
  const earlier = median(busy.map((one) => failed(one) / one.calls));
  found.push({
    ...place,
    subject: { kind: 'system', name: 'failures' },
    value: share,
    low: wilsonInterval(failed(minute), minute.calls, LEVEL).low,
    threshold: earlier + FAILING,
    sentence: `${percent(share)} of the calls fail or give no number; it was ${percent(earlier)} before.`,
  });
  return found;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

function failed({ calls, errors, nonFinite }: SystemSums): number {
  return Math.min(calls, errors + nonFinite);
}

function millis(ms: number): string {
  return ms >= 1_000 ? `${roundedNumber(ms / 1_000)} s` : `${roundedNumber(ms)} ms`;
}
