// SPDX-License-Identifier: Apache-2.0
import type { MonitorSource } from '../../src/monitor/follow.js';
import type { MonitorSnapshot } from '../../src/monitor/snapshot.js';
import type { Report } from '../../src/report/report.js';

/** A monitor to look at that says what it is told, and counts who listens. */
export class ToldSource implements MonitorSource {
  readonly name: string;
  listeners = 0;
  asked = 0;
  latest: MonitorSnapshot;
  #callbacks = new Set<(snapshot: MonitorSnapshot) => void>();
  report?: (spec?: string) => Promise<Report | null>;

  constructor(latest: MonitorSnapshot, report?: (spec?: string) => Promise<Report | null>) {
    this.name = latest.name;
    this.latest = latest;
    if (report !== undefined) this.report = report;
  }

  onUpdate(callback: (snapshot: MonitorSnapshot) => void): () => void {
    this.#callbacks.add(callback);
    this.listeners = this.#callbacks.size;
    return () => {
      this.#callbacks.delete(callback);
      this.listeners = this.#callbacks.size;
    };
  }

  async snapshot(): Promise<MonitorSnapshot> {
    this.asked++;
    return this.latest;
  }

  tell(snapshot: MonitorSnapshot): void {
    this.latest = snapshot;
    for (const callback of this.#callbacks) callback(snapshot);
  }
}
