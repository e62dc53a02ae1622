// SPDX-License-Identifier: Apache-2.0
import type { StoredWindow, StoreQuery } from './store.js';

/** What order and queries look at. */
export type WindowPlace = Pick<StoredWindow, 'id' | 'spec' | 'start' | 'end'>;

/** By start, then end; the sequence in the id tells windows of one instant apart. */
export function inTimeOrder<T extends WindowPlace>(windows: T[]): T[] {
  return windows.sort((a, b) => a.start - b.start || a.end - b.end || compareIds(a.id, b.id));
}

/** Those that a query asks for, of windows in time order. */
export function matching<T extends WindowPlace>(windows: readonly T[], query: StoreQuery): T[] {
  const { spec, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, last } = query;
  const found = windows.filter(
    (window) => (spec === undefined || window.spec === spec) && window.end > from && window.start < to,
  );
  return last === undefined ? found : found.slice(Math.max(0, found.length - Math.max(0, last)));
}

/** "…/9" before "…/10". */
function compareIds(a: string, b: string): number {
  const [left, right] = [sequenceOf(a), sequenceOf(b)];
  return left - right || (a < b ? -1 : a > b ? 1 : 0);
}

function sequenceOf(id: string): number {
  const number = Number(id.slice(id.lastIndexOf('/') + 1));
  return Number.isFinite(number) ? number : 0;
}
