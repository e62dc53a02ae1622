// SPDX-License-Identifier: Apache-2.0
/** An app that makes its monitors when it is told to, with whatever options. */
import { createMonitor, type Monitor, type MonitorOptions } from '../../../src/index.js';
import { baselineFileOf, observedOf, rowsOf } from '../../../src/monitor/core/testing/rows.js';

/** Errors that reached the page's own handlers: there must be none. */
const leaked: string[] = [];
addEventListener('error', (event) => leaked.push(event.message));
addEventListener('unhandledrejection', (event) => leaked.push(String(event.reason)));

const baseline = baselineFileOf(rowsOf({ rows: 3_000, seed: 1 }));

export interface Made {
  readonly monitor: Monitor;
  readonly errors: string[];
  readonly verdicts: string[];
}

const kit = {
  leaked,
  baseline,
  rowsOf,
  observedOf,
  /** With the baseline of `rowsOf`, in memory, windows of 500 rows; ready. `early`: rows that come before it is. */
  async make(options: MonitorOptions = {}, early = 0): Promise<Made> {
    const errors: string[] = [];
    const verdicts: string[] = [];
    const monitor = createMonitor({
      baseline: baseline.slice(0),
      windows: [{ rows: 500 }],
      store: 'memory',
      onError: (error) => errors.push(`${error.name}: ${error.message}`),
      ...options,
    });
    monitor.onVerdict(({ rating }) => verdicts.push(rating));
    if (early > 0) monitor.observe(kit.rows(early, 2));
    await monitor.ready;
    return { monitor, errors, verdicts };
  },
  rows: (rows: number, seed: number, shift = 0) => observedOf(rowsOf({ rows, seed, shift })),
};

export type Kit = typeof kit;

Object.assign(globalThis, { kit });
document.body.dataset['ready'] = '';
