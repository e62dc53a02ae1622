// SPDX-License-Identifier: Apache-2.0
// Pictures of the elements and the page at three widths in both schemes, into build/look.
//   node test/look/screenshots.mjs [part of a name]
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const out = `${root}build/look`;
const wanted = process.argv[2] ?? '';
mkdirSync(out, { recursive: true });

/** Opens the first `count` rows. */
const open = (count) => async (page) => {
  for (let i = 0; i < count; i++) await page.locator('drift-features .name button').nth(i).click();
};

const SCENES = [
  { name: 'flights', hash: 'flights', act: open(1) },
  {
    name: 'categories',
    hash: 'flights',
    act: async (page) => page.locator('drift-features .name button').nth(1).click(),
  },
  { name: 'mixed', hash: 'mixed', act: open(3) },
  { name: 'wide', hash: 'wide', act: open(0), viewport: true },
  { name: 'loading', hash: 'loading', act: open(0) },
  { name: 'error', hash: 'error', act: open(0), viewport: true },
  { name: 'parts', hash: 'parts', act: open(0) },
  { name: 'digits', hash: 'digits', act: async (page) => page.waitForTimeout(1000) },
  {
    name: 'digits-chosen',
    hash: 'digits',
    act: async (page) => {
      await page.waitForTimeout(1000);
      await page.locator('drift-embedding select').selectOption('0');
      await page.locator('drift-embedding .plane').focus();
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
    },
  },
  { name: 'embedding-many', hash: 'embedding-many', act: open(0) },
  { name: 'embedding-profiles', hash: 'embedding-profiles', act: open(0) },
  {
    name: 'embedding-report',
    hash: 'embedding-report',
    act: async (page) => {
      await page.waitForTimeout(1000);
      await open(1)(page);
    },
  },
  { name: 'live-alerts', hash: 'live-alerts', act: open(0) },
  { name: 'live-timeline', hash: 'live-timeline', act: open(0) },
  { name: 'live-system', hash: 'live-system', act: open(0) },
  ...['running', 'calm', 'learning', 'failed', 'many', 'kinds', 'outliers', 'none'].map((state) => ({
    name: `live-panel-${state}`,
    hash: `live-panel-${state}`,
    act: open(0),
  })),
  { name: 'live-badge', hash: 'live-badge-running', act: open(0), viewport: true },
  { name: 'live-corner', hash: 'live-panel-running-bottom_right', act: open(0), viewport: true },
  { name: 'live-side', hash: 'live-panel-running-right', act: open(0), viewport: true },
  {
    name: 'live-report',
    hash: 'live-panel-running',
    act: async (page) => page.getByRole('button', { name: /report/i }).click(),
    viewport: true,
  },
  { name: 'page-empty', page: true, hash: '', act: open(0) },
  { name: 'page-one', page: true, hash: 'one', act: open(0) },
  { name: 'page-bad', page: true, hash: 'bad', act: open(0) },
  { name: 'page-many', page: true, hash: 'many', act: open(0) },
  { name: 'page-progress', page: true, hash: 'progress', act: open(0) },
  { name: 'page-report', page: true, hash: 'report', act: open(0) },
  { name: 'page-settings', page: true, hash: 'settings', act: open(0), viewport: true },
];

const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  server: { port: 0, hmr: false, watch: null },
});
await server.listen();
const address = server.resolvedUrls.local[0];
const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  for (const scheme of ['light', 'dark']) {
    for (const width of [1440, 1024, 390]) {
      const page = await browser.newPage({
        viewport: { width, height: width > 400 ? 900 : 844 },
        colorScheme: scheme,
        reducedMotion: 'reduce',
      });
      page.on('pageerror', (error) => console.error(`${scheme} ${width}: ${error.message}`));
      // The server has no socket on purpose; its client says so.
      page.on(
        'console',
        (message) =>
          message.type() === 'error' && !/websocket/i.test(message.text()) && console.error(message.text()),
      );
      for (const { name, hash, act, viewport, page: whole } of SCENES) {
        const file = `${name}-${width}-${scheme}`;
        if (!file.includes(wanted)) continue;
        await page.goto('about:blank');
        await page.goto(`${address}test/look/${whole ? 'page' : 'elements'}.html#${hash}`);
        await page.waitForSelector('#stage', { state: 'attached' });
        await page.waitForTimeout(250);
        await act(page);
        await page.waitForTimeout(250);
        await page.mouse.move(0, 0);
        await page.screenshot({ path: `${out}/${file}.png`, fullPage: viewport !== true });
        console.log(`build/look/${file}.png`);
      }
      await page.close();
    }
  }
} finally {
  await browser.close();
  await server.close();
}
