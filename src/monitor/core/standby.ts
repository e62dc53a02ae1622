// SPDX-License-Identifier: Apache-2.0
import type { Baseline } from '../../profile/baseline-file.js';
import type { HostConfig } from '../host.js';
import { emptySnapshot } from '../page/empty-snapshot.js';
import type { MonitorSnapshot } from '../snapshot.js';
import { Drain } from '../tabs/drain.js';
import { LostRows } from './lost-rows.js';

/** How long a tab that comes waits to hear how things stand, ms. */
const PATIENCE_MS = 1_000;

/** What a host knows that keeps no history itself: another tab leads, it has ended, or it never began. */
export class Standby {
  /** Rows that nobody measured. */
  readonly lost = new LostRows();
  /** Why nothing is measured. */
  failure: Error | null = null;
  isClosed = false;
  readonly #heard = new Drain();
  #latest: MonitorSnapshot | null = null;

  /** The latest snapshot of the tab that leads, or the last of its own. */
  hear(snapshot: MonitorSnapshot): void {
    this.#latest = snapshot;
    this.#heard.done();
  }

  /** Resolves when it has heard something; whoever leads may be busy, or frozen: it is not waited for long. */
  async ready(): Promise<void> {
    if (this.#latest === null) await this.#heard.wait(PATIENCE_MS);
  }

  snapshot(config: HostConfig | null, tabs: number): MonitorSnapshot {
    const { failure } = this;
    const lost = this.lost.counts;
    const state = this.isClosed ? 'disposed' : failure !== null ? 'failed' : null;
    const reason = failure?.message ?? '';
    const heard = this.#latest;
    if (heard !== null) {
      const { rows } = heard;
      return {
        ...heard,
        state: state ?? heard.state,
        reason: reason || heard.reason,
        rows: {
          ...rows,
          observed: rows.observed + lost.observed,
          skipped: rows.skipped + lost.skipped,
          refused: rows.refused + lost.refused,
        },
        store: { ...heard.store, tabs, leader: false },
      };
    }
    const empty = emptySnapshot({
      name: config?.name ?? '',
      state: state ?? 'starting',
      reason,
      reference: config?.reference ?? 'baseline',
      store: config?.store ?? 'memory',
      storeBytes: config?.storeBytes ?? 0,
      device: config?.device ?? '',
    });
    return { ...empty, rows: { ...empty.rows, ...lost } };
  }

  /** Two versions of an app in two tabs: the rows of both are measured by the one that leads. What there is to tell, or null. */
  baselineOfAnother(own: Baseline | null): string | null {
    const led = this.#latest?.baseline ?? null;
    if (own === null || led === null || led.id === own.frame.id) return null;
    return (
      `another tab keeps this history with another baseline ("${led.name}", ${led.id}): rows of this tab are held ` +
      `against that one, not against "${own.name}", ${own.frame.id}, until the other tab is closed`
    );
  }
}
