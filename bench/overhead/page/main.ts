// SPDX-License-Identifier: Apache-2.0
/** The measurements that run in the page; run.mjs calls them by name. */
import { createMonitor, type Monitor, type MonitorOptions, type Observed } from '../../../src/index.js';
import { baselineOf, CATEGORIES, columnsOf, matrixOf, NUMBERS, objectsOf, randomOf } from './rows.js';

const ROWS = 128;
const WINDOW_ROWS = 10_000;
const HOUR_MS = 3_600_000;

function monitorOf(options: MonitorOptions, withCategories: boolean): Monitor {
  return createMonitor({
    baseline: baselineOf(20_000, withCategories),
    windows: [{ rows: 10_000 }],
    store: 'memory',
    onError: (error) => console.error(String(error)),
    ...options,
  });
}

const fed: { monitor?: Monitor; tables: Observed[] } = { tables: [] };

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** µs a call, by share of batches of `calls` calls, sorted. */
function shares(micros: number[]): { p50: number; p95: number; p99: number; most: number } {
  micros.sort((a, b) => a - b);
  const at = (share: number): number =>
    micros[Math.min(micros.length - 1, Math.floor(share * micros.length))];
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), most: micros[micros.length - 1] };
}

/** The same rows in the shapes that apps have; several of each, so that no one is in the cache for good. */
function observedOf(shape: string): Observed[] {
  return Array.from({ length: 16 }, (_, i): Observed => {
    const seed = 100 + i;
    if (shape === 'matrix') return { matrix: matrixOf(ROWS, seed), names: NUMBERS };
    if (shape === 'columns') return { columns: columnsOf(ROWS, seed, false) };
    if (shape === 'arrays')
      return {
        columns: Object.fromEntries(
          Object.entries(columnsOf(ROWS, seed, false)).map(([name, values]) => [name, [...values]]),
        ) as Record<string, number[]>,
      };
    return objectsOf(ROWS, seed);
  });
}

/**
 * Main-thread cost of observe(): batches of `calls` calls between two readings of the clock, a pause after each in which
 * hand-overs happen, as they would in an app. Beside it the cost of no more than copying the same numbers once: into a new array,
 * and into one that is there, which asks nothing of the allocator or the garbage collector: its p99 is the machine's.
 */
async function observe({
  shape,
  batches,
  calls,
}: {
  shape: string;
  batches: number;
  calls: number;
}): Promise<object> {
  const monitor = monitorOf({}, false);
  await monitor.ready;
  const observed = observedOf(shape);
  const floor = observed.map((_, i) => matrixOf(ROWS, 100 + i));
  let kept: Float32Array | null = null;
  const time = (call: (i: number) => void): number => {
    const start = performance.now();
    for (let i = 0; i < calls; i++) call(i);
    return ((performance.now() - start) * 1000) / calls;
  };
  const with_: number[] = [];
  const copies: number[] = [];
  const there = new Float32Array(floor[0].length);
  const overwritten: number[] = [];
  for (let batch = 0; batch < batches; batch++) {
    with_.push(time((i) => monitor.observe(observed[(batch + i) % observed.length])));
    copies.push(
      time((i) => {
        kept = floor[(batch + i) % floor.length].slice();
      }),
    );
    overwritten.push(time((i) => there.set(floor[(batch + i) % floor.length])));
    await pause(4);
  }
  const { rows, engine } = await monitor.snapshot();
  await monitor.dispose();
  return {
    isolated: crossOriginIsolated,
    // The first batches compile.
    all: shares(with_.slice(0, 50)),
    warm: shares(with_.slice(50)),
    copy: shares(copies.slice(50)),
    overwrite: shares(overwritten.slice(50)),
    rows,
    engine: engine.kernels,
    kept: kept === null,
  };
}

/** Nothing but calls, as many in one go as above and with the same pauses: for processor time. */
async function observeAlone({
  shape,
  batches,
  calls,
}: {
  shape: string;
  batches: number;
  calls: number;
}): Promise<void> {
  const observed = observedOf(shape);
  const { monitor } = fed;
  for (let batch = 0; batch < batches; batch++) {
    for (let i = 0; i < calls; i++) monitor?.observe(observed[(batch + i) % observed.length]);
    await pause(4);
  }
}

async function observeStart(options: { shape: string; batches: number; calls: number }): Promise<void> {
  fed.monitor = monitorOf({}, false);
  await fed.monitor.ready;
  await observeAlone(options);
}

async function feed(
  monitor: Monitor,
  tables: readonly Observed[],
  rowsACall: number,
  rows: number,
): Promise<number> {
  let own = 0;
  for (let call = 0; call * rowsACall < rows; call++) {
    const before = performance.now();
    monitor.observe(tables[call % tables.length]);
    own += performance.now() - before;
    if (call % 2 === 0) continue;
    await pause(0);
    // An app that is told to slow down: what waits is looked at every so often.
    while ((await waiting(monitor)) > 12_000) await pause(1);
  }
  await monitor.flush();
  return own / 1000;
}

async function ingestStart({ rowsACall }: { rowsACall: number }): Promise<void> {
  fed.monitor = monitorOf({}, true);
  fed.tables = Array.from({ length: 8 }, (_, i) => ({ columns: columnsOf(rowsACall, 200 + i, true) }));
  await fed.monitor.ready;
  await feed(fed.monitor, fed.tables, rowsACall, 1_000_000);
}

