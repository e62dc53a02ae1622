// SPDX-License-Identifier: Apache-2.0
// A real monitor in Node over rows of a table: a baseline file, then chunks through `observe`, each judged before the next.
import { FrameBuilder, kernels, load, WindowedProfiler } from './engine.mjs';

const { encodeBaseline } = await load('profile/baseline-file.js');
const { createMonitor } = await load('index.js');
const { inProcess } = await load('monitor/in-process.js');

const START = Date.UTC(2026, 0, 5);
/** Of 1,000 rows. */
const MINUTE = 60_000;
let names = 0;

/** A baseline file of these rows, as the command line makes it. */
export function baselineOf({ schema, roles = {}, time = null }, batch) {
  const columns = Object.fromEntries(Object.entries(roles).map(([name, role]) => [name, { role }]));
  const builder = new FrameBuilder(schema, { time, columns }, kernels);
  builder.add(batch);
  const frame = builder.finish();
  const profiler = new WindowedProfiler(frame, kernels);
  profiler.add(batch);
  const windows = [...profiler.windows].map(([start, profile]) => ({ start, profile }));
  return encodeBaseline({ name: 'reference', createdBy: 'study', frame, profile: profiler.total(), windows });
}

/** Rows as an app hands them over. */
export function observed({ columns }) {
  return {
    columns: Object.fromEntries([...columns].map(([name, column]) => [name, plain(column)])),
  };
}

function plain(column) {
  if (column.type === 'string')
    return Array.from(column.codes, (code) => (code < 0 ? null : column.dictionary[code]));
  const { values, status } = column;
  const value = column.type === 'boolean' ? (one) => one === 1 : (one) => one;
  return Array.from(values, (one, row) => (status?.[row] ? null : value(one)));
}

/** `next(i)`: the i-th chunk as a batch, or undefined at the end; `before` and `each` are called around it. What was told comes back in order, alerts with the number of rows by then. */
export async function watch({ baseline, windows, next, times: timesOf, ids, before, each, ...options }) {
  const monitor = createMonitor({
    baseline,
    windows,
    host: inProcess,
    store: 'memory',
    system: false,
    name: `study ${++names}`,
    ...options,
  });
  const verdicts = [];
  const alerts = [];
  const errors = [];
  monitor.onVerdict((verdict) => verdicts.push(verdict));
  monitor.onAlert((alert) => alerts.push({ ...alert, row: ((alert.at - START) * 1_000) / MINUTE }));
  monitor.onError((error) => errors.push(error.message));
  await monitor.ready;
  let rows = 0;
  for (let i = 0; ; i++) {
    const batch = next(i);
    if (batch === undefined) break;
    const times =
      timesOf?.(batch) ??
      Float64Array.from({ length: batch.rows }, (_, row) => START + ((rows + row) * MINUTE) / 1_000);
    before?.(monitor, i, times[0]);
    monitor.observe(observed(batch), { times, ...(ids && { ids: ids(i, batch, rows) }) });
    rows += batch.rows;
    await each?.(monitor, i, batch, rows);
    await monitor.flush();
  }
  const snapshot = await monitor.snapshot();
  const report = await monitor.report();
  await monitor.dispose();
  return { verdicts, alerts, errors, snapshot, report };
}
