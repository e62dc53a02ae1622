// SPDX-License-Identifier: Apache-2.0
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../serving/chromium.js';
import { type StaticServer, serveFolder } from '../serving/static-server.js';
import { root } from '../source-files.js';

let folder: string;
let browser: Browser;
let server: StaticServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftglass-standalone-'));
  await cp(`${root}dist/standalone.js`, join(folder, 'standalone.js'));
  await cp(fileURLToPath(new URL('page.html', import.meta.url)), join(folder, 'page.html'));
  server = await serveFolder({ folder });
  browser = await launchChromium();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const places = [
  ['a server', () => `${server.origin}/page.html`],
  ['a folder, without a server', () => pathToFileURL(join(folder, 'page.html')).href],
] as const;

test.each(places)(
  'one script tag on a page from %s: the engine in a worker, the report drawn',
  async (_name, address) => {
    const page = await browser.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(address());
    await page.waitForFunction(() => document.body.dataset['outcome'] !== undefined, undefined, {
      timeout: 30_000,
    });
    const outcome = JSON.parse((await page.locator('body').getAttribute('data-outcome')) ?? '{}');
    expect(outcome).toMatchObject({ rating: 'drift', engine: { place: 'blob worker' } });
    expect(outcome.engine.kernels).toMatch(/^wasm/);
    expect(outcome.shown).toContain('amount');
    // The page, the script, the blob of the worker, and nothing else.
    expect(requests.filter((url) => !url.startsWith('blob:')).map((url) => url.split('/').at(-1))).toEqual([
      'page.html',
      'standalone.js',
    ]);
    await page.close();
  },
  60_000,
);