/** Rows a second through the page, the border and the worker, until all are measured. */
async function ingest({ rows, rowsACall }: { rows: number; rowsACall: number }): Promise<object> {
  const { monitor, tables } = fed;
  if (monitor === undefined) throw new Error('start first');
  const start = performance.now();
  const own = await feed(monitor, tables, rowsACall, rows);
  const seconds = (performance.now() - start) / 1000;
  const { rows: counts, engine, series } = await monitor.snapshot();
  return {
    seconds,
    own,
    rowsPerSecond: rows / seconds,
    counts,
    kernels: engine.kernels,
    windows: series[0].windows.length,
  };
}

async function waiting(monitor: Monitor): Promise<number> {
  return (await monitor.snapshot()).rows.waiting;
}

const kept: { monitor?: Monitor; seen: number } = { seen: 0 };

/** Hours of event time, one after the other; run.mjs looks at memory after each. */
async function dayStart({ withMonitor }: { withMonitor: boolean }): Promise<void> {
  kept.seen = 0;
  if (!withMonitor) return;
  // What comes is in order: an hour's window is judged when the hour is over, and not a minute later.
  const windows = [{ rows: WINDOW_ROWS }, { every: '1h', lateness: '0s' }] as const;
  kept.monitor = monitorOf({ windows, store: 'indexedDB' }, true);
  await kept.monitor.ready;
}

async function hour({ rows, hour }: { rows: number; hour: number }): Promise<object> {
  const { monitor } = kept;
  const rowsACall = 2_000;
  const tables = Array.from({ length: 4 }, (_, i) => columnsOf(rowsACall, 300 + i, true));
  const calls = Math.round(rows / rowsACall);
  const begin = Date.UTC(2026, 0, 5) + hour * HOUR_MS;
  for (let call = 0; call < calls; call++) {
    // The last ones come as the hour ends, and end its window.
    const times = begin + ((call + 1) * HOUR_MS) / calls;
    monitor?.observe({ columns: tables[call % tables.length] }, { times });
    await pause(0);
    while (monitor !== undefined && (await waiting(monitor)) > 8_000) await pause(1);
    // Rows of a window have come: in a day it is judged long before the next, and not with its neighbours.
    if (((call + 1) * rowsACall) % WINDOW_ROWS === 0) await monitor?.flush();
  }
  await monitor?.flush();
  return monitor === undefined ? {} : (await monitor.snapshot()).rows;
}

/** Bytes of scripts, by who holds them. Summed here: what crosses to run.mjs is packed by a script of the browser's driver. */
async function bytesHeld(): Promise<object> {
  type Part = { bytes: number; attribution: { scope: string }[] };
  type Measuring = { measureUserAgentSpecificMemory(): Promise<{ breakdown: Part[] }> };
  const { breakdown } = await (performance as unknown as Measuring).measureUserAgentSpecificMemory();
  const of = (wanted: string): number =>
    breakdown
      .filter(({ attribution }) => attribution.some(({ scope }) => scope === wanted))
      .reduce((sum, { bytes }) => sum + bytes, 0);
  return { page: of('Window'), worker: of('DedicatedWorkerGlobalScope') };
}

/** A model that always does the same work: some 4 ms. Its state is its own, so that nothing else changes how it is compiled. */
function predict(seed: number): number {
  let state = seed;
  let sum = 0;
  for (let i = 0; i < 1_500_000; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    sum += state & 1023;
  }
  return sum;
}

const app: { monitor?: Monitor; calls: number; updates: number } = { calls: 0, updates: 0 };

async function appStart({ withMonitor }: { withMonitor: boolean }): Promise<void> {
  // Both ways the page has done the same before it begins.
  baselineOf(20_000, true);
  if (!withMonitor) return;
  app.monitor = monitorOf({ windows: [{ rows: 1_000 }, { rows: 1 }] }, true);
  await app.monitor.ready;
  app.monitor.onUpdate(() => app.updates++);
}

/** An app with a frame loop and 60 predictions a second, for a while; long tasks and late frames of it. */
async function appRuns({ seconds }: { seconds: number }): Promise<object> {
  const { monitor } = app;
  const before = app.calls;
  const long: number[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) long.push(entry.duration);
  });
  observer.observe({ type: 'longtask' });
  const random = randomOf(9);
  const frames: number[] = [];
  let isOver = false;
  let last = performance.now();
  const frame = (now: number): void => {
    frames.push(now - last);
    last = now;
    if (!isOver) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const start = performance.now();
    const row: Record<string, number | string> = { score: predict(app.calls) };
    for (const name of NUMBERS) row[name] = random() + random() + random() - 1.5;
    for (const name of CATEGORIES) row[name] = random() < 0.5 ? 'red' : 'green';
    const id = ++app.calls;
    monitor?.observe(row, { ids: id });
    monitor?.call({ ms: performance.now() - start, rows: 1 });
    if (id > 300) monitor?.label(id - 300, random() < 0.5 ? 1 : 0);
    await pause(Math.max(0, 1000 / 60 - (performance.now() - start)));
  }
  isOver = true;
  for (const entry of observer.takeRecords()) long.push(entry.duration);
  observer.disconnect();
  return { calls: app.calls - before, long, frames };
}

async function appEnd(): Promise<object> {
  await app.monitor?.flush();
  const snapshot = await app.monitor?.snapshot();
  return { system: snapshot?.system.total, rows: snapshot?.rows, updates: app.updates };
}

Object.assign(globalThis, {
  bench: {
    observe,
    observeStart,
    observeAlone,
    ingestStart,
    ingest,
    dayStart,
    hour,
    bytesHeld,
    appStart,
    appRuns,
    appEnd,
  },
});
document.body.dataset['ready'] = '';
