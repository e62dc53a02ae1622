// SPDX-License-Identifier: Apache-2.0
import type { DriftMonitor } from '../../src/components/drift-monitor/drift-monitor.js';
import type { MonitorSnapshot } from '../../src/monitor/snapshot.js';
import {
  manyFeatures,
  STORY_START,
  seriesOf,
  snapshotOf,
  ToldSource,
  youngSnapshot,
} from './fixture-monitor.js';
import { flightsReport } from './fixture-report.js';

const first = { spec: { first: 5000 }, label: 'the first 5,000 rows', rows: 1240 };

/** States of a monitor by name. */
export const STATES: Readonly<Record<string, () => MonitorSnapshot>> = {
  running: () => snapshotOf(),
  calm: () => snapshotOf(14),
  recovered: () => snapshotOf(40),
  starting: () => youngSnapshot(),
  learning: () =>
    youngSnapshot({ state: 'learning', reference: first, rows: { ...youngSnapshot().rows, measured: 1240 } }),
  paused: () => snapshotOf(40, { state: 'paused', sentence: 'Paused: rows are not measured.' }),
  failed: () =>
    youngSnapshot({
      state: 'failed',
      sentence: '',
      reason: 'flights.baseline: made for another model: it has no column "carrier".',
    }),
  inert: () => youngSnapshot({ state: 'inert', sentence: '', reason: 'A server: nothing is measured here.' }),
  outliers: () =>
    snapshotOf(40, {
      outliers: Array.from({ length: 14 }, (_, i) => ({
        id: 90_331 - i * 17,
        time: STORY_START + 144_000_000 - i * 95_000,
        pValue: 10 ** -(4 + (i % 5)),
        feature: i % 3 === 0 ? 'wind_speed' : 'distance',
        value: i % 3 === 0 ? '61.4' : '9,812',
      })),
    }),
  many: () => manyFeatures(96),
  kinds: () =>
    snapshotOf(40, {
      series: [
        seriesOf(40, '1 h'),
        { ...seriesOf(30, '1,000 rows'), open: { rows: 412, of: 1000, start: 0 } },
      ],
    }),
};

/** The live elements with the made-up monitor: `live-…` of the hash says which element, in which state, docked where. */
export function liveScene(stage: HTMLElement, hash: string): void {
  const [, what = '', state = 'running', dock = ''] = hash.split('-');
  const snapshot = (STATES[state] ?? STATES['running'])?.() ?? null;
  if (what === 'alerts' || what === 'timeline' || what === 'system') {
    const element = document.createElement(`drift-${what}`);
    element.snapshot = snapshot;
    stage.append(element);
    return;
  }
  const element = document.createElement('drift-monitor');
  element.open = what === 'panel';
  element.dock = dock.replace('_', '-') as DriftMonitor['dock'];
  if (state !== 'none' && snapshot !== null)
    element.monitor = new ToldSource(snapshot, async () => flightsReport());
  stage.append(element);
}
