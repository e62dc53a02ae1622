// SPDX-License-Identifier: Apache-2.0
import type { Frame } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PagesInChromium, pagesInChromium } from '../serving/pages-in-chromium.js';
import { openApp } from './open-app.js';
import type { Inside } from './page/inside.js';
import type { App } from './page/main.js';

declare const app: App;
declare const inside: (
  kind: 'worker' | 'shared worker' | 'service worker',
  isInProcess: boolean,
) => Promise<Inside>;
declare const SystemWatch: typeof import('../../src/monitor/page/system-watch.js').SystemWatch;

let pages: PagesInChromium;

beforeAll(async () => {
  pages = await pagesInChromium(new URL('page/', import.meta.url), ['index.html', 'frame.html']);
}, 60_000);

afterAll(() => pages?.close());

/** Opens the app, lets it observe a shift, and gives back what it saw. */
async function watched(address: string, isFramed = false) {
  const page = await pages.browser.newPage();
  try {
    await page.goto(address);
    const frame: Frame = isFramed
      ? (page.frames().find((one) => one.parentFrame() !== null) ?? page.mainFrame())
      : page.mainFrame();
    await frame.waitForFunction(() => document.body?.dataset['ready'] !== undefined, undefined, {
      timeout: 30_000,
    });
    const seen = await frame.evaluate(async () => {
      app.observe(600, 2, 0);
      app.observe(500, 3, 1.5);
      await app.monitor.flush();
      const { rows, engine, store } = await app.monitor.snapshot();
      const { first, errors, leaked, verdicts } = app;
      await app.monitor.dispose();
      app.observe(10, 4, 0);
      return {
        state: first.state,
        reason: first.reason,
        rows,
        engine,
        store,
        errors,
        leaked,
        verdicts,
      };
    });
    await expect.poll(() => page.workers().length).toBe(0);
    return seen;
  } finally {
    await page.close();
  }
}

const MEASURED = { state: 'running', rows: { observed: 1_100, measured: 1_100 }, leaked: [] };

describe('the monitor starts, measures, and says where', { timeout: 60_000 }, () => {
  test('in a worker, where nothing is forbidden', async () => {
    const seen = await watched(`${await pages.serve()}/`);
    expect(seen).toMatchObject({ ...MEASURED, errors: [], engine: { place: 'worker' } });
    expect(seen.engine.kernels).toMatch(/^wasm/);
    expect(seen.verdicts).toContain('drift');
  });

  test.each([
    ["default-src 'self'", 'worker'],
    ["script-src 'self'; worker-src 'none'", 'page'],
  ])('with the cpu kernels under %s, in a %s: no blob, no eval, no wasm', async (policy, place) => {
    const seen = await watched(`${await pages.serveUnder(policy)}/`);
    expect(seen).toMatchObject({ ...MEASURED, errors: [], engine: { place, kernels: 'cpu' } });
    expect(seen.verdicts.filter((rating) => rating === 'drift')).toHaveLength(1);
  });

  test('on the page, under Trusted Types that allow nothing', async () => {
    const seen = await watched(
      `${await pages.serveUnder("require-trusted-types-for 'script'; trusted-types 'none'")}/`,
    );
    expect(seen).toMatchObject({ ...MEASURED, errors: [], engine: { place: 'page' } });
    expect(seen.engine.notes.join('\n')).toMatch(/TrustedScriptURL/);
  });

  test('in a worker of the app, under Trusted Types', async () => {
    const address = await pages.serveUnder("require-trusted-types-for 'script'; trusted-types app");
    expect(await watched(`${address}/?factory`)).toMatchObject({
      ...MEASURED,
      errors: [],
      engine: { place: 'worker' },
    });
  });

  test('in a sandboxed frame without storage', async () => {
    const seen = await watched(`${await pages.serveUnder('')}/frame.html`, true);
    expect(seen).toMatchObject({ ...MEASURED, engine: { place: 'blob worker' }, store: { kind: 'memory' } });
    expect(seen.store.reason).toMatch(/no Web Locks here/);
    expect(seen.errors).toEqual([]);
    expect(seen.verdicts).toContain('drift');
  });
});

describe('inside', { timeout: 60_000 }, () => {
  test.each([
    ['a worker of the app', 'worker', false, 'worker'],
    ['a worker of the app, on its thread', 'worker', true, 'this thread'],
    ['a shared worker, which has no workers in Chromium', 'shared worker', true, 'this thread'],
    ['a service worker', 'service worker', true, 'this thread'],
  ] as const)('%s', async (_, kind, isInProcess, place) => {
    const page = await openApp(pages.browser, `${await pages.serve()}/?memory`);
    const seen = await page.evaluate(([where, here]) => inside(where, here), [kind, isInProcess] as const);
    expect(seen).toEqual({
      state: 'running',
      reason: '',
      place,
      measured: 600,
      verdicts: ['drift'],
      errors: [],
    });
  });

  test.each(['shared worker', 'service worker'] as const)(
    'a %s without a host: inert, and says why',
    async (kind) => {
      const page = await openApp(pages.browser, `${await pages.serve()}/?memory`);
      const seen = await page.evaluate((where) => inside(where, false), kind);
      expect(seen).toMatchObject({ state: 'inert', measured: 0, errors: [] });
      expect(seen.reason).toMatch(/needs the host option \(inProcess\)/);
    },
  );
});

test('frames that come too late are counted by how many were dropped, and by how many fewer without us', async () => {
  const page = await openApp(pages.browser, `${await pages.serve()}/?memory`);
  const [theirs, ours] = await page.evaluate(async () => {
    const watch = new SystemWatch();
    const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 300));
    /** A frame of 200 ms, of which our code takes the last `own`. */
    const late = async (own: number) => {
      await settled();
      watch.take();
      await new Promise<void>((resolve) => {
        requestAnimationFrame(() => {
          const start = performance.now();
          while (performance.now() < start + 200);
          if (own > 0) watch.own(start + 200 - own, start + 200);
          document.body.style.outline = `1px solid rgb(${own} 0 0)`;
          resolve();
        });
      });
      await settled();
      return watch.take();
    };
    const seen = [await late(0), await late(120)];
    watch.stop();
    return seen;
  });
  // 200 ms are twelve frames; a busy machine adds some.
  expect(theirs!.droppedFrames).toBeGreaterThanOrEqual(10);
  expect(theirs!.ownDroppedFrames).toBe(0);
  expect(ours!.droppedFrames).toBeGreaterThanOrEqual(10);
  // 120 ms are seven frames, however many there are in all.
  expect(ours!.ownDroppedFrames).toBeGreaterThanOrEqual(6);
  expect(ours!.ownDroppedFrames).toBeLessThanOrEqual(8);
});
