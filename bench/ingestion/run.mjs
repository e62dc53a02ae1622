// SPDX-License-Identifier: Apache-2.0
// Rows a second that one monitor takes: 30 numbers and 5 categories, windows of several kinds, judged as they end. On this
// very thread, which does nothing else: what a worker does. Needs `npm run build`.
// Options: --rows N (in all, default 10,000,000), --chunk N (rows handed over at once, default 8,192).
import { chooseKernels } from '../../dist/kernels/choose.js';
import { MonitorCore } from '../../dist/monitor/core/monitor-core.js';
import { LocalHost } from '../../dist/monitor/local-host.js';
import { option } from '../option.mjs';
import { baselineOf, configOf, rowsOf } from './made-up.mjs';

const ROWS = option('rows', 10_000_000);
const CHUNK = option('chunk', 8_192);

const { kernels } = await chooseKernels();
const baseline = baselineOf(rowsOf(100_000, 1), kernels);
const batches = Array.from({ length: 8 }, (_, i) => rowsOf(CHUNK, 2 + i));

/** ms that went to judging, which may take 15 % of the time while rows keep coming. */
let judging = 0;
let judged = 0;
const { judgeNext } = MonitorCore.prototype;
MonitorCore.prototype.judgeNext = async function () {
  const start = performance.now();
  const found = await judgeNext.call(this);
  judging += performance.now() - start;
  if (found) judged++;
  return found;
};

const KINDS = {
  '1,000 rows': [{ rows: 1_000 }],
  '10,000 rows': [{ rows: 10_000 }],
  '10,000 rows every 2,000': [{ rows: 10_000, step: 2_000 }],
  'four kinds': [
    { rows: 1_000 },
    { rows: 10_000, step: 2_000 },
    { every: '1m', step: '10s' },
    { every: '1h' },
  ],
};

for (const [name, windows] of Object.entries(KINDS)) {
  const host = new LocalHost();
  await host.open(configOf(baseline, windows), () => {});
  let time = Date.now() - 86_400_000;
  const run = async (rows) => {
    for (let sent = 0; sent < rows; sent += CHUNK) {
      const batch = batches[(sent / CHUNK) % batches.length];
      const times = new Float64Array(CHUNK);
      for (let i = 0; i < CHUNK; i++) times[i] = time += 0.06;
      await host.chunk({ batch, times, ids: null, version: '', slices: null, skipped: 0, refused: 0 });
    }
  };
  await run(ROWS / 10);
  judged = 0;
  judging = 0;
  const start = performance.now();
  const used = process.cpuUsage();
  await run(ROWS);
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(used);
  // Before `close`, which judges whatever waits.
  const told = `${judged} windows judged in ${((100 * judging) / wall).toFixed(1)} % of the time`;
  await host.close();
  const memory = process.memoryUsage();
  console.log(
    `${name}: ${Math.round(ROWS / (wall / 1_000)).toLocaleString('en')} rows/s, ` +
      `${((user + system) / ROWS).toFixed(3)} µs of processor time a row, ${told}, ` +
      `${Math.round((memory.heapUsed + memory.arrayBuffers) / 2 ** 20)} MiB held`,
  );
}
