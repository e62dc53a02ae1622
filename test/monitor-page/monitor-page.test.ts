// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Frame, Page } from 'playwright';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Monitor } from '../../src/monitor/monitor.js';
import { launchChromium } from '../serving/chromium.js';
import { type StaticServer, serveFolder } from '../serving/static-server.js';
import type { Inside } from './page/inside.js';
import type { App } from './page/main.js';

declare const app: App;
declare const inside: (kind: 'worker' | 'service worker', isInProcess: boolean) => Promise<Inside>;
declare const SystemWatch: new () => { take(): { droppedFrames: number }; stop(): void };
declare const publish: (monitor: Monitor) => void;

let folder: string;
let browser: Browser;
const servers: StaticServer[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftglass-monitor-page-'));
  const root = fileURLToPath(new URL('page/', import.meta.url));
  await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      outDir: folder,
      target: 'es2022',
      emptyOutDir: true,
      rolldownOptions: { input: ['index.html', 'frame.html', 'other.html'].map((name) => `${root}${name}`) },
    },
  });
  browser = await launchChromium();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await Promise.all(servers.map((server) => server.close()));
  await rm(folder, { recursive: true, force: true });
});

async function serve(before?: (request: IncomingMessage, response: ServerResponse, path: string) => boolean) {
  const server = await serveFolder({ folder, ...(before === undefined ? {} : { before }) });
  servers.push(server);
  return server.origin;
}

function policy(value: string): Promise<string> {
  return serve((_request, response) => {
    response.setHeader('Content-Security-Policy', value);
    response.setHeader('Access-Control-Allow-Origin', '*');
    return false;
  });
}

/** Opens the app, lets it observe a shift, and gives back what it saw. */
async function watched(address: string, isFramed = false) {
  const page = await browser.newPage();
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
        store: store.kind,
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
    const seen = await watched(`${await serve()}/`);
    expect(seen).toMatchObject({ ...MEASURED, errors: [], engine: { place: 'worker' } });
    expect(seen.engine.kernels).toMatch(/^wasm/);
    expect(seen.verdicts).toContain('drift');
  });

  test("in a worker with the cpu kernels, under default-src 'self': no blob, no eval, no wasm", async () => {
    const seen = await watched(`${await policy("default-src 'self'")}/`);
    expect(seen).toMatchObject({ ...MEASURED, errors: [], engine: { place: 'worker', kernels: 'cpu' } });
    expect(seen.verdicts).toContain('drift');
  });

  test('on the page, under Trusted Types that allow nothing', async () => {
    const seen = await watched(
      `${await policy("require-trusted-types-for 'script'; trusted-types 'none'")}/`,
    );
    expect(seen).toMatchObject({ ...MEASURED, errors: [], engine: { place: 'page' } });
    expect(seen.engine.notes.join('\n')).toMatch(/TrustedScriptURL/);
  });

  test('in a worker of the app, under Trusted Types', async () => {
    const address = await policy("require-trusted-types-for 'script'; trusted-types app");
    expect(await watched(`${address}/?factory`)).toMatchObject({
      ...MEASURED,
      errors: [],
      engine: { place: 'worker' },
    });
  });

  test('in a sandboxed frame without storage', async () => {
    const seen = await watched(`${await policy('')}/frame.html`, true);
    expect(seen).toMatchObject({ ...MEASURED, engine: { place: 'blob worker' }, store: 'memory' });
    expect(seen.verdicts).toContain('drift');
  });
});

describe('inside', { timeout: 60_000 }, () => {
  test.each([
    ['a worker of the app', 'worker', false, 'worker'],
    ['a worker of the app, on its thread', 'worker', true, 'this thread'],
    ['a service worker', 'service worker', true, 'this thread'],
  ] as const)('%s', async (_, kind, isInProcess, place) => {
    const page = await browser.newPage();
    try {
      await openApp(page, `${await serve()}/?memory`);
      const seen = await page.evaluate(([where, here]) => inside(where, here), [kind, isInProcess] as const);
      expect(seen).toEqual({ state: 'running', place, measured: 600, verdicts: ['drift'], errors: [] });
    } finally {
      await page.close();
    }
  });

  test('a service worker without a host: inert, and says why', async () => {
    const page = await browser.newPage();
    try {
      await openApp(page, `${await serve()}/?memory`);
      const seen = await page.evaluate(() => inside('service worker', false));
      expect(seen).toMatchObject({ state: 'inert', measured: 0, errors: [] });
    } finally {
      await page.close();
    }
  });
});

test('frames that come too late are counted by how many were dropped', async () => {
  const page = await browser.newPage();
  try {
    await openApp(page, `${await serve()}/?memory`);
    const dropped = await page.evaluate(async () => {
      const watch = new SystemWatch();
      const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 300));
      await settled();
      watch.take();
      await new Promise<void>((resolve) => {
        requestAnimationFrame(() => {
          const end = performance.now() + 200;
          while (performance.now() < end);
          document.body.style.outline = '1px solid';
          resolve();
        });
      });
      await settled();
      const { droppedFrames } = watch.take();
      watch.stop();
      return droppedFrames;
    });
    // 200 ms are twelve frames; a busy machine adds some.
    expect(dropped).toBeGreaterThanOrEqual(10);
  } finally {
    await page.close();
  }
});

