// SPDX-License-Identifier: Apache-2.0
// What a monitor costs the app it lives in, in real Chromium on a cross-origin isolated page, each beside the same without it:
// the main thread's share of observe(), rows a second through the page and the worker, memory over a simulated day, long
// tasks and late frames at 60 predictions a second, and what is loaded.
// Options: --only observe,ingestion,memory,tasks,size,tfjs (default all; tfjs is tfjs.mjs, with its options), --minutes N (of predictions each way, default 0.5; the
// table of the docs has 10), --rows N (of a simulated day, default 10,000,000), --days N (default 1), --batches N (of observe, default 1,500).
import { budgets, measure } from '../../scripts/setup/sizes.mjs';
import { option } from '../option.mjs';
import { heapsOf } from './compiled-code.mjs';
import { number, verdict } from './figures.mjs';
import { openPage, ownPage, withIsolatedPages } from './isolated-page.mjs';
import { processorTimeOf } from './processor-time.mjs';

const ONLY = option('only', 'observe,ingestion,memory,tasks,size,tfjs').split(',');
const MINUTES = option('minutes', 0.5);
const DAY_ROWS = option('rows', 10_000_000);
const DAYS = option('days', 1);
const BATCHES = option('batches', 1_500);
const CALLS = 16;
const TURN_SECONDS = 5;

const megabytes = (bytes) => `${number(bytes / 2 ** 20, 2)} MB`;

await withIsolatedPages(
  async (browser, address) => {
    const open = (opener = browser) => readyPage(opener, address);
    if (ONLY.includes('observe')) await observe(open);
    if (ONLY.includes('ingestion')) await ingestion(open);
    if (ONLY.includes('memory')) await memory(open);
    if (ONLY.includes('tasks')) await tasks(browser, open);
    if (ONLY.includes('size')) await size();
  },
  {
    pages: ownPage('page/'),
    // Memory is measured when it is asked for, and not at the next garbage collection.
    args: ['--enable-blink-features=ForceEagerMeasureMemory'],
  },
);
if (ONLY.includes('tfjs')) await import('./tfjs.mjs');

async function observe(open) {
  console.log(
    `\nobserve(), 30 features × 128 rows: µs a call, in batches of ${CALLS} calls (${BATCHES} of them)`,
  );
  for (const shape of ['matrix', 'columns', 'arrays', 'rows']) {
    const { all, warm, copy, overwrite, rows, isolated } = await withPage(open, (page) =>
      page.evaluate((given) => globalThis.bench.observe(given), { shape, batches: BATCHES, calls: CALLS }),
    );
    if (!isolated) throw new Error('the page is not cross-origin isolated: its clock is too coarse');
    // Hand-overs included, which the clock leaves out: they run in tasks of their own.
    const batches = Math.min(BATCHES, 400);
    const { main } = await withPage(open, async (page) => {
      await page.evaluate((given) => globalThis.bench.observeStart(given), {
        shape,
        batches: 40,
        calls: CALLS,
      });
      return processorTimeOf(() =>
        page.evaluate((given) => globalThis.bench.observeAlone(given), { shape, batches, calls: CALLS }),
      );
    });
    const isGood = warm.p50 <= 30 && warm.p99 <= 150;
    console.log(
      `${shape.padEnd(8)} p50 ${number(warm.p50)}, p95 ${number(warm.p95)}, p99 ${number(warm.p99)}, most ${number(warm.most)}; first 50 batches p50 ${number(all.p50)}; ${rows.observed} rows, ${rows.skipped} left out: p50 ≤ 30 and p99 ≤ 150 ${verdict(isGood)}`,
    );
    console.log(
      `         beside it one copy of the same numbers: p50 ${number(copy.p50)} (${number(warm.p50 / copy.p50)} × that), p99 ${number(copy.p99)}; into an array that is there: p50 ${number(overwrite.p50)}, p99 ${number(overwrite.p99)}; by processor time of the main thread, hand-overs and pauses included: ${number((1e6 * main) / (batches * CALLS))} µs a call`,
    );
  }
}

async function ingestion(open) {
  console.log('\nsustained ingestion: 30 numbers and 5 categories, observe() to measured, one worker');
  for (const rowsACall of [2_048, 4_096]) {
    const rows = 10_000_000;
    const { result, main, workers } = await withPage(open, async (page) => {
      await page.evaluate((given) => globalThis.bench.ingestStart(given), { rowsACall });
      return processorTimeOf(() =>
        page.evaluate((given) => globalThis.bench.ingest(given), { rows, rowsACall }),
      );
    });
    const { rowsPerSecond, own, seconds, counts, kernels, windows } = result;
    console.log(
      `${rowsACall} rows a call: ${number(rowsPerSecond / 1e6, 2)} million rows a second (${kernels}, ${windows} windows shown), main thread in observe() ${number((100 * own) / seconds)} %; by processor time alone ${number(rows / workers / 1e6, 2)} million a second of the worker, main thread ${number((1e9 * main) / rows, 0)} ns a row; ${counts.measured} measured, ${counts.skipped} left out: ≥ 1 million ${verdict(rowsPerSecond >= 1e6)}`,
    );
  }
}

