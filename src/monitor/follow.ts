// SPDX-License-Identifier: Apache-2.0
/** A monitor as whoever only looks at it sees it: the monitor itself, or one that lives in another tab or worker. */
import type { Report } from '../report/report.js';
import type { Unsubscribe } from './monitor.js';
import type { MonitorSnapshot } from './snapshot.js';

/** Where snapshots come from. Every `Monitor` is one. */
export interface MonitorSource {
  readonly name: string;
  /** At most four times a second, while there is news. */
  onUpdate(callback: (snapshot: MonitorSnapshot) => void): Unsubscribe;
  snapshot(): Promise<MonitorSnapshot>;
  /** The whole report of the latest window of a kind; absent where only snapshots arrive. */
  report?(spec?: string): Promise<Report | null>;
}
