// SPDX-License-Identifier: Apache-2.0
// The live page at full speed under its attack, which asks the model seven times about each flight, with its monitor and
// panel and without, in turns in one run: frames a second, how late the latest are, flights a second, and processor time.
//   node bench/overhead/live.mjs [--turns N, default 12] [--ms N, default 3000]
// Ratios are of medians over turns. In each frame the page works for about 10 ms, however much that is, so the monitor would show
// in frames that come late, and in flights that such a frame has less time for.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { option } from '../option.mjs';
import { median, number } from './figures.mjs';
import { withIsolatedPages } from './isolated-page.mjs';
import { processorTimeOf } from './processor-time.mjs';

const TURNS = option('turns', 12);
const TURN_MS = option('ms', 3000);
const WARM_MS = 6000;
/** A frame after more than one and a half of 60 a second is late. */
const LATE_MS = 25;

const path = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The same page without its monitor: one module of it is another. */
const unwatched = {
  name: 'unwatched',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === './watched.js' && importer?.endsWith('/live-session.ts')
      ? path('live-page/unwatched.ts')
      : undefined,
};

const pages = (outDir) =>
  [
    ['with', []],
    ['without', [unwatched]],
  ].map(([name, plugins]) => ({
    configFile: path('../../vite.config.ts'),
    plugins,
    build: {
      outDir: join(outDir, name),
      emptyOutDir: true,
      rolldownOptions: { input: path('../../web/live.html') },
    },
  }));

await withIsolatedPages(
  async (browser, address) => {
    console.log(`${TURNS} turns of ${number(TURN_MS / 1000)} s each way`);
    const open = async (name) => attacked(browser, `${address}${name}/live.html`);
    const attackedPages = { with: await open('with'), without: await open('without') };
    const turns = { with: [], without: [] };
    for (let i = 0; i < TURNS; i++)
      for (const name of i % 2 === 0 ? ['with', 'without'] : ['without', 'with'])
        turns[name].push(await turn(attackedPages[name], TURN_MS));
    print(turns);
  },
  { pages },
);

/** The page when flights have flowed under the attack for a while; paused. */
async function attacked(browser, address) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('pageerror', (error) => console.log(`page: ${error.message}`));
  await page.goto(address);
  await page.waitForFunction(() => document.querySelector('drift-live')?.session?.rows > 0, null, {
    timeout: 60_000,
  });
  await page.getByRole('combobox', { name: 'Speed' }).selectOption({ label: 'full speed' });
  await page.getByRole('button', { name: /^Attack/ }).click();
  await page.waitForTimeout(WARM_MS);
  await page.evaluate(() => document.querySelector('drift-live').session.pause());
  return page;
}

/** So many ms of it: frames, how far apart, flights, and seconds of processor time of the main thread and of workers. */
async function turn(page, ms) {
  await page.bringToFront();
  const { result, main, workers } = await processorTimeOf(() =>
    page.evaluate(async (lasts) => {
      const { session } = document.querySelector('drift-live');
      const gaps = [];
      const rows = session.rows;
      const from = performance.now();
      session.play();
      let last = from;
      while (last - from < lasts) {
        const now = await new Promise((done) => requestAnimationFrame(() => done(performance.now())));
        gaps.push(now - last);
        last = now;
      }
      session.pause();
      return { gaps, seconds: (last - from) / 1000, flights: session.rows - rows, state: session.state };
    }, ms),
  );
  if (result.state !== 'paused')
    throw new Error(`the stream is ${result.state}: take fewer or shorter turns`);
  return { ...result, main, workers };
}

function print(turns) {
  for (const [what, of, digits] of [
    ['frames a second', ({ gaps, seconds }) => gaps.length / seconds, 1],
    ['flights a second', ({ flights, seconds }) => flights / seconds, 0],
    ["the main thread's share of a core", ({ main, seconds }) => main / seconds, 2],
    ["workers' share of a core", ({ workers, seconds }) => workers / seconds, 2],
  ]) {
    const [own, plain] = ['with', 'without'].map((name) => median(turns[name].map(of)));
    const ratio = plain > 0.005 ? `, ${number(own / plain, 3)} of without` : '';
    console.log(`  ${what}: ${number(own, digits)} with, ${number(plain, digits)} without${ratio}`);
  }
  for (const name of ['with', 'without']) {
    const gaps = turns[name].flatMap((one) => one.gaps).sort((a, b) => a - b);
    const late = gaps.filter((gap) => gap > LATE_MS).length;
    const at = (share) => number(gaps[Math.floor(share * (gaps.length - 1))]);
    console.log(
      `  ${name}: ${late} of ${gaps.length} frames after more than ${LATE_MS} ms (${number((100 * late) / gaps.length)} %); p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)} ms`,
    );
  }
}
