// SPDX-License-Identifier: Apache-2.0
// Serves the built page and opens it in headless Chromium, for benches that time what a person waits for.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { preview } from 'vite';
import { findBrowser } from '../scripts/setup/browser.mjs';

/** Switches of a browser that runs as root and does nothing of its own. */
export const QUIET_BROWSER = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Runs `use(page, address)` and closes everything, whatever happens. */
export async function withPage(use, { viewport = { width: 1440, height: 900 } } = {}) {
  const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url));
  const server = await preview({ configFile, logLevel: 'warn', preview: { port: 0, host: '127.0.0.1' } });
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: QUIET_BROWSER,
  });
  try {
    const page = await browser.newPage({ viewport });
    return await use(page, server.resolvedUrls.local[0]);
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Waits for the drawn report and returns what `pick` makes of its element in the page. */
export async function drawnReport(page, pick, { timeout = 60_000 } = {}) {
  // Locators look into shadow roots.
  const element = page.locator('drift-report');
  await element.waitFor({ state: 'attached', timeout });
  await page.waitForFunction((found) => found.report, await element.elementHandle(), {
    polling: 'raf',
    timeout,
  });
  return element.evaluate(pick);
}

/** Peak resident MB of each process of the browser that draws pages, workers included; from /proc, so Linux only. */
export function rendererPeaks() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) return [];
        return [Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024];
      } catch {
        return [];
      }
    });
}
