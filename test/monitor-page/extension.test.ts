// SPDX-License-Identifier: Apache-2.0
/** In a real extension: its service worker has no `Worker`, no `import()` and, by its own policy, no WebAssembly; and it ends when idle. */
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/setup/browser.mjs';
import type { Asked, Told } from './extension/background.js';

declare const chrome: { readonly runtime: { sendMessage(asked: Asked): Promise<Told> } };

const from = fileURLToPath(new URL('extension/', import.meta.url));
const folders: string[] = [];
let context: BrowserContext;

beforeAll(async () => {
  const [folder, profile] = await Promise.all(
    ['extension', 'profile'].map((name) => mkdtemp(join(tmpdir(), `driftglass-${name}-`))),
  );
  folders.push(folder!, profile!);
  await build({
    configFile: false,
    root: from,
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      outDir: folder!,
      emptyOutDir: true,
      target: 'es2022',
      rolldownOptions: { input: join(from, 'background.ts'), output: { entryFileNames: 'background.js' } },
    },
  });
  await copyFile(join(from, 'manifest.json'), join(folder!, 'manifest.json'));
  await writeFile(join(folder!, 'page.html'), '<!doctype html><title>page</title>');
  const path = findBrowser();
  context = await chromium.launchPersistentContext(profile!, {
    // Playwright's own headless shell takes no extensions.
    ...(path === undefined ? { channel: 'chromium' } : { executablePath: path }),
    args: [
      '--no-sandbox',
      '--disable-features=DisableLoadExtensionCommandLineSwitch',
      `--disable-extensions-except=${folder}`,
      `--load-extension=${folder}`,
    ],
    ignoreDefaultArgs: ['--disable-extensions'],
  });
}, 60_000);

afterAll(async () => {
  await context?.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const ask = (page: Page, asked: Asked): Promise<Told> =>
  page.evaluate((given) => chrome.runtime.sendMessage(given), asked);

test('measures on its own thread, tells a shift, and goes on where it was when it is started again', {
  timeout: 60_000,
}, async () => {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const page = await context.newPage();
  await page.goto(new URL('page.html', worker.url()).href);

  const told = await ask(page, { rows: 700, seed: 2, shift: 1.5 });
  expect(told).toMatchObject({
    first: { state: 'running', rows: { measured: 0 } },
    now: {
      state: 'running',
      rows: { observed: 700, measured: 700 },
      engine: { place: 'this thread', kernels: 'cpu' },
      store: { kind: 'indexedDB', reason: '', leader: true },
    },
    verdicts: ['drift'],
    errors: [],
  });

  // As the browser does after half a minute without an event.
  const session = await context.newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  const again = await ask(page, { rows: 300, seed: 3, shift: 1.5 });
  expect(again).toMatchObject({
    first: { state: 'running', rows: { measured: 700 } },
    now: { rows: { measured: 1_000 } },
    verdicts: ['drift'],
    errors: [],
  });
});