async function memory(open) {
  const hoursInAll = 24 * DAYS;
  console.log(
    `\nmemory over ${hoursInAll} simulated hours, ${(DAYS * DAY_ROWS).toLocaleString('en')} rows of 35 features`,
  );
  const seen = {};
  for (const withMonitor of [false, true]) {
    seen[withMonitor] = await withPage(open, async (page) => {
      await page.evaluate((given) => globalThis.bench.dayStart(given), { withMonitor });
      const hours = [];
      for (let hour = 0; hour < hoursInAll; hour++) {
        // Without a monitor there is nothing to wait for: one hour shows what the page itself takes.
        if (!withMonitor && hour > 1) break;
        const counts = await page.evaluate((given) => globalThis.bench.hour(given), {
          rows: (withMonitor ? DAY_ROWS : DAY_ROWS / 100) / 24,
          hour,
        });
        // Before memory is measured: looking takes some itself, in the last hour as in the first.
        const isTold = withMonitor && (hour === 0 || hour % 24 === 23);
        const heaps = isTold ? await heapsOf(page) : null;
        hours.push({ ...(await memoryOf(page)), counts, heaps });
      }
      return hours;
    });
  }
  const [, without] = seen.false;
  const hours = seen.true;
  for (const [hour, { page, worker, counts }] of hours.entries())
    if (hour < 2 || (hour < 24 ? hour % 6 === 5 : hour % 24 === 23))
      console.log(
        `after hour ${hour + 1}: page ${megabytes(page)}, worker ${megabytes(worker)}; ${counts.measured} rows measured, ${counts.skipped} left out`,
      );
  const last = hours.at(-1);
  const share = last.page - without.page;
  const growth = (last.page + last.worker) / (hours[0].page + hours[0].worker);
  const [early, late] = [hours[0], last].map(({ heaps: { page, worker } }) => ({
    code: page.code + worker.code,
    rest: page.rest + worker.rest,
  }));
  console.log(
    `page without a monitor ${megabytes(without.page)}: page share ${megabytes(share)} ≤ 5 MB ${verdict(share <= 5 * 2 ** 20)}; worker ${megabytes(last.worker)} ≤ 64 MB ${verdict(last.worker <= 64 * 2 ** 20)}; the last hour is ${number(growth, 2)} × the first: flat (≤ 1.1) ${verdict(growth <= 1.1)}`,
  );
  console.log(
    `page and worker by snapshots of their heaps, first hour to last: compiled code ${megabytes(early.code)} to ${megabytes(late.code)}, all else ${megabytes(early.rest)} to ${megabytes(late.rest)} (${number(late.rest / early.rest, 2)} ×)`,
  );
}

async function tasks(browser, open) {
  console.log(
    `\n60 predictions a second of some 4 ms each, with labels, for ${MINUTES} min each way, in turns of ${TURN_SECONDS} s`,
  );
  const turns = Math.max(1, Math.round((60 * MINUTES) / TURN_SECONDS));
  const seen = { false: [], true: [] };
  // Each in a process of its own; the one whose turn it is not does nothing.
  const apps = {};
  for (const withMonitor of [false, true]) {
    apps[withMonitor] = await open(await browser.newContext());
    await apps[withMonitor].evaluate((given) => globalThis.bench.appStart(given), { withMonitor });
  }
  for (let turn = 0; turn < 2 * turns; turn++) {
    const withMonitor = turn % 2 === 1;
    const { result, main } = await processorTimeOf(() =>
      apps[withMonitor].evaluate((given) => globalThis.bench.appRuns(given), { seconds: TURN_SECONDS }),
    );
    seen[withMonitor].push({ ...result, main });
  }
  const { system, rows, updates } = await apps.true.evaluate(() => globalThis.bench.appEnd());
  await Promise.all(Object.values(apps).map((page) => page.context().close()));
  const each = {};
  for (const withMonitor of [false, true]) {
    const parts = seen[withMonitor];
    const calls = parts.reduce((sum, part) => sum + part.calls, 0);
    const long = parts.flatMap((part) => part.long);
    const frames = parts.flatMap((part) => part.frames).sort((a, b) => a - b);
    each[withMonitor] = (1000 * parts.reduce((sum, { main }) => sum + main, 0)) / calls;
    console.log(
      `${withMonitor ? 'with   ' : 'without'}: ${calls} predictions, ${number(each[withMonitor], 2)} ms of the main thread each, ${long.length} long tasks (longest ${number(Math.max(0, ...long), 0)} ms), frames p99 ${number(frames[Math.floor(0.99 * frames.length)])} ms, ${frames.filter((ms) => ms > 25).length} of ${frames.length} later than 25 ms`,
    );
  }
  console.log(
    `main thread with ÷ without ${number(each.true / each.false, 3)}; our share by our own clock ${number(100 * system.ownShare, 2)} %; ${updates} snapshots shown; long tasks of ours ${system.ownLongTasks}: 0 ${verdict(system.ownLongTasks === 0)}; ${rows.measured} of ${rows.observed} rows measured`,
  );
}

async function size() {
  console.log('\nwhat an app loads, after brotli');
  for (const budget of budgets.filter(({ name }) => /library entry|monitor/.test(name))) {
    const { brotli } = await measure(budget);
    console.log(
      `${budget.name}: ${number(brotli / 1000)} kB ≤ ${number(budget.limit / 1000, 0)} kB ${verdict(brotli <= budget.limit)}`,
    );
  }
}

async function withPage(open, use) {
  const page = await open();
  try {
    return await use(page);
  } finally {
    await page.close();
  }
}

async function readyPage(opener, address) {
  const page = await openPage(opener, address);
  await page.waitForFunction(() => document.body?.dataset.ready !== undefined);
  return page;
}

/** Bytes of scripts, by who holds them: the least of several looks, since what has just been let go is in some of them. */
async function memoryOf(page) {
  const looks = [];
  for (let look = 0; look < 4; look++) {
    looks.push(await page.evaluate(() => globalThis.bench.bytesHeld()));
    await new Promise((done) => setTimeout(done, 250));
  }
  return {
    page: Math.min(...looks.map(({ page: bytes }) => bytes)),
    worker: Math.min(...looks.map(({ worker }) => worker)),
  };
}
