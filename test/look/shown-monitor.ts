// SPDX-License-Identifier: Apache-2.0
import type { DriftMonitor } from '../../src/components/drift-monitor/drift-monitor.js';
import '../../src/components/drift-monitor/drift-monitor.js';
import type { MonitorSnapshot } from '../../src/monitor/snapshot.js';
import { mount } from './accessible.js';
import { flightsReport } from './fixture-report.js';
import { ToldSource } from './told-source.js';

/** The panel on the page, with a monitor that says this snapshot, or with none. */
export async function show(
  snapshot: MonitorSnapshot | null,
  {
    open = true,
    dock = '',
    ...options
  }: Parameters<typeof mount>[1] & Partial<Pick<DriftMonitor, 'open' | 'dock'>> = {},
): Promise<DriftMonitor> {
  const element = document.createElement('drift-monitor');
  element.open = open;
  element.dock = dock;
  if (snapshot !== null) element.monitor = new ToldSource(snapshot, async () => flightsReport());
  return mount(element, options);
}

export const root = (element: DriftMonitor): ShadowRoot => element.shadowRoot as ShadowRoot;

/** Names of the features, in their order. */
export const names = (element: DriftMonitor): string[] =>
  [...root(element).querySelectorAll('.multiple .name')].map((name) => name.textContent ?? '');

/** Modules that are loaded when they are wanted take their time on a busy machine. */
export const LOADED = { timeout: 20_000 };
