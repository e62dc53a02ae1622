// SPDX-License-Identifier: Apache-2.0
import { planRetention, type RetentionOptions, type RetentionPlan } from '../retention.js';
import type { WindowRecord } from '../store.js';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** A Monday, 00:00 UTC. */
export const NOW = Date.UTC(2026, 10, 23);
export const PLENTY = 1e12;

let sequence = 0;

export function record(start: number, changes: Partial<WindowRecord> = {}): WindowRecord {
  const spec = changes.spec ?? '100 rows';
  return {
    id: `${spec}/${start}/${sequence++}`,
    spec,
    start,
    end: start + HOUR / 4,
    rows: 100,
    frameId: 'aaaaaaaaaaaa',
    grain: 'window',
    bytes: 1000,
    ...changes,
  };
}

/** What the plan makes of the windows, without their payloads. */
export function carriedOut(windows: readonly WindowRecord[], plan: RetentionPlan): WindowRecord[] {
  const gone = new Set([
    ...plan.thinned,
    ...plan.leaving,
    ...plan.merges.flatMap(({ from }) => from.map(({ id }) => id)),
  ]);
  const merged = plan.merges.map(({ id, spec, grain, frameId, from }) => ({
    id,
    spec,
    grain,
    frameId,
    start: Math.min(...from.map(({ start }) => start)),
    end: Math.max(...from.map(({ end }) => end)),
    rows: from.reduce((sum, { rows }) => sum + rows, 0),
    bytes: Math.max(...from.map(({ bytes }) => bytes)),
  }));
  return [...windows.filter(({ id }) => !gone.has(id)), ...merged];
}

export function tidied(
  windows: readonly WindowRecord[],
  options: Partial<RetentionOptions> = {},
): WindowRecord[] {
  return carriedOut(windows, planRetention(windows, { now: NOW, limitBytes: PLENTY, ...options }));
}

export const rowsOf = (windows: readonly WindowRecord[]) => windows.reduce((sum, { rows }) => sum + rows, 0);
export const byId = (windows: readonly WindowRecord[]) => [...windows].sort((a, b) => (a.id < b.id ? -1 : 1));
export const idsOf = (windows: readonly WindowRecord[]) => byId(windows).map(({ id }) => id);

/** One a step, back from now for so long. */
export function every(step: number, { back }: { back: number }): WindowRecord[] {
  return Array.from({ length: Math.floor(back / step) }, (_, i) => record(NOW - (i + 1) * step));
}
