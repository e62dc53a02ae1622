// SPDX-License-Identifier: Apache-2.0
// Main-thread time a frame while a table of 1,000 columns scrolls by 240 px a frame (60 frames a second leave 16.7 ms).
//   node test/look/scroll.mjs
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { build, preview } from 'vite';

const FRAMES = 300;
const here = fileURLToPath(new URL('.', import.meta.url));
const out = fileURLToPath(new URL('../../build/scroll', import.meta.url));
await build({
  root: here,
  configFile: false,
  logLevel: 'error',
  build: {
    outDir: out,
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: { input: `${here}elements.html` },
  },
});
const server = await preview({
  root: here,
  configFile: false,
  logLevel: 'error',
  build: { outDir: out },
  preview: { port: 0 },
});
const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const cdp = await page.context().newCDPSession(page);
  await page.goto(`${server.resolvedUrls.local[0]}elements.html#wide`);
  await page.waitForSelector('drift-features');
  await page.waitForTimeout(500);
  await cdp.send('Performance.enable');
  const metrics = async () =>
    Object.fromEntries(
      (await cdp.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]),
    );
  const before = await metrics();
  const gaps = await page.evaluate(async (frames) => {
    const seen = [];
    let last = performance.now();
    for (let i = 1; i <= frames; i++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.now();
      seen.push(now - last);
      last = now;
      scrollTo(0, i * 240);
    }
    return seen.sort((a, b) => a - b);
  }, FRAMES);
  const after = await metrics();
  const each = (name) => (((after[name] - before[name]) * 1000) / FRAMES).toFixed(2);
  console.log(
    `CPU of the main thread a frame: ${each('ThreadTime')} ms (style ${each('RecalcStyleDuration')}, layout ${each('LayoutDuration')})`,
  );
  console.log(
    `frame to frame: median ${gaps[FRAMES >> 1].toFixed(1)} ms, 95 % under ${gaps[Math.floor(FRAMES * 0.95)].toFixed(1)} ms`,
  );
} finally {
  await browser.close();
  await server.close();
}
process.exit(0);
