// SPDX-License-Identifier: Apache-2.0
/** Whether what comes back from a database is what was put into it: it may have been damaged, or written by others. */
import type { Totals, WindowPayload } from './schema.js';
import type { StoredWindow, WindowRecord } from './store.js';

const GRAINS: readonly unknown[] = ['window', 'hour', 'day', 'week'];

export function isWindowRecord(value: unknown): value is WindowRecord {
  if (!isObject(value)) return false;
  const { id, spec, start, end, rows, frameId, grain, bytes } = value;
  return (
    [id, spec, frameId].every((text) => typeof text === 'string') &&
    [start, end, rows, bytes].every((number) => Number.isFinite(number)) &&
    GRAINS.includes(grain)
  );
}

export function isPayload(value: unknown): value is WindowPayload {
  if (!isObject(value)) return false;
  return value['profile'] instanceof Uint8Array && value['outcomes'] instanceof Uint8Array;
}

export function isTotals(value: unknown): value is Totals {
  if (!isObject(value) || !isObject(value['states'])) return false;
  return (
    typeof value['writer'] === 'string' &&
    Number.isFinite(value['windows']) &&
    Number.isFinite(value['bytes'])
  );
}

/** A window without its payload. */
export function recordOf(window: StoredWindow, bytes: number): WindowRecord {
  const { id, spec, start, end, rows, frameId, grain } = window;
  return { id, spec, start, end, rows, frameId, grain, bytes };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
