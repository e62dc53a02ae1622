// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { build } from 'vite';
import { findBrowser } from '../../scripts/setup/browser.mjs';
import { QUIET_BROWSER } from '../page-server.mjs';
import { serveIsolated } from './isolated-server.mjs';

export const number = (value, digits) =>
  value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
export const verdict = (isGood) => (isGood ? 'reached' : 'NOT REACHED');

/**
 * Builds the page in `folder` (beside this file), serves it cross-origin isolated, and runs `use(browser, openPage)` with headless
 * Chromium. `openPage(context)` opens it, in a process of its own where a context is given. Closes everything, whatever happens.
 */
export async function withIsolatedPage(use, { folder, library, args = [] }) {
  const outDir = await mkdtemp(join(tmpdir(), 'driftglass-overhead-'));
  const server = await serveIsolated(outDir, { library });
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: [...QUIET_BROWSER, ...args],
  });
  try {
    await build({
      configFile: false,
      root: fileURLToPath(new URL(folder, import.meta.url)),
      base: './',
      logLevel: 'error',
      worker: { format: 'es' },
      build: { outDir, target: 'es2022', emptyOutDir: true },
    });
    console.log(
      `${availableParallelism()} cores, load ${number(loadavg()[0], 1)}, Chromium ${browser.version()}`,
    );
    await use(browser, (opener = browser) => openPage(opener, server.address));
  } finally {
    await browser.close();
    server.close();
    await rm(outDir, { recursive: true, force: true });
  }
}

async function openPage(opener, address) {
  const page = await opener.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') console.log(`page: ${message.text()}`);
  });
  await page.goto(address);
  return page;
}
