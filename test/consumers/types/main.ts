// SPDX-License-Identifier: Apache-2.0
import {
  type Analysis,
  createAnalysis,
  createMonitor,
  isDriftglassError,
  type Monitor,
  type Rating,
  type Report,
} from 'driftglass';
import { DriftReport } from 'driftglass/elements';
import 'driftglass/elements/drift-badge';
import { DriftMonitor } from 'driftglass/elements/drift-monitor';

/** Uses the public types as an app does; only compiled. */
export async function compare(reference: File, current: File): Promise<Rating> {
  const analysis: Analysis = createAnalysis({ worker: () => new Worker('worker.js', { type: 'module' }) });
  try {
    await analysis.open('reference', [reference]);
    await analysis.open('current', [current]);
    const report: Report = await analysis.compare({ settings: { level: 0.01 } });
    const element = document.querySelector('drift-report');
    if (element instanceof DriftReport) element.report = report;
    return report.summary.rating;
  } catch (error) {
    if (isDriftglassError(error, 'SourceError')) console.error(error.message);
    throw error;
  } finally {
    analysis.dispose();
  }
}

interface Order {
  amount: number;
  city: string | null;
}

export function observe(monitor: Monitor, order: Order): void {
  monitor.observe(order);
  monitor.observe([order, order]);
  // @ts-expect-error a number is no row
  monitor.observe(5);
  // @ts-expect-error a value that is no value
  monitor.observe({ amount: { net: 1 } });
}

export function watch(): Monitor {
  const monitor = createMonitor({ name: 'orders', windows: [{ rows: 500 }, { every: '1h' }] });
  const panel = new DriftMonitor();
  panel.monitor = monitor;
  panel.dock = 'bottom-right';
  panel.addEventListener('drift-toggle', (event) => console.log(event.open));
  document.body.append(panel);
  monitor.observe([{ age: 31 }, { age: null }], { ids: ['a', 'b'], times: [new Date(0), new Date(1)] });
  return monitor;
}
