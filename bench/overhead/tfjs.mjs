// SPDX-License-Identifier: Apache-2.0
// TensorFlow.js with and without a monitor, in turns in one run, on wasm and webgl (SwiftShader): predictions a second by the
// clock, the main thread's processor time for each (which other work on the machine does not change), and the share of
// the time that reading and observing took. What the worker takes is no time of the main thread, but on two cores the model misses it.
//   node bench/overhead/tfjs.mjs [--turns N] [--ms N] [--backends wasm,webgl]
// Ratios are without ÷ with of medians over turns; an interval holds the middle 95 % of those of turns drawn again.
import { fileURLToPath } from 'node:url';
import { installTestPackages } from '../../scripts/setup/test-packages.mjs';
import { option } from '../option.mjs';
import { number as digits, median, verdict } from './figures.mjs';
import { openPage, ownPage, withIsolatedPages } from './isolated-page.mjs';
import { processorTimeOf } from './processor-time.mjs';

const TURNS = option('turns', 40);
const TURN_MS = option('ms', 250);
const WARM_MS = 4000;
const BACKENDS = option('backends', 'wasm,webgl').split(',');

const JOBS = [
  { name: '30 features, 1 row', units: [30, 64, 32, 2], rows: 1, embedding: false },
  { name: '30 features, 128 rows, 32 of embedding', units: [30, 64, 32, 2], rows: 128, embedding: true },
  { name: '784 values, 128 rows, 512 of embedding', units: [784, 512, 512, 10], rows: 128, embedding: true },
];

const LIBRARY = fileURLToPath(new URL('../../test/adapters/node_modules/@tensorflow/', import.meta.url));
const SCRIPTS = ['tfjs/dist/tf.min.js', 'tfjs-backend-wasm/dist/tf-backend-wasm.min.js'];

const number = (value, decimals = 3) => digits(value, decimals);

await installTestPackages();
await withIsolatedPages(
  async (browser, address) => {
    for (const backend of BACKENDS)
      for (const job of JOBS) await measure(await openPage(browser, address), backend, job);
  },
  {
    pages: ownPage('tfjs-page/'),
    library: LIBRARY,
    args: ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  },
);

async function measure(page, backend, { name, ...job }) {
  for (const script of SCRIPTS) await page.addScriptTag({ url: `/library/${script}` });
  await page.evaluate(() => globalThis.tf.wasm.setWasmPaths('/library/tfjs-backend-wasm/dist/'));
  const used = await page.evaluate((given) => globalThis.bench.start(given), { ...job, backend });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * metrics.find((metric) => metric.name === 'TaskDuration').value;
  };
  const take = async (isWatched, n) => {
    const from = await busy();
    const given = await page.evaluate(([a, b]) => globalThis.bench.take(a, b), [isWatched, n]);
    return { ...given, n, busy: (await busy()) - from };
  };
  // Until the code of both is compiled; the last says how many predictions fill a turn.
  const until = Date.now() + WARM_MS;
  do for (const isWatched of [true, false]) await take(isWatched, 20);
  while (Date.now() < until);
  const { ms } = await take(false, 20);
  const n = Math.max(4, Math.round((20 * TURN_MS) / ms));
  // What is measured is how it goes on; what the start may take is bounded in milliseconds (docs/adapters.md).
  await page.evaluate(() => globalThis.bench.settle());
  const before = await take(true, n);
  const turns = { true: [], false: [] };
  const started = Date.now();
  const { workers } = await processorTimeOf(async () => {
    for (let i = 0; i < TURNS; i++)
      for (const isWatched of i % 2 === 0 ? [false, true] : [true, false])
        turns[isWatched].push(await take(isWatched, n));
  });
  const seconds = (Date.now() - started) / 1000;
  const after = await take(false, 1);
  const counts = await page.evaluate(() => globalThis.bench.end());
  await page.close();
  const each = (isWatched, key) => turns[isWatched].map((turn) => turn[key] / n);
  const sum = (key) => turns.true.reduce((total, turn) => total + turn[key], 0);
  const rate = (isWatched) => number(1000 / median(each(isWatched, 'ms')), 0);
  console.log(
    `\n${used}, ${name}: ${rate(true)} predictions a second with, ${rate(false)} without; turns of ${n}, ${TURNS} each way`,
  );
  for (const [what, key] of [
    ['throughput by the clock', 'ms'],
    ["throughput by the main thread's processor time", 'busy'],
  ]) {
    const ratio = median(each(false, key)) / median(each(true, key));
    const [low, high] = interval(each(false, key), each(true, key));
    const paired = each(false, key).map((ms, i) => ms / each(true, key)[i]);
    console.log(
      `  ${what}: ${number(ratio)} of without (${number(low)} to ${number(high)}): ≥ .98 ${verdict(ratio >= 0.98)}; pairs of turns: median ${number(median(paired))}, middle half ${number(quantile(paired, 0.25))} to ${number(quantile(paired, 0.75))}`,
    );
  }
  const share = sum('spent') / sum('ms');
  console.log(
    `  reading and observing: ${number(100 * share, 2)} % of the time: ≤ 1 % ${verdict(share <= 0.01)}; ${counts.measured} rows measured, ${counts.skipped} left out; ${after.tensors - before.tensors} tensors left; the worker took ${number((100 * workers) / seconds, 1)} % of a core`,
  );
}

function quantile(values, share) {
  return values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))];
}

/** 95 % of the ratio of medians, by drawing turns again. */
function interval(without, having) {
  let state = 1;
  const draw = (values) =>
    values.map(() => {
      state = (state * 48_271) % 2_147_483_647;
      return values[state % values.length];
    });
  const ratios = Array.from({ length: 2000 }, () => median(draw(without)) / median(draw(having)));
  ratios.sort((a, b) => a - b);
  return [ratios[50], ratios[1949]];
}
