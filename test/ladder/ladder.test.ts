// SPDX-License-Identifier: Apache-2.0
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PagesInChromium, pagesInChromium } from '../serving/pages-in-chromium.js';
import type { Outcome } from './page/main.js';

let pages: PagesInChromium;

beforeAll(async () => {
  pages = await pagesInChromium(new URL('page/', import.meta.url), ['index.html', 'frame.html']);
}, 60_000);

afterAll(() => pages?.close());

async function open(address: string, frameName = ''): Promise<Outcome> {
  const page = await pages.browser.newPage();
  try {
    await page.goto(address);
    const frame =
      frameName === ''
        ? page.mainFrame()
        : (page.frames().find((f) => f.parentFrame() !== null) ?? page.mainFrame());
    await frame.waitForFunction(() => document.body?.dataset['outcome'] !== undefined, undefined, {
      timeout: 30_000,
    });
    return JSON.parse((await frame.locator('body').getAttribute('data-outcome')) ?? '{}');
  } finally {
    await page.close();
  }
}

// WebKit evaluates the entry of a worker again when a chunk imports it (see engine/engine.worker.ts).
test("no chunk imports the worker's entry", async () => {
  const names = (await readdir(join(pages.folder, 'assets'))).filter((name) => name.endsWith('.js'));
  const entry = names.find((name) => name.startsWith('engine.worker'));
  expect(entry).toBeDefined();
  for (const name of names) {
    const text = await readFile(join(pages.folder, 'assets', name), 'utf8');
    expect(text.includes(`from"./${entry}"`) || text.includes(`import"./${entry}"`), name).toBe(false);
  }
});

describe('the engine starts, and says how', { timeout: 60_000 }, () => {
  test('in a worker with wasm, where nothing is forbidden', async () => {
    const outcome = await open(`${await pages.serve()}/`);
    expect(outcome).toMatchObject({ rating: 'drift', engine: { place: 'worker' }, leaked: [] });
    expect(outcome.engine?.kernels).toMatch(/^wasm/);
  });

  test('in a worker with wasm, on a page that is no secure context', async () => {
    const outcome = await open(`${(await pages.serve()).replace('127.0.0.1', 'insecure.test')}/`);
    expect(outcome.error).toBeUndefined();
    expect(outcome).toMatchObject({ rating: 'drift', engine: { place: 'worker' }, leaked: [] });
    expect(outcome.engine?.kernels).toMatch(/^wasm/);
  });

  test("in a worker with the cpu kernels, under default-src 'self'", async () => {
    const outcome = await open(`${await pages.serveUnder("default-src 'self'")}/`);
    expect(outcome).toMatchObject({
      rating: 'drift',
      engine: { place: 'worker', kernels: 'cpu' },
      leaked: [],
    });
    expect(outcome.engine?.notes.join('\n')).toMatch(/wasm|WebAssembly/i);
  });

  test("in a worker with wasm, under 'wasm-unsafe-eval'", async () => {
    const outcome = await open(`${await pages.serveUnder("default-src 'self' 'wasm-unsafe-eval'")}/`);
    expect(outcome).toMatchObject({ rating: 'drift', engine: { place: 'worker' }, leaked: [] });
    expect(outcome.engine?.kernels).toMatch(/^wasm/);
  });

  test('in a worker from a blob, under Trusted Types that allow the policy "driftglass"', async () => {
    const outcome = await open(
      `${await pages.serveUnder("require-trusted-types-for 'script'; trusted-types driftglass")}/`,
    );
    expect(outcome).toMatchObject({ rating: 'drift', engine: { place: 'blob worker' }, leaked: [] });
  });

  test('on the page, under Trusted Types that allow nothing', async () => {
    const outcome = await open(
      `${await pages.serveUnder("require-trusted-types-for 'script'; trusted-types 'none'")}/`,
    );
    expect(outcome).toMatchObject({ rating: 'drift', engine: { place: 'page' }, leaked: [] });
    expect(outcome.engine?.notes.slice(0, 2)).toEqual([
      expect.stringMatching(/^worker by URL: .*TrustedScriptURL/),
      expect.stringMatching(/^worker from a blob: .*policy/i),
    ]);
  });

  test('in a worker of the app, under Trusted Types', async () => {
    const outcome = await open(
      `${await pages.serveUnder("require-trusted-types-for 'script'; trusted-types app")}/?factory`,
    );
    expect(outcome).toMatchObject({ rating: 'drift', engine: { place: 'worker' }, leaked: [] });
  });

  test('in a sandboxed iframe', async () => {
    const origin = await pages.serve((_request, response) => {
      // Its origin is opaque: even its own scripts are cross-origin to it.
      response.setHeader('Access-Control-Allow-Origin', '*');
      return false;
    });
    const outcome = await open(`${origin}/frame.html`, 'sandboxed');
    expect(outcome).toMatchObject({ rating: 'drift', engine: { place: 'blob worker' }, leaked: [] });
    expect(outcome.engine?.notes.join('\n')).toContain('worker by URL');
  });

  test('on the page, when the worker answers 404', async () => {
    const origin = await pages.serve((_request, response, path) => {
      if (!path.includes('engine.worker')) return false;
      response.statusCode = 404;
      response.end('not found');
      return true;
    });
    const outcome = await open(`${origin}/`);
    expect(outcome).toMatchObject({ rating: 'drift', engine: { place: 'page' }, leaked: [] });
    expect(outcome.engine?.notes.slice(0, 2)).toEqual([
      'worker by URL: its script could not be loaded',
      expect.stringMatching(/^worker from a blob: /),
    ]);
  });

  test('in a worker from a blob, when the scripts come from another origin', async () => {
    const assets = await pages.serve((_request, response) => {
      response.setHeader('Access-Control-Allow-Origin', '*');
      return false;
    });
    const origin = await pages.serve((_request, response, path) => {
      if (path !== '/') return false;
      void fetch(`${assets}/index.html`)
        .then((answer) => answer.text())
        .then((html) => {
          response.setHeader('Content-Type', 'text/html');
          response.end(html.replaceAll('./assets/', `${assets}/assets/`));
        });
      return true;
    });
    const outcome = await open(`${origin}/`);
    expect(outcome).toMatchObject({ rating: 'drift', engine: { place: 'blob worker' }, leaked: [] });
    expect(outcome.engine?.kernels).toMatch(/^wasm/);
  });
});
