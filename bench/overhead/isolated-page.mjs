// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { build } from 'vite';
import { findBrowser } from '../../scripts/setup/browser.mjs';
import { QUIET_BROWSER } from '../page-server.mjs';
import { number } from './figures.mjs';
import { serveIsolated } from './isolated-server.mjs';

/**
 * Builds what `pages(outDir)` lists (Vite's configurations), serves it cross-origin isolated, and runs `use(browser, address)` with
 * headless Chromium. Closes everything, whatever happens.
 */
export async function withIsolatedPages(use, { pages, library, args = [] }) {
  const outDir = await mkdtemp(join(tmpdir(), 'driftglass-overhead-'));
  const server = await serveIsolated(outDir, { library });
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: [...QUIET_BROWSER, ...args],
  });
  try {
    for (const page of pages(outDir)) await build({ logLevel: 'error', ...page });
    console.log(
      `${availableParallelism()} cores, load ${number(loadavg()[0])}, Chromium ${browser.version()}`,
    );
    await use(browser, server.address);
  } finally {
    await browser.close();
    server.close();
    await rm(outDir, { recursive: true, force: true });
  }
}

/** The page in a folder beside this file. */
export const ownPage = (folder) => (outDir) => [
  {
    configFile: false,
    root: fileURLToPath(new URL(folder, import.meta.url)),
    base: './',
    worker: { format: 'es' },
    build: { outDir, target: 'es2022', emptyOutDir: true },
  },
];

/** `opener` is a browser or a context. What the page logs as errors is said. */
export async function openPage(opener, address) {
  const page = await opener.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') console.log(`page: ${message.text()}`);
  });
  await page.goto(address);
  return page;
}
