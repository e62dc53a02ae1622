// SPDX-License-Identifier: Apache-2.0
import type { Baseline } from '../../profile/baseline-file.js';
import type { HostConfig } from '../host.js';
import { emptySnapshot } from '../page/empty-snapshot.js';
import type { MonitorSnapshot } from '../snapshot.js';
import type { RowCounts } from './counters.js';

/** What a host can say that keeps no history itself: another tab leads, it has ended, or it never began. */
export function standbySnapshot(facts: {
  readonly config: HostConfig | null;
  /** The latest snapshot of the tab that leads, or the last of its own. */
  readonly heard: MonitorSnapshot | null;
  readonly tabs: number;
  readonly isClosed: boolean;
  readonly failure: Error | null;
  /** Rows that nobody measured. */
  readonly lost: RowCounts;
}): MonitorSnapshot {
  const { config, heard, tabs, isClosed, failure, lost } = facts;
  if (heard !== null) {
    const store = { ...heard.store, tabs, leader: false };
    return { ...heard, state: isClosed ? 'disposed' : heard.state, store };
  }
  const empty = emptySnapshot({
    name: config?.name ?? '',
    state: isClosed ? 'disposed' : failure !== null ? 'failed' : 'starting',
    reason: failure?.message ?? '',
    reference: config?.reference ?? 'baseline',
    store: config?.store ?? 'memory',
    storeBytes: config?.storeBytes ?? 0,
    device: config?.device ?? '',
  });
  return { ...empty, rows: { ...empty.rows, ...lost } };
}

/** Two versions of an app in two tabs: the rows of both are measured by the one that leads. What there is to tell, or null. */
export function baselineOfAnother(heard: MonitorSnapshot | null, own: Baseline | null): string | null {
  const led = heard?.baseline ?? null;
  if (own === null || led === null || led.id === own.frame.id) return null;
  return (
    `another tab keeps this history with another baseline ("${led.name}", ${led.id}): rows of this tab are held ` +
    `against that one, not against "${own.name}", ${own.frame.id}, until the other tab is closed`
  );
}
