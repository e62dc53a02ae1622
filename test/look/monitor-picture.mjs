// SPDX-License-Identifier: Apache-2.0
// The picture of docs/monitor-elements.md: the panel with the made-up monitor of fixture-monitor.ts.
//   node test/look/monitor-picture.mjs [FILE, default docs/monitor.png]
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const path = process.argv[2] ?? `${root}docs/monitor.png`;
const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  server: { port: 0, hmr: false, watch: null },
});
await server.listen();
const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1360, height: 1500 }, reducedMotion: 'reduce' });
  await page.goto(`${server.resolvedUrls.local[0]}test/look/elements.html#live-panel-running`);
  await page.locator('drift-monitor drift-system').waitFor();
  await page.waitForTimeout(1500);
  const system = await page.locator('drift-monitor section.system').boundingBox();
  await page.screenshot({ path, clip: { x: 0, y: 0, width: 1360, height: Math.round(system.y) - 8 } });
} finally {
  await browser.close();
  await server.close();
}
