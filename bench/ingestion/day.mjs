// SPDX-License-Identifier: Apache-2.0
// Memory of one monitor over 24 simulated hours: 10 million rows of 30 numbers and 5 categories (one of them with a name never
// seen before in every row), predictions with ids, a label for half of them an hour later, metrics, four kinds of windows.
// Needs `npm run build`; run as `node --expose-gc bench/ingestion/day.mjs [--rows N]`.
import { chooseKernels } from '../../dist/kernels/choose.js';
import { LocalHost } from '../../dist/monitor/local-host.js';
import { option } from '../option.mjs';
import { baselineOf, configOf, rowsOf } from './made-up.mjs';

const ROWS = option('rows', 10_000_000);
const HOURS = 24;
const CHUNK = 4_096;

const { kernels } = await chooseKernels();
const baseline = baselineOf(rowsOf(50_000, 1), kernels);
const batches = Array.from({ length: 8 }, (_, i) => rowsOf(CHUNK, 2 + i));
const windows = [
  { rows: 20_000 },
  { rows: 50_000, step: 25_000 },
  { every: '1h', step: '15m' },
  { every: '1d' },
];
const start = Date.UTC(2026, 2, 2);
let now = start;
const host = new LocalHost({ now: () => now, kernels });
let judged = 0;
await host.open({ ...configOf(baseline, windows), exports: true }, (news) => {
  judged += news.verdicts.length;
});

const perHour = Math.ceil(ROWS / HOURS / CHUNK);
const msARow = 3_600_000 / (perHour * CHUNK);
let row = 0;
for (let hour = 1; hour <= HOURS; hour++) {
  for (let i = 0; i < perHour; i++) {
    const batch = batches[i % batches.length];
    const columns = new Map(batch.columns);
    const codes = Int32Array.from({ length: CHUNK }, (_, k) => k);
    columns.set('category 4', {
      type: 'string',
      codes,
      dictionary: Array.from(codes, (k) => `visitor ${row + k}`),
    });
    const times = new Float64Array(CHUNK);
    for (let k = 0; k < CHUNK; k++) times[k] = start + (row + k) * msARow;
    const ids = Array.from(times, (_, k) => row + k);
    row += CHUNK;
    now = times[CHUNK - 1];
    await host.chunk({
      batch: { rows: CHUNK, columns },
      times,
      ids,
      version: '',
      slices: null,
      skipped: 0,
      refused: 0,
    });
    const late = ids
      .filter((id) => id % 2 === 0)
      .map((id) => id - perHour * CHUNK)
      .filter((id) => id >= 0);
    await host.labels({ ids: late, values: late.map(() => 1) });
    await host.metrics({ names: ['orders'], values: [i], times: [now] });
  }
  await host.flush();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const { store, labels } = await host.snapshot();
  console.log(
    `hour ${hour}: ${row.toLocaleString('en')} rows, ${judged} windows judged, ` +
      `heap ${(heapUsed / 2 ** 20).toFixed(1)} MiB, buffers ${(arrayBuffers / 2 ** 20).toFixed(1)} MiB, ` +
      `store ${(store.bytes / 2 ** 20).toFixed(1)} MiB, labels waiting ${labels.waiting}`,
  );
}
await host.close();
