// SPDX-License-Identifier: Apache-2.0
import { emptyLatency, LATENCY_BINS, latencyQuantile, mergeLatency } from '../../profile/latency.js';
import type { SystemSample } from '../host.js';
import type { SystemSummary } from '../snapshot.js';

/** Additive: what the system did in a stretch of time. */
export interface SystemSums {
  /** Time that was looked at. */
  ms: number;
  /** By the bins of profile/latency.ts. */
  readonly latency: Float64Array;
  calls: number;
  rows: number;
  errors: number;
  nonFinite: number;
  longTasks: number;
  ownLongTasks: number;
  droppedFrames: number;
  ownDroppedFrames: number;
  ownMs: number;
}

const COUNTS = [
  'calls',
  'rows',
  'errors',
  'nonFinite',
  'longTasks',
  'ownLongTasks',
  'droppedFrames',
  'ownDroppedFrames',
  'ownMs',
] as const satisfies (keyof SystemSample & keyof SystemSums)[];

export function emptySums(): SystemSums {
  return {
    ms: 0,
    latency: emptyLatency(),
    calls: 0,
    rows: 0,
    errors: 0,
    nonFinite: 0,
    longTasks: 0,
    ownLongTasks: 0,
    droppedFrames: 0,
    ownDroppedFrames: 0,
    ownMs: 0,
  };
}

/** Adds a sample. What is no count is left out; a sample whose end lies before its start (a clock set back) adds no time. */
export function addSample(to: SystemSums, sample: SystemSample): void {
  to.ms += countOf(sample.end - sample.start);
  if (sample.latency.length === LATENCY_BINS && sample.latency.every((count) => count >= 0))
    mergeLatency(to.latency, sample.latency);
  for (const name of COUNTS) to[name] += countOf(sample[name]);
}

/** Sums that were stored; null where they are not what they should be. */
export function readSums(saved: unknown): SystemSums | null {
  if (typeof saved !== 'object' || saved === null) return null;
  const { latency, ms, ...counts } = saved as Partial<SystemSums>;
  if (!(latency instanceof Float64Array) || latency.length !== LATENCY_BINS || !isCount(ms)) return null;
  const sums = { ...emptySums(), latency: latency.slice(), ms };
  for (const name of COUNTS) {
    // An earlier version did not count all of them.
    const value = counts[name] ?? 0;
    if (!isCount(value)) return null;
    sums[name] = value;
  }
  return sums;
}

/** What is shown of it. Rates are over the time that was looked at; NaN where there was none. */
export function summarizeSums(sums: SystemSums): SystemSummary {
  const { ms, latency, ownMs, ...counts } = sums;
  return {
    ...counts,
    p50: latencyQuantile(latency, 0.5),
    p95: latencyQuantile(latency, 0.95),
    p99: latencyQuantile(latency, 0.99),
    callsPerSecond: (1_000 * counts.calls) / ms,
    ownShare: ownMs / ms,
  };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < Infinity;
}

function countOf(value: number): number {
  return isCount(value) ? value : 0;
}
