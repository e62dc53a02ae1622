// SPDX-License-Identifier: Apache-2.0
// Serves the built page and opens it in headless Chromium, for benches that time what a person waits for.
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { preview } from 'vite';
import { findBrowser } from '../scripts/setup/browser.mjs';

/** Runs `use(page, address)` and closes everything, whatever happens. */
export async function withPage(use, { viewport = { width: 1440, height: 900 } } = {}) {
  const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url));
  const server = await preview({ configFile, logLevel: 'warn', preview: { port: 0, host: '127.0.0.1' } });
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  try {
    const page = await browser.newPage({ viewport });
    return await use(page, server.resolvedUrls.local[0]);
  } finally {
    await browser.close();
    await server.close();
  }
}