describe('a worker that dies', { timeout: 60_000 }, () => {
  test.each([
    [
      'with an error',
      "setTimeout(() => { throw new Error('out of luck'); })",
      /the worker died: .*out of luck/,
    ],
    ['without a word', 'close()', /the worker died/],
  ])('%s: another one takes over, a few times, and counts add up', async (_, death, message) => {
    const page = await browser.newPage();
    try {
      await openApp(page, `${await serve()}/?memory`);
      for (let life = 1; life <= 4; life++) {
        await page.evaluate(async (seed) => {
          app.observe(600, seed, 0);
          await app.monitor.flush();
        }, life);
        await page.evaluate(() => app.observe(100, 9, 0));
        const [worker] = page.workers();
        await worker.evaluate(death).catch(() => {});
        await expect.poll(() => page.workers().includes(worker), { timeout: 20_000 }).toBe(false);
        await expect
          .poll(() => page.evaluate(async () => (await app.monitor.snapshot()).state), { timeout: 20_000 })
          .toBe(life < 4 ? 'running' : 'failed');
      }
      const { rows, errors, leaked } = await page.evaluate(async () => {
        const { rows } = await app.monitor.snapshot();
        return { rows, errors: app.errors, leaked: app.leaked };
      });
      expect(errors[0]).toMatch(message);
      expect(leaked).toEqual([]);
      expect(rows.observed).toBe(rows.measured + rows.skipped + rows.refused + rows.waiting);
      expect(rows.waiting).toBe(0);
      expect(page.workers()).toHaveLength(0);
    } finally {
      await page.close();
    }
  });
});

async function openApp(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForFunction(() => document.body?.dataset['ready'] === 'running');
}

describe('a page that is left', { timeout: 60_000 }, () => {
  let keeping: Browser;
  beforeAll(async () => {
    keeping = await launchChromium({ keepsPages: true });
  });
  afterAll(async () => keeping?.close());

  /** What is sent with `no-store` is never kept. */
  const serveKept = (onShown = () => {}): Promise<string> =>
    serve((_request, response, path) => {
      response.setHeader('Cache-Control', 'no-cache');
      if (path !== '/shown') return false;
      onShown();
      response.end();
      return true;
    });

  // Again where a script of the driver's ran in the page meanwhile: Chromium throws it out then ("Circumstantial: JavaScriptExecution").
  test.each(['memory', ''])(
    'goes into the back-forward cache, comes back, and goes on (store: %s)',
    { retry: 3 },
    async (store) => {
      let timesShown = 0;
      const origin = await serveKept(() => timesShown++);
      const page = await keeping.newPage();
      try {
        const session = await page.context().newCDPSession(page);
        await session.send('Page.enable');
        const reasons: unknown[] = [];
        session.on('Page.backForwardCacheNotUsed', (event) => reasons.push(event.notRestoredExplanations));
        await openApp(page, `${origin}/?${store}`);
        await page.evaluate(() => {
          app.observe(300, 2, 0);
          app.monitor.onUpdate(() => {});
          publish(app.monitor);
        });
        await page.waitForTimeout(600);
        await page.goto(`${origin}/other.html`);
        const isBack = page.waitForEvent('framenavigated');
        await page.evaluate(() => void setTimeout(() => history.back(), 0));
        await isBack;
        await vi.waitUntil(() => timesShown === 2, { timeout: 20_000 });
        await page.waitForFunction(() => 'app' in globalThis);
        expect(await page.evaluate(() => app.shown), JSON.stringify(reasons)).toEqual([false, true]);
        const { rows, verdicts, errors } = await page.evaluate(async () => {
          app.observe(300, 3, 0);
          await app.monitor.flush();
          const { rows } = await app.monitor.snapshot();
          return { rows, verdicts: app.verdicts, errors: app.errors };
        });
        expect({ rows, verdicts: verdicts.length, errors }).toMatchObject({
          rows: { observed: 600, measured: 600 },
          verdicts: 1,
          errors: [],
        });
      } finally {
        await page.close();
      }
    },
  );

  test('hands the exporter what is open, in time for sendBeacon', async () => {
    const beacons: { query: URLSearchParams; bytes: number }[] = [];
    const origin = await serve((request, response, path) => {
      if (path !== '/beacon') return false;
      let bytes = 0;
      request.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      request.on('end', () => {
        beacons.push({ query: new URL(request.url ?? '', origin).searchParams, bytes });
        response.end();
      });
      return true;
    });
    const page = await browser.newPage();
    try {
      await openApp(page, `${origin}/?memory&beacon`);
      await page.evaluate(async () => {
        app.observe(700, 2, 0);
        await app.monitor.flush();
      });
      await expect
        .poll(() => beacons.map(({ query }) => query.get('closed')), { timeout: 10_000 })
        .toEqual(['true']);
      // The worker hands over what is open every few seconds.
      await page.waitForTimeout(6_000);
      await page.goto(`${origin}/other.html`);
      await expect.poll(() => beacons.length, { timeout: 10_000 }).toBe(3);
      const seen = beacons.map(({ query, bytes }) => {
        expect(bytes).toBe(Number(query.get('bytes')));
        expect(bytes).toBeGreaterThan(100);
        return `${query.get('spec')}, ${query.get('closed')}, ${query.get('rows')}`;
      });
      expect(seen[0]).toBe('500 rows, true, 500');
      expect(seen.slice(1).sort()).toEqual(['1 h, false, 700', '500 rows, false, 200']);
    } finally {
      await page.close();
    }
  });
});
