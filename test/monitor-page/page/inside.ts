// SPDX-License-Identifier: Apache-2.0
/** A model that runs in a worker of the app's, with its monitor beside it: in a worker of its own, or on the same thread. */
import { createMonitor } from '../../../src/index.js';
import { baselineFileOf, rowsOf } from '../../../src/monitor/core/testing/rows.js';
import { inProcess } from '../../../src/monitor/in-process.js';

/** What is sent to whoever started it. */
export interface Inside {
  readonly state: string;
  readonly reason: string;
  readonly place: string;
  readonly measured: number;
  readonly verdicts: readonly string[];
  readonly errors: readonly string[];
}

async function watch(isInProcess: boolean): Promise<Inside> {
  const errors: string[] = [];
  const verdicts: string[] = [];
  const monitor = createMonitor({
    name: `inside ${isInProcess}`,
    baseline: baselineFileOf(rowsOf({ rows: 5_000, seed: 1 })),
    windows: [{ rows: 500 }],
    store: 'memory',
    onError: (error) => errors.push(`${error.name}: ${error.message}`),
    ...(isInProcess ? { host: inProcess } : {}),
  });
  monitor.onVerdict(({ rating }) => verdicts.push(rating));
  await monitor.ready;
  const speed = [...rowsOf({ rows: 600, seed: 3, shift: 1.5 }).columns].map(([name, column]) => [
    name,
    column.type === 'string' ? Array.from(column.codes, (code) => column.dictionary[code]) : column.values,
  ]);
  monitor.observe({ columns: Object.fromEntries(speed) });
  await monitor.flush();
  const { state, reason, engine, rows } = await monitor.snapshot();
  await monitor.dispose();
  return { state, reason, place: engine.place, measured: rows.measured, verdicts, errors };
}

function hear(event: Event): void {
  const { isInProcess, port } = (event as MessageEvent<{ isInProcess: boolean; port: MessagePort }>).data;
  watch(isInProcess).then(
    (inside) => port.postMessage(inside),
    (error: unknown) => port.postMessage({ errors: [String(error)] }),
  );
}

addEventListener('message', hear);
// In a shared worker each page that comes brings its port.
addEventListener('connect', (event) => {
  const [port] = (event as MessageEvent).ports;
  port?.addEventListener('message', hear);
  port?.start();
});
