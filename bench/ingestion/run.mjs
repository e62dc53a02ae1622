// SPDX-License-Identifier: Apache-2.0
// Rows a second that one monitor takes: 30 numbers and 5 categories, windows of several kinds, judged as they end. On this
// very thread, which does nothing else: what a worker does. Needs `npm run build`.
// Options: --rows N (in all, default 2,000,000), --chunk N (rows handed over at once, default 8,192).
import { FrameBuilder } from '../../dist/baseline/frame-builder.js';
import { chooseKernels } from '../../dist/kernels/choose.js';
import { LocalHost } from '../../dist/monitor/local-host.js';
import { encodeBaseline } from '../../dist/profile/baseline-file.js';
import { Profiler } from '../../dist/profile/profile.js';

const NUMBERS = 30;
const CATEGORIES = 5;
const NAMES = Array.from({ length: 40 }, (_, i) => `name ${i}`);
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const ROWS = option('rows', 2_000_000);
const CHUNK = option('chunk', 8_192);

let state = 1;
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 4_294_967_296;
};

function batchOf(rows) {
  const columns = new Map();
  for (let i = 0; i < NUMBERS; i++) {
    const values = Float32Array.from({ length: rows }, () => random() + random() + random() - 1.5);
    columns.set(`number ${i}`, { type: 'number', values, status: null });
  }
  for (let i = 0; i < CATEGORIES; i++) {
    const codes = Int32Array.from({ length: rows }, () => Math.floor(random() ** 2 * NAMES.length));
    columns.set(`category ${i}`, { type: 'string', codes, dictionary: NAMES });
  }
  return { rows, columns };
}

const { kernels } = await chooseKernels();
const reference = batchOf(100_000);
const builder = new FrameBuilder(
  [...reference.columns].map(([name, { type }]) => ({ name, type })),
  {},
  kernels,
);
builder.add(reference);
const frame = builder.finish();
const profiler = new Profiler(frame, kernels);
profiler.add(reference);
const baseline = encodeBaseline({
  name: 'made up',
  createdBy: 'bench',
  frame,
  profile: profiler.profile,
  windows: [],
});
const batches = Array.from({ length: 8 }, () => batchOf(CHUNK));

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
  let judged = 0;
  const config = {
    name: 'bench',
    baseline,
    reference: 'baseline',
    windows,
    settings: {},
    alerts: {},
    store: 'memory',
    storeBytes: 8 * 2 ** 20,
    labels: { expireMs: 86_400_000, most: 100_000 },
    place: 'node',
    notes: [],
    device: '',
    exports: false,
  };
  await host.open(config, (news) => {
    judged += news.verdicts.length;
  });
  let time = Date.now() - 86_400_000;
  const run = async (rows) => {
    for (let sent = 0; sent < rows; sent += CHUNK) {
      const batch = batches[(sent / CHUNK) % batches.length];
      const times = Float64Array.from({ length: CHUNK }, () => (time += 0.06));
      await host.chunk({ batch, times, ids: null, version: '', slices: null, skipped: 0, refused: 0 });
    }
  };
  await run(ROWS / 10);
  judged = 0;
  const start = performance.now();
  const used = process.cpuUsage();
  await run(ROWS);
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(used);
  await host.close();
  const memory = process.memoryUsage();
  console.log(
    `${name}: ${Math.round(ROWS / (wall / 1_000)).toLocaleString('en')} rows/s, ` +
      `${((user + system) / ROWS).toFixed(3)} µs of processor time a row, ${judged} windows judged, ` +
      `${Math.round((memory.heapUsed + memory.arrayBuffers) / 2 ** 20)} MiB held`,
  );
}
