// SPDX-License-Identifier: Apache-2.0
import type { StoredWindow } from '../store.js';

export const HOUR = 3_600_000;

/** A window whose payload is told by its number, so that a test can see what comes back. */
export function windowOf(sequence: number, changes: Partial<StoredWindow> = {}): StoredWindow {
  const start = changes.start ?? sequence * HOUR;
  const spec = changes.spec ?? '1 h';
  return {
    id: `${spec}/${start}/${sequence}`,
    spec,
    start,
    end: start + HOUR,
    rows: 100 + sequence,
    frameId: 'f00d',
    grain: 'window',
    profile: Uint8Array.from({ length: 64 }, (_, i) => (sequence + i) % 256),
    outcomes: new Uint8Array(0),
    verdict: { rating: 'stable', sequence },
    ...changes,
  };
}
