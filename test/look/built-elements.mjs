// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { build, preview } from 'vite';

/**
 * Opens a scene of elements.html as it is built for production, in headless Chromium, 1440 × 900.
 * `work` gets the page and a function that gives Chromium's own counters (`ThreadTime` and others, in seconds).
 */
export async function withBuiltElements({ scene, waitFor, ratio = 1 }, work) {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const outDir = fileURLToPath(new URL('../../build/frames', import.meta.url));
  const setting = { root: here, configFile: false, logLevel: 'error' };
  await build({
    ...setting,
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      rolldownOptions: { input: `${here}elements.html` },
    },
  });
  const server = await preview({ ...setting, build: { outDir }, preview: { port: 0 } });
  const browser = await chromium.launch({
    executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage({
      viewport: { width: 1440, height: 900 },
      deviceScaleFactor: ratio,
    });
    const cdp = await page.context().newCDPSession(page);
    await page.goto(`${server.resolvedUrls.local[0]}elements.html#${scene}`);
    await page.waitForSelector(waitFor);
    await page.waitForTimeout(500);
    await cdp.send('Performance.enable');
    const counters = async () =>
      Object.fromEntries(
        (await cdp.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]),
      );
    await work(page, counters);
  } finally {
    await browser.close();
    await server.close();
  }
}
