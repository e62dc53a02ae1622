// SPDX-License-Identifier: Apache-2.0
import type { MonitorOptions } from '../monitor.js';
import type { MonitorSnapshot } from '../snapshot.js';
import type { ReferenceSpec } from '../specs.js';
import { deviceText } from './device.js';
import { emptySnapshot } from './empty-snapshot.js';
import { STORE_BYTES } from './host-config.js';

/** What only the page's side knows. */
export interface PageFacts {
  readonly state: 'starting' | 'open' | 'failed' | 'inert' | 'disposed';
  readonly isPaused: boolean;
  readonly rows: MonitorSnapshot['rows'];
}

interface Asked extends Pick<MonitorOptions, 'store' | 'storeBytes'> {
  readonly name: string;
  readonly reason: string;
  readonly reference: ReferenceSpec;
}

/** The host's latest snapshot, or what can be said without one, with what only this side knows. */
export function patchedSnapshot(
  latest: MonitorSnapshot | null,
  { state, isPaused, rows }: PageFacts,
  asked: () => Asked,
): MonitorSnapshot {
  if (latest !== null && state === 'open')
    return { ...latest, rows, state: isPaused ? 'paused' : latest.state };
  const { name, reason, reference, store = 'indexedDB', storeBytes = STORE_BYTES } = asked();
  const shown = state === 'open' ? 'starting' : state;
  const device = deviceText();
  const own = emptySnapshot({ name, state: shown, reason, reference, store, storeBytes, device });
  if (latest === null) return { ...own, rows };
  // A host that is gone has left its history behind.
  return { ...latest, rows, state: shown, reason, sentence: own.sentence };
}
